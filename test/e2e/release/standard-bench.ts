import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunResult, readRun } from '../../rigs/cli.ts';
import { type CallSettings, type ReleaseBench, releaseBench } from './release-rig.ts';

/** The steps of an ordinary release, as a definition of a test's own. */
export function standardRelease(more: {
  readonly bump?: object;
  readonly changelog?: object;
  readonly push?: object;
  readonly before?: readonly object[];
  readonly after?: readonly object[];
  readonly onFailure?: 'rollback' | 'stop';
  /** Commits what the run wrote without a step that stages it. */
  readonly written?: boolean;
}): object {
  const message = { message_template: 'chore(release): {version}' };
  return {
    name: 'Release',
    on_failure: more.onFailure ?? 'stop',
    steps: [
      ...(more.before ?? []),
      {
        id: 'bump',
        handler: 'release.version_bump',
        config: { version_file: 'package.json', increment_type: 'auto', ...more.bump },
      },
      {
        id: 'changelog',
        handler: 'release.changelog_update',
        config: { main_changelog: 'HISTORY.md', style: 'keep-a-changelog', ...more.changelog },
      },
      ...(more.written ? [] : [{ id: 'stage', handler: 'git.stage' }]),
      { id: 'commit', handler: 'git.commit', config: more.written ? { ...message, written: true } : message },
      { id: 'tag', handler: 'git.create_tag' },
      { id: 'push', handler: 'git.push', retry: { max_attempts: 1 }, config: more.push ?? {} },
      ...(more.after ?? []),
    ],
    outputs: {
      version: '${{ steps.bump.outputs.new_version }}',
      outcome: '${{ steps.bump.outputs.outcome }}',
    },
  };
}

export const nextTag = 'v1.1.0';

/**
 * A clone at version 1.0.0 (tag `v1.0.0`, on the remote) with a feature and a fix since, which are on the remote too, and the
 * remote beside it. The next release is 1.1.0.
 */
export class StandardBench {
  readonly bench: ReleaseBench;
  /** Where the branch stood before any release. */
  readonly start: string;

  constructor(version = '1.0.0') {
    this.bench = releaseBench('main');
    // Of the sample repository only the files are left.
    this.bench.git('tag', '--delete', 'v0.21.0.2+1');
    this.bench.git('push', '--quiet', '--delete', 'origin', 'v0.21.0.2+1');
    this.bench.git('push', '--quiet', 'origin', 'main');
    this.bench.gitIn(this.bench.remote, 'symbolic-ref', 'HEAD', 'refs/heads/main');
    this.bench.write('package.json', `{\n  "name": "sample",\n  "version": "${version}"\n}\n`);
    this.bench.write('HISTORY.md', '# Changelog\n\nWhat has changed.\n');
    this.bench.save('chore: a package');
    this.bench.git('tag', '--annotate', '--message', `v${version}`, `v${version}`);
    this.bench.git('push', '--quiet', 'origin', `v${version}`);
    this.work('feat: a feature', 'feature.txt');
    this.work('fix: a bug', 'bug.txt');
    this.start = this.bench.git('rev-parse', 'HEAD');
  }

  /** A commit that is pushed. */
  work(message: string, file: string): void {
    this.bench.write(file, `${message}\n`);
    this.bench.save(message);
  }

  /** Puts a clone of the remote in the place of this one. */
  cloneAnew(...options: readonly string[]): void {
    rmSync(this.bench.root, { recursive: true, force: true });
    this.bench.gitIn(this.bench.base, 'clone', '--quiet', ...options, `file://${this.bench.remote}`, this.bench.root);
  }

  /** Keeps clone and remote as they are, and gives what puts them back. */
  keep(): () => void {
    const { base, root, remote } = this.bench;
    const copy = join(base, `copy-${Math.random().toString(36).slice(2)}`);
    cpSync(root, join(copy, 'work'), { recursive: true });
    cpSync(remote, join(copy, 'remote.git'), { recursive: true });
    return () => {
      for (const [from, to] of [['work', root] as const, ['remote.git', remote] as const]) {
        rmSync(to, { recursive: true, force: true });
        cpSync(join(copy, from), to, { recursive: true });
      }
    };
  }

  /** Somebody else pushes a commit to the branch. */
  pushFromElsewhere(message: string): void {
    const { base, remote } = this.bench;
    const other = join(base, `other-${message.replace(/\W+/g, '-')}`);
    this.bench.gitIn(base, 'clone', '--quiet', `file://${remote}`, other);
    writeFileSync(join(other, `${message.replace(/\W+/g, '-')}.txt`), message);
    this.bench.gitIn(other, 'add', '--all');
    this.bench.gitIn(other, 'commit', '--quiet', '--message', message);
    this.bench.gitIn(other, 'push', '--quiet', 'origin', 'HEAD:main');
    rmSync(other, { recursive: true, force: true });
  }

  async run(definition: object, ...args: readonly string[]): Promise<RunResult> {
    return readRun(await this.bench.vwmp(this.#command(definition, args)));
  }

  /** As a process of its own, which can be killed. */
  async inProcess(definition: object, settings: CallSettings): Promise<number> {
    return (await this.bench.vwmpProcess(this.#command(definition, []), settings)).code;
  }

  #command(definition: object, args: readonly string[]): readonly string[] {
    writeFileSync(this.bench.definition, JSON.stringify(definition));
    return ['run', this.bench.definition, '--json', ...args];
  }

  /** What the remote holds, in one line a fact: a finished release has just one of each. */
  released(tag = nextTag): object {
    const { bench } = this;
    const version = tag.slice(1);
    const tagged = bench.onRemote(`refs/tags/${tag}`);
    const main = bench.onRemote('refs/heads/main');
    const at = (path: string) => bench.gitIn(bench.remote, 'show', `main:${path}`);
    const tags = bench.gitIn(bench.remote, 'tag', '--list', 'v[1-9]*').split('\n');
    const section = new RegExp(`^## \\[?v?${version.replaceAll('.', '\\.')}\\b`, 'gm');
    return {
      tagIsMain: tagged !== '' && tagged === main,
      tags,
      version: (JSON.parse(at('package.json')) as { version: string }).version,
      sections: at('HISTORY.md').match(section)?.length ?? 0,
      releaseCommits: bench
        .gitIn(bench.remote, 'log', '--format=%s', 'main')
        .split('\n')
        .filter((subject) => subject.startsWith('chore(release)')).length,
    };
  }
}

/** One release of 1.1.0, finished: what every start has to end in. */
export const finished = {
  tagIsMain: true,
  tags: ['v1.0.0', 'v1.1.0'],
  version: '1.1.0',
  sections: 1,
  releaseCommits: 1,
};
