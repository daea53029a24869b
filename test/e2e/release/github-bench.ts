import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CliFolder, type CliResult, type RunningCli, type RunResult, readRun } from '../../rigs/cli.ts';
import type { FakeGitHub } from '../../rigs/fake-github/fake-github.ts';
import { TempFolder } from '../../rigs/temp-folder.ts';

/** Where a release is taken up again. */
export type Way = 'the same clone' | 'a fresh clone' | 'resume';
export const ways: readonly Way[] = ['the same clone', 'a fresh clone', 'resume'];

export interface StandardSteps {
  readonly check?: object;
  readonly draft?: object;
  readonly publish?: object;
  readonly onFailure?: 'rollback' | 'stop';
}

const newVersion = `\${{ steps.bump.outputs.new_version }}`;

/** A step that makes the two files of a release, the same ones for the same version. */
const build = {
  id: 'build',
  env: { VERSION: newVersion },
  run: 'mkdir -p dist; for i in $(seq 200); do echo "tool $VERSION $i"; done > dist/tool.txt; echo "sums of $VERSION" > dist/sums.txt',
};
const assets = ['dist/tool.txt', 'dist/sums.txt'];
const outputs = { version: newVersion, outcome: `\${{ steps.bump.outputs.outcome }}` };

/** To the tag, which is not pushed yet. */
function untilTag(more: StandardSteps): readonly object[] {
  return [
    { id: 'check', handler: 'github.release_check', retry: { max_attempts: 1 }, config: more.check ?? {} },
    {
      id: 'bump',
      handler: 'release.version_bump',
      config: { version_file: 'package.json', increment_type: 'auto' },
    },
    {
      id: 'changelog',
      handler: 'release.changelog_update',
      config: { main_changelog: 'HISTORY.md', style: 'keep-a-changelog' },
    },
    { id: 'stage', handler: 'git.stage' },
    { id: 'commit', handler: 'git.commit', config: { message_template: 'chore(release): {version}' } },
    { id: 'tag', handler: 'git.create_tag' },
  ];
}

const draftOf = (more: StandardSteps) => ({
  id: 'draft',
  handler: 'github.draft_release',
  retry: { max_attempts: 1 },
  config: { assets, ...more.draft },
});
const push = { id: 'push', handler: 'git.push' };
const publishOf = (more: StandardSteps) => ({
  id: 'publish',
  handler: 'github.publish_release',
  retry: { max_attempts: 1 },
  config: more.publish ?? {},
});

/** A release as it is begun by hand or by a push to the branch: checked first, published last. */
export function standardRelease(more: StandardSteps = {}): object {
  return {
    name: 'Release',
    on_failure: more.onFailure ?? 'stop',
    steps: [...untilTag(more), push, build, draftOf(more), publishOf(more)],
    outputs,
  };
}

/** A release with its files on the draft before anything is pushed; no two builds give the same ones. */
export function draftedBeforePush(more: StandardSteps = {}): object {
  const buildOther = { ...build, run: `${build.run}; od -An -N16 -tx1 /dev/urandom >> dist/tool.txt` };
  return {
    name: 'Release',
    on_failure: more.onFailure ?? 'stop',
    steps: [...untilTag(more), buildOther, draftOf(more), push, publishOf(more)],
    outputs,
  };
}

/** A release that a tag which somebody pushed begins. */
export function releaseOnTag(release: object = {}): object {
  return {
    name: 'Release on tag',
    on_failure: 'stop',
    steps: [
      {
        id: 'bump',
        handler: 'release.version_bump',
        config: { from_tag: true, version_files: ['package.json'] },
      },
      { id: 'notes', handler: 'release.notes', config: { main_changelog: 'HISTORY.md', style: 'keep-a-changelog' } },
      build,
      { id: 'release', handler: 'github.release', retry: { max_attempts: 1 }, config: { assets, ...release } },
    ],
    outputs,
  };
}

/** What a push is still receiving is no part of a repository yet, and may go while it is copied. */
function isSettled(path: string): boolean {
  return !path.includes('tmp_objdir-incoming');
}

/** Made once and copied for each bench. */
let sample: TempFolder | null = null;

/** To be called when no bench is made any more. */
export function removeSample(): void {
  sample?.remove();
  sample = null;
}

function sampleFolder(): TempFolder {
  const folder = new TempFolder({
    'work/.gitignore': 'dist/\n',
    'work/package.json': packageJson('1.0.0'),
    'work/HISTORY.md': '# Changelog\n\nWhat has changed.\n',
  });
  const inClone = (...args: readonly string[]) => folder.git('-C', 'work', ...args);
  const work = (message: string) => inClone('commit', '--quiet', '--allow-empty', '--message', message);
  folder.git('init', '--quiet', '--bare', '--initial-branch', 'main', 'remote.git');
  folder.git('init', '--quiet', '--initial-branch', 'main', 'work');
  inClone('remote', 'add', 'origin', join(folder.path, 'remote.git'));
  inClone('add', '--all');
  work('chore: a package');
  inClone('tag', '--annotate', '--message', 'v1.0.0', 'v1.0.0');
  work('feat: a feature');
  work('fix: a bug');
  inClone('push', '--quiet', '--set-upstream', 'origin', 'main', 'v1.0.0');
  return folder;
}

function packageJson(version: string): string {
  return `{\n  "name": "sample",\n  "version": "${version}"\n}\n`;
}

/**
 * A clone at version 1.0.0 with a feature and a fix since, the bare repository that it was cloned from, and a GitHub
 * that serves that repository. The command line runs as a process of its own with a token in its environment.
 */
export class GitHubBench {
  readonly folder = new CliFolder();
  readonly fake: FakeGitHub;
  readonly remote: string;
  readonly clone: string;
  /** In the environment of every command; `null`: there is none. */
  token: string | null;
  /** Over everything else in it. */
  env: { readonly [name: string]: string } = {};
  /** Where the branch stood before any release. */
  readonly start: string;
  #printed = '';
  #newest: string | null = null;

  constructor(fake: FakeGitHub) {
    this.fake = fake;
    this.token = fake.writeToken;
    this.remote = join(this.folder.path, 'remote.git');
    this.clone = join(this.folder.path, 'work');
    this.folder.write('.gitconfig', '[user]\n\tname = Ada\n\temail = ada@example.invalid\n');
    sample ??= sampleFolder();
    for (const name of ['remote.git', 'work']) {
      cpSync(join(sample.path, name), join(this.folder.path, name), { recursive: true });
    }
    this.git('remote', 'set-url', 'origin', `file://${this.remote}`);
    this.start = this.git('rev-parse', 'HEAD');
    fake.reset();
    fake.follow(this.remote);
    fake.state.latest = fake.state.addRelease({ tag: 'v1.0.0' }).id;
  }

  git(...args: readonly string[]): string {
    return this.gitIn(this.clone, ...args);
  }

  gitIn(folder: string, ...args: readonly string[]): string {
    const env = { ...this.folder.environment(), GIT_CONFIG_NOSYSTEM: '1' };
    return execFileSync('git', [...args], { cwd: folder, env, stdio: 'pipe' })
      .toString('utf8')
      .trimEnd();
  }

  write(path: string, text: string): void {
    this.folder.write(`work/${path}`, text);
  }

  /** Commits everything, and gives the commit. */
  work(message: string): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
    return this.git('rev-parse', 'HEAD');
  }

  /** Puts a new clone in the place of this one: what only the old one knew is gone. */
  cloneAnew(...options: readonly string[]): void {
    rmSync(this.clone, { recursive: true, force: true });
    this.gitIn(this.folder.path, 'clone', '--quiet', ...options, `file://${this.remote}`, this.clone);
  }

  /** Puts a new clone in the place of this one, and gives what brings this one back. */
  cloneBeside(): () => void {
    const aside = `${this.clone}.aside`;
    renameSync(this.clone, aside);
    this.cloneAnew();
    return () => {
      rmSync(this.clone, { recursive: true, force: true });
      renameSync(aside, this.clone);
    };
  }

  /** The remote takes no push until what this gives is called. */
  refusePushes(): () => void {
    const hook = join(this.remote, 'hooks/pre-receive');
    this.folder.write('remote.git/hooks/pre-receive', '#!/bin/sh\nexit 1\n');
    chmodSync(hook, 0o755);
    return () => rmSync(hook);
  }

  /** A commit of another version, tagged and pushed by a person. Gives the commit. */
  pushTag(tag: string, more: { readonly annotated?: boolean; readonly version?: string } = {}): string {
    const version = more.version ?? tag.replace(/^v/, '');
    this.write('package.json', packageJson(version));
    const commit = this.work(`chore: prepare ${tag}`);
    this.git('tag', ...((more.annotated ?? true) ? ['--annotate', '--message', tag] : []), tag);
    this.git('push', '--quiet', 'origin', 'main', tag);
    return commit;
  }

  /**
   * Puts a job's checkout of a tag in the place of the clone, one commit deep and on no branch, and the event into the
   * environment.
   * @param by What the checkout asks for: the tag, or the commit of the event, which it names like the tag then.
   */
  checkOutTag(tag: string, by: 'tag' | 'commit' = 'tag'): void {
    const commit = this.onRemote(`refs/tags/${tag}`);
    rmSync(this.clone, { recursive: true, force: true });
    this.gitIn(this.folder.path, 'init', '--quiet', this.clone);
    this.git('remote', 'add', 'origin', `file://${this.remote}`);
    const source = by === 'tag' ? `refs/tags/${tag}` : commit;
    this.git('fetch', '--quiet', '--no-tags', '--prune', '--depth=1', 'origin', `+${source}:refs/tags/${tag}`);
    this.git('checkout', '--quiet', '--force', `refs/tags/${tag}`);
    this.env = {
      GITHUB_REF: `refs/tags/${tag}`,
      GITHUB_REF_NAME: tag,
      GITHUB_REF_TYPE: 'tag',
      GITHUB_SHA: commit,
      GITHUB_EVENT_NAME: 'push',
    };
  }

  /** Keeps clone, remote and GitHub as they are, and gives what puts them back. */
  keep(): () => void {
    const github = this.fake.keep();
    const newest = this.#newest;
    const places = ['work', 'remote.git'].map((name) => join(this.folder.path, name));
    for (const place of places) cpSync(place, `${place}.kept`, { recursive: true, filter: isSettled });
    return () => {
      github();
      this.#newest = newest;
      for (const place of places) {
        rmSync(place, { recursive: true, force: true });
        cpSync(`${place}.kept`, place, { recursive: true });
      }
    };
  }

  /** Writes the definition, which stands outside of the repository, and gives its path. */
  define(definition: object): string {
    this.folder.write('release.json', JSON.stringify(definition));
    return join(this.folder.path, 'release.json');
  }

  /** Leaves the command running. */
  begin(...args: readonly string[]): RunningCli {
    const env = {
      GITHUB_API_URL: this.fake.apiUrl,
      GITHUB_REPOSITORY: this.fake.state.repository,
      ...(this.token === null ? {} : { GITHUB_TOKEN: this.token }),
      ...this.env,
    };
    return this.folder.start(args, { cwd: 'work', env });
  }

  async vwmp(...args: readonly string[]): Promise<CliResult> {
    return this.ended(this.begin(...args));
  }

  async ended(running: RunningCli): Promise<CliResult> {
    const result = await running.end;
    this.#printed += result.stdout + result.stderr;
    return result;
  }

  async run(definition: object, ...args: readonly string[]): Promise<RunResult> {
    const result = readRun(await this.vwmp('run', this.define(definition), '--json', ...args));
    this.#newest = result.run.run_id ?? null;
    return result;
  }

  /** Takes the newest run, or the release, up again. A run that was killed before its first event cannot be resumed. */
  async again(way: Way, definition: object, ...args: readonly string[]): Promise<RunResult> {
    if (way === 'a fresh clone') this.cloneAnew();
    const newest = way === 'resume' ? (this.#newest ?? (await this.newestRun())) : null;
    if (newest === null) return this.run(definition, ...args);
    const result = readRun(await this.vwmp('resume', newest, '--json', ...args));
    if (result.run.run_id !== newest) throw new Error(`${newest} was not resumed: ${result.stdout}${result.stderr}`);
    return result;
  }

  /** `null` where no run is recorded. */
  async newestRun(): Promise<string | null> {
    const { stdout } = await this.vwmp('history', '--json');
    const { runs } = JSON.parse(stdout) as { readonly runs: readonly { readonly run_id: string }[] };
    return runs[0]?.run_id ?? null;
  }

  /** All refs of clone and remote with their objects: equal texts mean that git changed nowhere. */
  refs(): string {
    const refsOf = (folder: string) => this.gitIn(folder, 'for-each-ref', '--format=%(refname) %(objectname)');
    return `${refsOf(this.remote)}\n\n${this.git('rev-parse', 'HEAD')}\n${this.git('tag', '--list')}`;
  }

  /** The commit that a name of the remote leads to; empty where it has none. */
  onRemote(name: string): string {
    const format = '--format=%(objectname) %(*objectname)';
    return this.gitIn(this.remote, 'for-each-ref', format, name).trim().split(' ').at(-1) ?? '';
  }

  /** Requests that GitHub got to change something, as `METHOD path`, ids left out. */
  writes(): readonly string[] {
    return this.fake.requests
      .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/generate-notes'))
      .map(({ method, path, query }) => {
        const name = new URLSearchParams(query).get('name');
        const where = path.replace('/repos/acme/tool/', '').replaceAll(/\d+/g, 'ID');
        return `${method} ${where}${name === null ? '' : ` ${name}`}`;
      });
  }

  /** Creations that were sent again although nobody had looked whether the one before did its work. */
  blindPosts(): readonly string[] {
    const unseen = new Set<string>();
    const blind: string[] = [];
    for (const { method, path, query, status } of this.fake.requests) {
      if (method === 'GET' && path.includes('/releases')) unseen.clear();
      if (method !== 'POST' || path.endsWith('/generate-notes')) continue;
      if (unseen.has(path + query)) blind.push(path + query);
      // What was refused did nothing.
      if (status === null || status < 400) unseen.add(path + query);
    }
    return blind;
  }

  /** What git and GitHub hold of a release, in one line a fact. */
  released(tag = 'v1.1.0'): object {
    const number = tag.slice(1);
    const main = this.onRemote('refs/heads/main');
    const at = (path: string) => this.gitIn(this.remote, 'show', `main:${path}`);
    const section = new RegExp(`^## \\[?v?${number.replaceAll('.', '\\.')}\\b`, 'gm');
    const { releases, latest } = this.fake.state;
    return {
      tagIsMain: main !== '' && main === this.onRemote(`refs/tags/${tag}`),
      tags: this.gitIn(this.remote, 'tag', '--list').split('\n'),
      version: (JSON.parse(at('package.json')) as { readonly version: string }).version,
      sections: at('HISTORY.md').match(section)?.length ?? 0,
      releaseCommits: this.gitIn(this.remote, 'log', '--format=%s', 'main')
        .split('\n')
        .filter((subject) => subject.startsWith('chore(release)')).length,
      releases: releases.map((release) => [release.tag, release.draft ? 'draft' : 'published']),
      latest: releases.find(({ id }) => id === latest)?.tag ?? null,
      assets: this.assets(tag),
      notes: this.notes(tag).replaceAll(/ \([0-9a-f]{7,}\)/g, ''),
    };
  }

  /** Whole ones by name, with what is wrong with the others. */
  assets(tag: string): readonly string[] {
    const whole: { readonly [name: string]: string } = {
      'tool.txt': Array.from({ length: 200 }, (_, at) => `tool ${tag.slice(1)} ${at + 1}\n`).join(''),
      'sums.txt': `sums of ${tag.slice(1)}\n`,
    };
    const [release] = this.fake.state.releasesOf(tag);
    return (release?.assets ?? [])
      .map(({ name, bytes, state }) => {
        const isWhole = state === 'uploaded' && bytes.toString('utf8') === whole[name];
        return isWhole ? name : `${name} (${state}, ${bytes.length} bytes)`;
      })
      .toSorted();
  }

  notes(tag: string): string {
    return this.fake.state.releasesOf(tag)[0]?.body ?? '';
  }

  /** Where a token stands that must stand nowhere: output of the commands, and every file here. */
  tokenSightings(): readonly string[] {
    const { adminToken, writeToken, readToken } = this.fake;
    return [adminToken, writeToken, readToken].flatMap((token) => [
      ...(this.#printed.includes(token) ? ['the output'] : []),
      ...filesWith(this.folder.path, token),
    ]);
  }

  remove(): void {
    this.folder.remove();
  }
}

/** One release of 1.1.0, finished: what every start has to end in. */
export const finished = {
  tagIsMain: true,
  tags: ['v1.0.0', 'v1.1.0'],
  version: '1.1.0',
  sections: 1,
  releaseCommits: 1,
  releases: [
    ['v1.0.0', 'published'],
    ['v1.1.0', 'published'],
  ],
  latest: 'v1.1.0',
  assets: ['sums.txt', 'tool.txt'],
  notes: '### Added\n\n- a feature\n\n### Fixed\n\n- a bug',
};

function filesWith(folder: string, text: string): readonly string[] {
  try {
    return execFileSync('grep', ['--recursive', '--text', '--files-with-matches', '--fixed-strings', text, folder])
      .toString('utf8')
      .trimEnd()
      .split('\n');
  } catch (error) {
    // 1 is how grep says that there is none.
    if (error instanceof Error && 'status' in error && error.status === 1) return [];
    throw error;
  }
}
