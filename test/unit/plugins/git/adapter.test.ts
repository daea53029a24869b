import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AdapterContext, GitAdapter } from '../../../../src/plugin-api/index.ts';
import { pluginContext, quietEnvironment } from '../../../rigs/plugin-context.ts';
import { openProcesses } from '../../adapters/node-process/open-processes.ts';
import { adapters, countProcesses, GitBench } from './git-bench.ts';

type LogCommit = Parameters<Parameters<GitAdapter['eachCommit']>[1]>[0];

let bench: GitBench;
beforeEach(() => {
  bench = new GitBench();
});
afterEach(() => bench.remove());

/** Writes history by the fast path of git: much, in one process. */
function importHistory(stream: string, at = bench.work.path): void {
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: at, env: quietEnvironment(), input: stream });
}

describe('status', () => {
  it('leaves the state folder of the workspace out, tracked or not, also in a folder of the repository', async () => {
    const { work } = bench;
    for (const at of ['', 'sub/']) {
      work.write(`${at}.vwmp/tracked`, 'x');
      work.write(`${at}.vwmpx`, 'x');
    }
    work.git('add', '--all');
    work.git('commit', '--quiet', '--message', 'state');
    for (const at of ['', 'sub/']) {
      for (const name of ['.vwmp/tracked', '.vwmp/new', '.vwmpx', 'new']) work.write(`${at}${name}`, 'y');
    }
    const paths = async (at: string) =>
      (await (await bench.adapter({}, at)).changes()).map(({ path }) => path).toSorted();
    const below = ['sub/.vwmp/new', 'sub/.vwmp/tracked', 'sub/.vwmpx', 'sub/new'];
    expect(await paths(work.path)).toEqual(['.vwmpx', 'new', ...below].toSorted());
    expect(await paths(join(work.path, 'sub'))).toEqual(['.vwmpx', 'new']);
  });

  it('tells head, branch, upstream and how far both are apart', async () => {
    const { work } = bench;
    work.git('branch', '--quiet', '--set-upstream-to', 'origin/main');
    const head = bench.save('second');
    work.write('ü "x".txt', 'x');
    expect(await (await bench.adapter()).status()).toEqual({
      head,
      branch: 'main',
      upstream: 'origin/main',
      ahead: 1,
      behind: 0,
      changes: [{ path: 'ü "x".txt', state: 'untracked' }],
    });
  });

  it('has no head before the first commit, and no branch on a detached head', async () => {
    const fresh = bench.folder();
    fresh.git('init', '--quiet', '--initial-branch', 'trunk');
    expect(await (await bench.adapter({}, fresh.path)).status()).toMatchObject({ head: null, branch: 'trunk' });
    bench.work.git('checkout', '--quiet', '--detach');
    expect(await (await bench.adapter()).status()).toMatchObject({ branch: null, upstream: null, ahead: null });
  });
});

describe('the folder of the workspace', () => {
  it('is told from the top of its repository', async () => {
    const { work } = bench;
    mkdirSync(join(work.path, 'svc/api'), { recursive: true });
    expect(await (await bench.adapter()).folder()).toBe('');
    expect(await (await bench.adapter({}, join(work.path, 'svc/api'))).folder()).toBe('svc/api');
  });
});

describe('the default branch of a remote', () => {
  it('is the one that the clone remembers', async () => {
    const { work } = bench;
    const git = await bench.adapter();
    expect(await git.defaultBranch('origin')).toBeNull();
    work.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk/x');
    expect(await git.defaultBranch('origin')).toBe('trunk/x');
  });
});

describe('head', () => {
  it('is right after commits, packing, switching, in a worktree and in a detached checkout', async () => {
    const { work } = bench;
    const second = bench.save('second');
    const git = await bench.adapter();
    expect(await git.head()).toBe(second);
    work.git('pack-refs', '--all');
    expect(await git.head()).toBe(second);
    work.git('branch', 'deep/ü', 'HEAD~1');
    await git.switch('deep/ü');
    expect([await git.head(), await git.checkedOutBranch()]).toEqual([work.git('rev-parse', 'HEAD'), 'deep/ü']);
    work.git('checkout', '--quiet', '--detach', second);
    expect(await git.head()).toBe(second);
    const linked = join(bench.folder().path, 'linked');
    work.git('worktree', 'add', '--quiet', '-b', 'side', linked, 'HEAD~1');
    expect(await (await bench.adapter({}, linked)).head()).toBe(work.git('rev-parse', 'side'));
  });
});

describe('commit', () => {
  it('of what somebody else has committed meanwhile says so', async () => {
    const git = await bench.adapter();
    await expect(git.commit('x')).rejects.toThrow(/nothing to commit, although something was staged: somebody else/);
  });
});

describe('tags', () => {
  it('tells names, objects and peeled commits, odd names and tags of no commit too', async () => {
    const { work } = bench;
    const first = work.git('rev-parse', 'HEAD');
    work.git('tag', 'light');
    work.git('tag', '--annotate', '--message', 'x', 'pkg/ü@1.0.0');
    work.git('tag', 'blob', 'HEAD:a.txt');
    work.git('commit', '--quiet', '--allow-empty', '--message', 'beside');
    work.git('tag', 'beside');
    work.git('reset', '--quiet', '--hard', first);
    const git = await bench.adapter();
    expect(await git.tags()).toEqual([
      {
        name: 'beside',
        object: work.git('rev-parse', 'beside'),
        commit: work.git('rev-parse', 'beside'),
        annotated: false,
      },
      { name: 'blob', object: work.git('rev-parse', 'blob'), commit: null, annotated: false },
      { name: 'light', object: first, commit: first, annotated: false },
      { name: 'pkg/ü@1.0.0', object: work.git('rev-parse', 'refs/tags/pkg/ü@1.0.0'), commit: first, annotated: true },
    ]);
    expect((await git.tags({ merged: true })).map(({ name }) => name)).toEqual(['light', 'pkg/ü@1.0.0']);
  });

  it('takes 10,000 of them in one process, with names that every object has', async () => {
    const { work } = bench;
    const head = work.git('rev-parse', 'HEAD');
    const names = [...Array.from({ length: 9_998 }, (_, at) => `v1.0.${at}`), 'constructor', '__proto__'];
    importHistory(names.map((name) => `reset refs/tags/${name}\nfrom ${head}\n\n`).join(''));
    const context = bench.context({});
    const git = await context.adapter<GitAdapter>('git');
    expect(await git.tags()).toHaveLength(10_000);
    expect(context.started).toHaveLength(1);
    const { tags, tagsMerged } = await git.survey();
    expect([tags.constructor, Object.entries(tags).find(([name]) => name === '__proto__')?.[1], tags.toString]).toEqual(
      [{ commit: head, object: head }, { commit: head, object: head }, undefined],
    );
    expect(tagsMerged).toHaveLength(10_000);
  });

  it('deletes a tag only while it is the expected object', async () => {
    const { work } = bench;
    const head = work.git('rev-parse', 'HEAD');
    const git = await bench.adapter();
    work.git('tag', '--annotate', '--message', 'x', 'v1');
    expect(await git.deleteTag('v1', head)).toBe('changed');
    expect(work.git('tag')).toBe('v1');
    expect(await git.deleteTag('v1', work.git('rev-parse', 'refs/tags/v1'))).toBe('deleted');
    expect(await git.deleteTag('v1', head)).toBe('absent');
  });
});

describe('filesAt', () => {
  it('reads many files at many revisions in one process', async () => {
    const { work } = bench;
    work.write('lines.txt', '\u{feff}one\r\nHEAD:./a.txt missing\n\n');
    work.write('empty', '');
    work.write('ü b.txt', 'ü � 🎉');
    bench.save('second');
    const context = bench.context({});
    const git = await context.adapter<GitAdapter>('git');
    const at = (revision: string, path: string) => ({ revision, path });
    expect(
      await git.filesAt([
        at('HEAD', 'lines.txt'),
        at('HEAD', 'nope'),
        at('HEAD', 'empty'),
        at('HEAD~1', 'empty'),
        at('HEAD', 'ü b.txt'),
        at('nope', 'a.txt'),
        at('HEAD', 'a.txt'),
      ]),
    ).toEqual(['\u{feff}one\r\nHEAD:./a.txt missing\n\n', null, '', null, 'ü � 🎉', null, 'a\n']);
    expect(context.started).toHaveLength(1);
    expect(await git.filesAt([])).toEqual([]);
  });

  it('still tells all of them where one is not UTF-8 or has a line break in its name', async () => {
    const { work } = bench;
    execFileSync('sh', ['-c', "printf 'caf\\351 \\377\\377' > latin; printf x > 'a\nb'"], { cwd: work.path });
    bench.save('second');
    const git = await bench.adapter();
    const wanted = ['latin', 'a.txt', 'a\nb'].map((path) => ({ revision: 'HEAD', path }));
    expect(await git.filesAt(wanted.slice(0, 2))).toEqual(['caf\u{fffd} \u{fffd}\u{fffd}', 'a\n']);
    expect((await git.filesAt(wanted)).slice(1)).toEqual(['a\n', 'x']);
    expect(await git.filesAt(['', 'a.txt'].map((path) => ({ revision: 'HEAD', path })))).toEqual([null, 'a\n']);
    expect(await git.fileAt('--textconv', 'a.txt')).toBeNull();
  });

  it('takes paths of the workspace where the repository stands below it', async () => {
    const outer = bench.folder();
    mkdirSync(join(outer.path, 'repo'));
    outer.git('clone', '--quiet', bench.remote.path, 'repo');
    const git = await bench.adapter({ adapterConfig: { git: { workspace_root: 'repo' } } }, outer.path);
    expect(await git.filesAt([{ revision: 'HEAD', path: 'repo/a.txt' }])).toEqual(['a\n']);
  });
});

describe('eachCommit', () => {
  async function collect(range: Parameters<GitAdapter['eachCommit']>[0], git?: GitAdapter): Promise<LogCommit[]> {
    const found: LogCommit[] = [];
    await (git ?? (await bench.adapter())).eachCommit(range, (commit) => found.push(commit));
    return found;
  }

  it('tells all of a commit, the newest first', async () => {
    const { work } = bench;
    const first = work.git('rev-parse', 'HEAD');
    work.git('-c', 'user.name=Ü <x>', 'commit', '--quiet', '--allow-empty', '--message', 'two\n\nbody\n\n- x');
    const [second, ...others] = await collect({ since: first });
    expect(others).toEqual([]);
    expect(second).toEqual({
      hash: work.git('rev-parse', 'HEAD'),
      parents: [first],
      subject: 'two',
      body: 'body\n\n- x',
      author: 'Ada',
      authorEmail: 'ada@example.invalid',
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/),
    });
    expect((await collect({ since: null })).map(({ subject }) => subject)).toEqual(['two', 'first']);
  });

  it('takes a limit, an end, paths and first parents only', async () => {
    const { work } = bench;
    work.git('tag', 'v1');
    work.git('switch', '--quiet', '--create', 'side');
    work.write('side.txt', 'x');
    bench.save('aside');
    work.git('switch', '--quiet', 'main');
    bench.save('second');
    work.git('merge', '--quiet', '--no-ff', '--message', 'merged', 'side');
    work.git('tag', 'v2');
    bench.save('later');
    const subjects = async (more: object) => (await collect({ since: 'v1', ...more })).map(({ subject }) => subject);
    expect(await subjects({ limit: 1 })).toEqual(['later']);
    expect(await subjects({ until: 'v2', firstParent: true })).toEqual(['merged', 'second']);
    expect(await subjects({ paths: ['side.txt', '*'] })).toEqual(['aside']);
    expect(await subjects({ paths: ['side.txt'], firstParent: true })).toEqual(['merged']);
    expect(await subjects({ except: ['refs/heads/side'] })).toEqual(['later', 'merged', 'second']);
  });

  it('sees no commit in a new repository, names a tag that is missing, and passes on what the visitor throws', async () => {
    const fresh = bench.folder();
    fresh.git('init', '--quiet');
    expect(await collect({ since: null }, await bench.adapter({}, fresh.path))).toEqual([]);
    await expect(collect({ since: 'v9' })).rejects.toThrow('v9');
    const git = await bench.adapter();
    const thrown = new Error('enough');
    await expect(
      git.eachCommit({ since: null }, () => {
        throw thrown;
      }),
    ).rejects.toBe(thrown);
  });

  it('puts commits together that come in pieces of any size', async () => {
    bench.save('ünicode 🎉\n\nbody ü');
    const whole = await collect({ since: null });
    expect(whole[0]?.body).toBe('body ü');
    for (const size of [1, 2, 7]) {
      const context = bench.context({});
      const inPieces: AdapterContext = {
        ...context,
        config: {},
        processes: {
          async run({ onStdout, ...request }) {
            const result = await context.processes.run(request);
            if (onStdout === undefined) return result;
            const characters = [...result.stdout];
            for (let at = 0; at < characters.length; at += size) {
              await onStdout(characters.slice(at, at + size).join(''));
            }
            return { ...result, stdout: '' };
          },
        },
      };
      const made = await adapters.git?.initialize(inPieces);
      expect(await collect({ since: null }, made?.api as GitAdapter)).toEqual(whole);
    }
  });

  it('goes through 100,000 commits in one process, of which nothing is kept', async () => {
    const { processes, workspace } = openProcesses({ env: { ...quietEnvironment() } });
    execFileSync('git', ['init', '--quiet', '--initial-branch', 'main'], { cwd: workspace, env: quietEnvironment() });
    const body = 'x'.repeat(60);
    const stream: string[] = [];
    for (let at = 1; at <= 100_000; at++) {
      const text = `feat: change ${at}\n\n${body}`;
      const who = `committer A <a@b> ${1_700_000_000 + at} +0000`;
      stream.push(`commit refs/heads/main\nmark :${at}\n${who}\ndata ${text.length}\n${text}\n`);
    }
    importHistory(stream.join(''), workspace);
    const kept: string[] = [];
    const made = await adapters.git?.initialize({
      ...pluginContext(workspace),
      config: {},
      processes: {
        async run(request) {
          const result = await processes.run(request);
          kept.push(result.stdout);
          return result;
        },
      },
    });
    let count = 0;
    let newest = '';
    const git = made?.api as GitAdapter;
    await git.eachCommit({ since: null }, ({ subject }) => {
      if (count++ === 0) newest = subject;
    });
    expect([count, newest, kept]).toEqual([100_000, 'feat: change 100000', ['']]);
  });
});

describe('questions about history', () => {
  it('tells ancestors, the common commit, and how far two are apart', async () => {
    const { work } = bench;
    const first = work.git('rev-parse', 'HEAD');
    const second = bench.save('second');
    work.git('switch', '--quiet', '--create', 'side', first);
    const aside = bench.save('aside');
    const git = await bench.adapter();
    expect([await git.isAncestor(first, second), await git.isAncestor(second, first)]).toEqual([true, false]);
    expect(await git.mergeBase('main', 'side')).toBe(first);
    expect(await git.aheadBehind(aside, second)).toEqual({ ahead: 1, behind: 1 });
    expect(await git.aheadBehind('HEAD', 'f'.repeat(40))).toBeNull();
    await expect(git.isAncestor('f'.repeat(40), second)).rejects.toThrow('merge-base');
    work.git('checkout', '--quiet', '--orphan', 'island');
    bench.save('alone');
    expect(await git.mergeBase('main', 'island')).toBeNull();
  });

  it('knows a shallow clone without a process, and makes it whole', async () => {
    for (const message of ['2', '3', '4']) bench.save(message);
    bench.work.git('tag', 'v1', 'HEAD~2');
    bench.work.git('push', '--quiet', 'origin', 'main', 'v1');
    const clone = bench.clone('--depth', '1', '--no-tags');
    const context = bench.context({}, {}, clone.path);
    const git = await context.adapter<GitAdapter>('git');
    expect([await git.isShallow(), context.started.length]).toEqual([true, 0]);
    expect(await git.fetch('origin', { deepen: 1 })).toEqual({ kind: 'fetched' });
    expect(clone.git('rev-list', '--count', 'HEAD')).toBe('2');
    expect(await git.fetch('origin', { unshallow: true, tags: true })).toEqual({ kind: 'fetched' });
    expect([await git.isShallow(), clone.git('tag')]).toEqual([false, 'v1']);
    expect(await git.fetch('origin', { unshallow: true })).toEqual({ kind: 'fetched' });
    const linked = join(bench.folder().path, 'linked');
    bench.work.git('worktree', 'add', '--quiet', '-b', 'side', linked);
    expect(await (await bench.adapter({}, linked)).isShallow()).toBe(false);
  });
});

describe('fetch', () => {
  it('keeps a tag that is here on something else, and says which', async () => {
    const other = bench.clone();
    other.git('tag', 'v1');
    other.git('push', '--quiet', 'origin', 'v1');
    bench.save('second');
    bench.work.git('tag', 'v1');
    const git = await bench.adapter();
    expect(await git.fetch('origin', { tags: true })).toEqual({ kind: 'clash', tags: ['v1'] });
    expect(bench.work.git('rev-parse', 'v1')).toBe(bench.work.git('rev-parse', 'HEAD'));
  });

  it('answers a branch that is missing there and a remote that does not answer as data', async () => {
    const git = await bench.adapter();
    expect(await git.fetch('origin', { branches: ['nope'] })).toMatchObject({ kind: 'absent' });
    bench.work.git('remote', 'set-url', 'origin', 'https://user:s3cret@127.0.0.1:1/x.git');
    const answer = await git.fetch('origin');
    expect(answer.kind).toBe('unreachable');
    expect(JSON.stringify(answer)).not.toContain('s3cret');
  });

  it('brings a branch from a remote that is only a URL', async () => {
    const head = bench.save('second');
    bench.work.git('push', '--quiet', 'origin', 'main');
    const clone = bench.clone();
    clone.git('reset', '--quiet', '--hard', 'HEAD~1');
    clone.git('update-ref', '-d', 'refs/remotes/origin/main');
    const git = await bench.adapter({}, clone.path);
    expect(await git.fetch(`file://${bench.remote.path}`, { branches: ['main'] })).toEqual({ kind: 'fetched' });
    expect(await git.aheadBehind(head, 'HEAD')).toEqual({ ahead: 1, behind: 0 });
  });
});

describe('remoteState', () => {
  it('tells the branch and the tags with object and commit, and no look-alikes', async () => {
    const { work } = bench;
    const head = work.git('rev-parse', 'HEAD');
    work.git('tag', '--annotate', '--message', 'x', 'v1');
    work.git('tag', 'pkg/v1');
    work.git('push', '--quiet', 'origin', 'v1', 'pkg/v1', 'main:refs/heads/x/refs/heads/main', 'main:refs/pull/1/head');
    const git = await bench.adapter();
    const state = await git.remoteState('origin', 'main');
    expect(state).toMatchObject({ name: 'origin', reachable: true, cause: null, branch: head });
    expect({ ...state?.tags }).toEqual({
      v1: { object: work.git('rev-parse', 'refs/tags/v1'), commit: head },
      'pkg/v1': { object: head, commit: head },
    });
    expect({ ...(await git.remoteState('origin', null, ['v1']))?.tags }).toHaveProperty('v1.commit', head);
    expect({ ...(await git.remoteState('origin', 'nope', []))?.tags }).toEqual({});
  });

  it('has none for a remote that is not configured, and a cause without a password for one that does not answer', async () => {
    const git = await bench.adapter();
    expect(await git.remoteState('upstream', 'main')).toBeNull();
    bench.work.git('remote', 'set-url', 'origin', 'https://user:s3cret@127.0.0.1:1/x.git');
    const state = await git.remoteState('origin', 'main');
    expect(state).toMatchObject({ reachable: false, branch: null, cause: expect.stringContaining('127.0.0.1') });
    expect(JSON.stringify(state)).not.toContain('s3cret');
    const gone = await git.remoteState('/nonexistent/x.git', 'main');
    expect(gone).toMatchObject({ reachable: false, cause: expect.stringContaining('/nonexistent/x.git') });
    await expect(git.remoteState('--upload-pack=touch pwned', 'main')).rejects.toThrow('is no name of a remote');
  });
});

describe('changedLines', () => {
  it('tells changed files with their new lines since the branch left its base, and nothing of the base', async () => {
    const { work } = bench;
    work.write('a.txt', '1\n2\n3\n4\n5\n6\n7\n8\n');
    work.write('gone.txt', 'x\n');
    work.write('old name.txt', 'one\ntwo\nthree\nfour\nfive\nsix\n');
    bench.save('base');
    work.git('switch', '--quiet', '--create', 'topic');
    work.write('a.txt', '1\n2\nthree\n4\n6\n7\n8\n--- b/evil\n+++ b/evil\n@@ -1 +1 @@\n');
    work.write('ü "q"\t.txt', 'new\nfile');
    work.write('with blank.txt', 'not the same\n');
    work.write('binary', 'a\0b');
    work.git('rm', '--quiet', 'gone.txt');
    work.git('mv', 'old name.txt', 'new name.txt');
    work.write('new name.txt', 'one\ntwo\nTHREE\nfour\nfive\nsix\n');
    bench.save('topic');
    work.git('switch', '--quiet', 'main');
    work.write('theirs.txt', 'x\n');
    bench.save('theirs');
    work.git('switch', '--quiet', 'topic');
    const context = bench.context({});
    const git = await context.adapter<GitAdapter>('git');
    const lines = Object.fromEntries((await git.changedLines('main')).map((file) => [file.path, file.lines]));
    expect(lines).toEqual({
      'a.txt': [
        [3, 3],
        [8, 10],
      ],
      'ü "q"\t.txt': [[1, 2]],
      'with blank.txt': [[1, 1]],
      'new name.txt': [[3, 3]],
      'old name.txt': [],
      'gone.txt': [],
      binary: [],
    });
    expect(context.started).toHaveLength(1);
  });

  it('has no lines of files that only lost some, were renamed or given another mode', async () => {
    const { work } = bench;
    work.write('shorter.txt', '1\n2\n3\n');
    work.write('tool', 'x\n');
    work.write('ü "old".txt', 'one\ntwo\n');
    work.write(':odd\tname', 'y\n');
    bench.save('base');
    work.git('switch', '--quiet', '--create', 'topic');
    work.write('shorter.txt', '1\n3\n');
    work.write('tool', 'x\n', 0o755);
    work.git('mv', 'ü "old".txt', 'ü "new".txt');
    work.git('rm', '--quiet', ':(literal):odd\tname');
    bench.save('topic');
    const git = await bench.adapter();
    const found = (await git.changedLines('main')).map(({ path, lines }) => [path, lines]);
    expect(found.toSorted()).toEqual([
      [':odd\tname', []],
      ['shorter.txt', []],
      ['tool', []],
      ['ü "new".txt', []],
      ['ü "old".txt', []],
    ]);
  });

  it('says what to do where the base is missing', async () => {
    const git = await bench.adapter();
    await expect(git.changedLines('origin/nope')).rejects.toThrow('fetch-depth: 0');
    await expect(git.changedLines('--output=pwned')).rejects.toThrow('is no name');
    expect(bench.work.has('pwned')).toBe(false);
  });
});

describe('moving the branch', () => {
  function conflict(): { readonly mine: string; readonly theirs: string } {
    const { work } = bench;
    work.git('switch', '--quiet', '--create', 'side');
    work.write('a.txt', 'theirs\n');
    const theirs = bench.save('theirs');
    work.git('switch', '--quiet', 'main');
    work.write('a.txt', 'mine\n');
    return { mine: bench.save('mine'), theirs };
  }

  it('puts everything back after a conflict, in a merge and in a rebase', async () => {
    const { mine } = conflict();
    const git = await bench.adapter();
    bench.work.write('loose.txt', 'not committed\n');
    for (const move of [() => git.merge('side'), () => git.rebase('side')]) {
      expect(await move()).toEqual({ kind: 'conflict', files: ['a.txt'] });
      expect(bench.work.git('status', '--porcelain=v2', '--branch')).toContain(
        `branch.oid ${mine}\n# branch.head main`,
      );
      expect(bench.work.git('status', '--porcelain')).toBe('?? loose.txt');
      expect(bench.work.read('a.txt')).toBe('mine\n');
    }
  });

  it('puts everything back after a hook that refuses', async () => {
    const { work } = bench;
    work.git('switch', '--quiet', '--create', 'side');
    work.write('side.txt', 'x');
    bench.save('aside');
    work.git('switch', '--quiet', 'main');
    bench.save('mine');
    const before = bench.facts();
    bench.hook('clone', 'pre-merge-commit', 'echo "not today" >&2; exit 1');
    bench.hook('clone', 'pre-rebase', 'echo "not today" >&2; exit 1');
    const git = await bench.adapter();
    for (const move of [() => git.merge('side'), () => git.rebase('side')]) {
      expect(await move()).toMatchObject({ kind: 'refused', message: expect.stringContaining('not today') });
      expect([bench.facts(), work.git('status', '--porcelain')]).toEqual([before, '']);
    }
    expect(await git.merge('side', { noVerify: true })).toMatchObject({ kind: 'moved' });
  });

  it('leaves a merge or rebase alone that somebody else began', async () => {
    conflict();
    const { work } = bench;
    expect(() => work.git('merge', 'side')).toThrow();
    const git = await bench.adapter();
    for (const move of [() => git.merge('side'), () => git.rebase('side')]) {
      expect(await move()).toMatchObject({ kind: 'refused' });
    }
    expect(work.git('rev-parse', 'MERGE_HEAD')).toBe(work.git('rev-parse', 'side'));
    work.git('merge', '--abort');
    expect(() => work.git('rebase', '--quiet', 'side')).toThrow();
    work.write('a.txt', 'settled\n');
    work.git('add', 'a.txt');
    for (const move of [() => git.merge('side'), () => git.rebase('side')]) {
      expect((await move()).kind).not.toBe('moved');
    }
    expect(work.has('.git/rebase-merge')).toBe(true);
  });

  it('moves forward only where nothing is lost', async () => {
    const { work } = bench;
    const first = work.git('rev-parse', 'HEAD');
    work.write('a.txt', 'later\n');
    const second = bench.save('second');
    work.git('reset', '--quiet', '--hard', first);
    const git = await bench.adapter();
    work.write('a.txt', 'not committed\n');
    expect(await git.fastForward(second)).toMatchObject({ kind: 'refused' });
    expect(work.read('a.txt')).toBe('not committed\n');
    work.git('checkout', '--quiet', 'a.txt');
    expect(await git.fastForward(second)).toEqual({ kind: 'moved', head: second });
    expect(await git.fastForward(second)).toEqual({ kind: 'unchanged', head: second });
    const { mine } = conflict();
    expect(await git.fastForward('side')).toMatchObject({ kind: 'refused' });
    expect(work.git('rev-parse', 'HEAD')).toBe(mine);
    await expect(git.merge('--abort')).rejects.toThrow('is no name');
  });

  it('goes back only from where it is expected, with files or without', async () => {
    const { work } = bench;
    const first = work.git('rev-parse', 'HEAD');
    work.write('a.txt', 'later\n');
    const second = bench.save('second');
    const git = await bench.adapter();
    expect(await git.moveBranch(first, first, 'keep')).toEqual({ kind: 'elsewhere', head: second });
    work.write('a.txt', 'not committed\n');
    expect(await git.moveBranch(first, second, 'follow')).toMatchObject({ kind: 'refused' });
    expect([work.git('rev-parse', 'HEAD'), work.read('a.txt')]).toEqual([second, 'not committed\n']);
    work.write('a.txt', 'later\n');
    expect(await git.moveBranch(first, second, 'keep')).toEqual({ kind: 'moved' });
    expect([work.git('status', '--porcelain'), work.read('a.txt')]).toEqual(['M  a.txt', 'later\n']);
  });
});

describe('survey', () => {
  it('tells all that a release has to know', async () => {
    const { work } = bench;
    work.git('tag', '--annotate', '--message', 'x', 'v1');
    work.git('push', '--quiet', 'origin', 'v1');
    work.write('a.txt', 'changed\n');
    const head = work.git('rev-parse', 'HEAD');
    const survey = await (await bench.adapter()).survey();
    expect({
      ...survey,
      tags: { ...survey.tags },
      remote: { ...survey.remote, tags: { ...survey.remote?.tags } },
    }).toEqual({
      head,
      branch: 'main',
      detached: false,
      pushBranch: 'main',
      changes: [{ path: 'a.txt', state: 'unstaged' }],
      shallow: false,
      headSubject: work.git('log', '-1', '--format=%s'),
      tags: { v1: { commit: head, object: work.git('rev-parse', 'refs/tags/v1') } },
      tagsMerged: ['v1'],
      tagsUnasked: [],
      remote: {
        name: 'origin',
        reachable: true,
        cause: null,
        branch: head,
        tags: { v1: { commit: head, object: work.git('rev-parse', 'refs/tags/v1') } },
      },
      relation: 'same',
    });
  });

  it('knows how head stands to the branch of the remote', async () => {
    const { work } = bench;
    const relation = async () => (await (await bench.adapter()).survey()).relation;
    const first = work.git('rev-parse', 'HEAD');
    bench.save('second');
    expect(await relation()).toBe('ahead');
    work.git('push', '--quiet', 'origin', 'main');
    work.git('reset', '--quiet', '--hard', first);
    expect(await relation()).toBe('behind');
    bench.save('another');
    expect(await relation()).toBe('diverged');
    const other = bench.clone();
    bench.save('theirs', other);
    other.git('push', '--quiet', 'origin', 'main');
    expect(await relation()).toBe('unknown');
    work.git('switch', '--quiet', '--create', 'topic');
    expect(await relation()).toBe('no-remote-branch');
    work.git('remote', 'remove', 'origin');
    const alone = await (await bench.adapter()).survey();
    expect([alone.relation, alone.remote]).toEqual(['unknown', null]);
  });

  it('tells tags beside the history, packed or not, from those in it', async () => {
    const { work } = bench;
    const first = work.git('rev-parse', 'HEAD');
    work.git('tag', '--annotate', '--message', 'x', 'v1');
    const beside = bench.save('beside');
    work.git('tag', '--annotate', '--message', 'x', 'v2');
    work.git('reset', '--quiet', '--hard', first);
    for (const pack of [false, true]) {
      if (pack) work.git('pack-refs', '--all');
      const survey = await (await bench.adapter()).survey();
      expect(survey.tagsMerged).toEqual(['v1']);
      expect(survey.tags.v2).toEqual({ commit: beside, object: work.git('rev-parse', 'refs/tags/v2') });
    }
  });

  it('asks about some tags alone where that spares the way back', async () => {
    const { work } = bench;
    for (const tag of ['v1', 'v2', 'sub/x']) work.git('tag', '--annotate', '--message', 'x', tag);
    work.git('tag', 'blob', work.git('rev-parse', 'HEAD:a.txt'));
    const beside = bench.save('beside');
    work.git('tag', 'v3');
    work.git('reset', '--quiet', '--hard', 'v1');
    const among = () => ['v2', 'v3', 'gone'];
    const loose = await (await bench.adapter()).survey({ among });
    expect([loose.tagsMerged, loose.tagsUnasked]).toEqual([['sub/x', 'v1', 'v2'], []]);
    work.git('pack-refs', '--all');
    const names: string[] = [];
    const packed = await (await bench.adapter()).survey({
      among: (all) => {
        names.splice(0, names.length, ...all);
        return among();
      },
    });
    expect(names.toSorted()).toEqual(['blob', 'sub/x', 'v1', 'v2', 'v3']);
    expect([packed.tagsMerged, packed.tagsUnasked.toSorted()]).toEqual([['v2'], ['blob', 'sub/x', 'v1']]);
    for (const survey of [loose, packed]) {
      expect(Object.keys(survey.tags).toSorted()).toEqual(['blob', 'sub/x', 'v1', 'v2', 'v3']);
      expect([survey.tags.v3?.commit, survey.headSubject]).toEqual([beside, work.git('log', '-1', '--format=%s')]);
    }
    const none = await (await bench.adapter()).survey({ among: () => [] });
    expect([none.tagsMerged, none.tagsUnasked.length, none.headSubject]).toEqual([[], 5, packed.headSubject]);
  });

  it('works before the first commit, on a detached head and in a worktree', async () => {
    const fresh = bench.folder();
    fresh.git('init', '--quiet', '--initial-branch', 'main');
    fresh.git('remote', 'add', 'origin', bench.remote.path);
    expect(await (await bench.adapter({}, fresh.path)).survey()).toMatchObject({ head: null, relation: 'behind' });
    bench.work.git('checkout', '--quiet', '--detach');
    const detached = await (await bench.adapter()).survey();
    expect(detached).toMatchObject({ detached: true, branch: null, pushBranch: null, relation: 'no-remote-branch' });
    expect(await (await bench.adapter()).survey({ remote: 'origin', branch: 'main' })).toMatchObject({
      relation: 'same',
    });
    const linked = join(bench.folder().path, 'linked');
    bench.work.git('worktree', 'add', '--quiet', '-b', 'side', linked);
    expect(await (await bench.adapter({}, linked)).survey()).toMatchObject({ branch: 'side', tagsMerged: [] });
  });

  it('costs four processes in a fresh clone', async () => {
    bench.work.git('tag', '--annotate', '--message', 'x', 'v1');
    bench.work.git('push', '--quiet', 'origin', 'v1');
    const clone = bench.clone();
    const processes = await countProcesses(bench.folder(), async (env) => {
      await (await bench.adapter({ env }, clone.path)).survey();
    });
    expect(processes).toHaveLength(4);
  });
});
