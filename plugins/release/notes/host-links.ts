export const hostKinds = ['github', 'gitlab', 'bitbucket', 'gitea', 'azure'] as const;
/** What a repository is hosted on; `gitea` is Forgejo and Codeberg too. */
export type HostKind = (typeof hostKinds)[number];

/** Addresses of the pages that a host has for a repository. */
export interface HostLinks {
  readonly kind: HostKind;
  /** The repository's own page, without credentials. */
  readonly web: string;
  commit(hash: string): string;
  tag(tag: string): string;
  /** Tags, branches or object names. */
  compare(from: string, to: string): string;
  /** An issue of this repository, or of another one of the host (`owner/name`). */
  issue(number: string, repository: string | null): string;
  pull(number: string): string;
}

/**
 * The pages for a remote's URL: `https://…`, `ssh://…` or `git@host:owner/name.git`, with what stands before the host
 * left out. `kind` tells what an own server runs; without it the name of the host has to say so. `null`: no links.
 */
export function hostLinks(remoteUrl: string, kind: HostKind | null = null): HostLinks | null {
  const remote = readRemote(remoteUrl.trim());
  if (remote === null) return null;
  const host = kind ?? kindOfHost(remote.host);
  if (host === null) return null;
  const place = host === 'azure' ? azurePlace(remote) : placeOf(remote, host);
  return place === null ? null : linksOf(host, place);
}

interface Remote {
  /** Without a port, in lower case. */
  readonly host: string;
  /** Scheme, host and, for web addresses, port. */
  readonly origin: string;
  /** Parts of the path, decoded, without `.git` at the end. */
  readonly path: readonly string[];
}

/** Where the pages of a repository and those of its project begin. */
interface Place {
  readonly web: string;
  /** The page that holds repositories: issues of others are found from here. */
  readonly origin: string;
}

function readRemote(url: string): Remote | null {
  if (url.length > 2000) return null;
  const short = /^(?:[^@\s/:]+@)?([A-Za-z0-9.-]+):(?!\/\/)([^\s]+)$/.exec(url);
  if (short?.[1] && short[2]) return remoteOf('https:', short[1], '', short[2]);
  const parsed = URL.parse(url);
  if (!parsed || !/^(?:git\+)?(?:https?|ssh):$|^git:$/.test(parsed.protocol)) return null;
  const isWeb = /^(?:git\+)?https?:$/.test(parsed.protocol);
  const scheme = /^(?:git\+)?http:$/.test(parsed.protocol) ? 'http:' : 'https:';
  return remoteOf(scheme, parsed.hostname, isWeb ? parsed.port : '', parsed.pathname);
}

/** Hosts under which platforms take SSH on the port of HTTPS. */
const webHosts: { readonly [host: string]: string } = {
  'ssh.github.com': 'github.com',
  'www.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
  'altssh.bitbucket.org': 'bitbucket.org',
  'ssh.dev.azure.com': 'dev.azure.com',
};

function remoteOf(scheme: string, name: string, port: string, path: string): Remote | null {
  const lower = name.toLowerCase();
  const host = (Object.hasOwn(webHosts, lower) ? webHosts[lower] : undefined) ?? lower;
  const parts = path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  if (host === '' || parts.some((part) => part === null || part === '.' || part === '..')) return null;
  const origin = `${scheme}//${host}${port === '' ? '' : `:${port}`}`;
  return { host, origin, path: parts.filter((part) => part !== null) };
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not an address that anybody could open.
    return null;
  }
}

function kindOfHost(host: string): HostKind | null {
  if (host === 'bitbucket.org') return 'bitbucket';
  if (host === 'dev.azure.com' || host.endsWith('.visualstudio.com')) return 'azure';
  if (/(?:^|[.-])github[.-]|\.ghe\.com$/.test(host)) return 'github';
  if (/(?:^|[.-])gitlab[.-]/.test(host)) return 'gitlab';
  if (/(?:^|[.-])(?:gitea|forgejo|codeberg)[.-]/.test(host)) return 'gitea';
  return null;
}

function placeOf(remote: Remote, kind: HostKind): Place | null {
  const { origin, path } = remote;
  if (path.length < 2 || (path.length > 2 && kind !== 'gitlab')) return null;
  return { web: [origin, ...path.map(encodePart)].join('/'), origin };
}

/** `organization/project/_git/name`, its short form without a project, and `v3/organization/project/name` of SSH. */
function azurePlace(remote: Remote): Place | null {
  const parts = remote.path.filter((part) => part !== '_git' && part !== 'DefaultCollection');
  const path = parts[0] === 'v3' ? parts.slice(1) : parts;
  const name = path.at(-1);
  const short = remote.host.endsWith('.visualstudio.com') ? 1 : 2;
  if (name === undefined || path.length < short || path.length > short + 1) return null;
  const project = path.length === short ? [...path] : path.slice(0, -1);
  const origin = [remote.origin, ...project.map(encodePart)].join('/');
  return { web: `${origin}/_git/${encodePart(name)}`, origin };
}

function linksOf(kind: HostKind, { web, origin }: Place): HostLinks {
  const elsewhere = (repository: string | null) =>
    repository === null ? web : `${origin}/${repository.split('/').map(encodePart).join('/')}`;
  switch (kind) {
    case 'github':
    case 'gitea':
      return {
        kind,
        web,
        commit: (hash) => `${web}/commit/${encodePart(hash)}`,
        tag: (tag) => `${web}/releases/tag/${encodePath(tag)}`,
        compare: (from, to) => `${web}/compare/${encodePath(from)}...${encodePath(to)}`,
        issue: (number, repository) => `${elsewhere(repository)}/issues/${encodePart(number)}`,
        pull: (number) => `${web}/${kind === 'github' ? 'pull' : 'pulls'}/${encodePart(number)}`,
      };
    case 'gitlab':
      return {
        kind,
        web,
        commit: (hash) => `${web}/-/commit/${encodePart(hash)}`,
        tag: (tag) => `${web}/-/tags/${encodePath(tag)}`,
        compare: (from, to) => `${web}/-/compare/${encodePath(from)}...${encodePath(to)}`,
        issue: (number, repository) => `${elsewhere(repository)}/-/issues/${encodePart(number)}`,
        // GitLab writes merge requests as `!12`, so a number after `#` is an issue there too.
        pull: (number) => `${web}/-/issues/${encodePart(number)}`,
      };
    case 'bitbucket':
      return {
        kind,
        web,
        commit: (hash) => `${web}/commits/${encodePart(hash)}`,
        tag: (tag) => `${web}/src/${encodePart(tag)}`,
        // Bitbucket compares the other way round, with a carriage return between the two.
        compare: (from, to) => `${web}/branches/compare/${encodePart(to)}%0D${encodePart(from)}`,
        issue: (number, repository) => `${elsewhere(repository)}/issues/${encodePart(number)}`,
        pull: (number) => `${web}/pull-requests/${encodePart(number)}`,
      };
    case 'azure':
      return {
        kind,
        web,
        commit: (hash) => `${web}/commit/${encodePart(hash)}`,
        tag: (tag) => `${web}?version=GT${encodePart(tag)}`,
        compare: (from, to) => azureCompare(web, from, to),
        // Work items belong to the project, whatever the repository.
        issue: (number) => `${origin}/_workitems/edit/${encodePart(number)}`,
        pull: (number) => `${web}/pullrequest/${encodePart(number)}`,
      };
  }
}

/** Azure wants to know what kind a name is. HEAD is none: without a target the page takes the default branch. */
function azureCompare(web: string, from: string, to: string): string {
  const target = to === 'HEAD' ? '' : `&targetVersion=GT${encodePart(to)}`;
  return `${web}/branchCompare?baseVersion=GT${encodePart(from)}${target}`;
}

/** Parentheses would end the target of a Markdown link. */
function encodePart(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[()'*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function encodePath(text: string): string {
  return encodePart(text).replaceAll('%2F', '/');
}
