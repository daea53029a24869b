import type { GitAdapter, TemplateContext } from '../../../../src/plugin-api/index.ts';
import { isConventional } from '../../commits/commit-header.ts';
import { type HostKind, hostLinks } from '../../notes/host-links.ts';
import { carriesFailure } from './file-text.ts';

/** What git tells of the repository. */
export interface GitFacts {
  /** The workspace in its repository; empty where that is the whole. */
  readonly folder: string;
  /** The branch that releases are made from, and how that is known; `null` where nothing tells. */
  readonly branch: { readonly name: string; readonly why: string } | null;
  /** Names of all tags, those of the remote that this clone lacks too where that looks like a part of it. */
  readonly tags: readonly string[];
  /** How many of them this clone lacks. */
  readonly lacking: number;
  /** The tag nearest to the newest commit; `null` where there is none. */
  readonly nearest: string | null;
  readonly remote: { readonly name: string; readonly url: string; readonly host: HostKind | null } | null;
  /** How many of the newest commits have messages of Conventional Commits; merges and releases left out. */
  readonly commits: { readonly looked: number; readonly conventional: number };
}

const none: GitFacts = {
  folder: '',
  branch: null,
  tags: [],
  lacking: 0,
  nearest: null,
  remote: null,
  commits: { looked: 0, conventional: 0 },
};
const mostCommits = 100;
const usualBranches = ['main', 'master', 'trunk'];

/** Everything is missing where the workspace is in no repository. */
export async function gitFacts(context: TemplateContext): Promise<GitFacts> {
  try {
    const git = await context.adapter<GitAdapter>('git');
    const remote = await remoteOf(git);
    const tags = (await git.tags()).map(({ name }) => name);
    const lacking = remote === null ? [] : await lackingTags(git, remote.name, tags);
    return {
      folder: await git.folder(),
      branch: await branchOf(git),
      tags: [...tags, ...lacking],
      lacking: lacking.length,
      nearest: await git.lastTag(),
      remote,
      commits: await commitHabit(git),
    };
  } catch (error) {
    if (carriesFailure(error)) return none;
    throw error;
  }
}

async function branchOf(git: GitAdapter): Promise<GitFacts['branch']> {
  const { remote, branch } = await git.settings();
  if (branch !== null) return { name: branch, why: 'the configuration of the adapter git names it' };
  const name = await git.defaultBranch(remote);
  if (name !== null) return { name, why: `it is the default branch of ${remote}` };
  for (const usual of usualBranches) {
    if ((await git.branchCommit(usual)) !== null) return { name: usual, why: 'there is a branch of this name' };
  }
  const current = await git.checkedOutBranch();
  return current === null ? null : { name: current, why: 'it is checked out' };
}

async function remoteOf(git: GitAdapter): Promise<GitFacts['remote']> {
  const { remote: name } = await git.settings();
  const url = await git.remoteUrl(name);
  return url === null ? null : { name, url, host: hostLinks(url)?.kind ?? null };
}

/** Tags that the remote alone has. It is asked only where the clone has none, or is a shallow one. */
async function lackingTags(git: GitAdapter, remote: string, tags: readonly string[]): Promise<readonly string[]> {
  if (tags.length > 0 && !(await git.isShallow())) return [];
  const state = await git.remoteState(remote, null);
  const known = new Set(tags);
  return Object.keys(state?.tags ?? {}).filter((name) => !known.has(name));
}

async function commitHabit(git: GitAdapter): Promise<GitFacts['commits']> {
  let looked = 0;
  let conventional = 0;
  if ((await git.head()) === null) return { looked, conventional };
  await git.eachCommit({ since: null, limit: mostCommits }, ({ subject, parents }) => {
    if (parents.length > 1 || /^(?:chore\(release\)|release\b|v?\d+\.\d)/i.test(subject)) return;
    looked++;
    if (isConventional(subject)) conventional++;
  });
  return { looked, conventional };
}
