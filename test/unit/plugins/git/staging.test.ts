import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, findHandler, GitBench, outputsOf } from './git-bench.ts';

let bench: GitBench;
beforeEach(() => {
  bench = new GitBench();
});
afterEach(() => bench.remove());

describe('git.stage', () => {
  it('stages what the run wrote and what is named, and reports the rest', async () => {
    const { work } = bench;
    for (const path of ['written ü.txt', '-dash', 'named.md', 'left.txt']) work.write(path, 'x');
    work.write('a.txt', 'left too\n');
    const outcome = await bench.call(
      'stage',
      { paths: ['*.md'], written: true },
      { changedFiles: ['written ü.txt', '-dash', 'gone again.txt', '.vwmp/state.db'] },
    );
    expect(outputsOf(outcome)).toEqual({ files: ['-dash', 'named.md', 'written ü.txt'], count: 3 });
    expect(outcome.findings).toEqual([
      { level: 'notice', message: 'not staged, although changed: a.txt, left.txt', rule: 'left-unstaged' },
    ]);
    expect(work.git('diff', '--cached', '--name-only', '-z').split('\0').filter(Boolean)).toEqual([
      '-dash',
      'named.md',
      'written ü.txt',
    ]);
  });

  it('takes a written path for itself and not for a pattern', async () => {
    for (const path of ['[ab].txt', 'b.txt']) bench.work.write(path, 'x');
    const outcome = await bench.call('stage', {}, { changedFiles: ['[ab].txt'] });
    expect(outputsOf(outcome)).toMatchObject({ files: ['[ab].txt'] });
  });

  it.each([
    [['documents/*'], ['documents/new.txt', 'documents/src/new.txt', 'documents/t']],
    [['documents/**'], ['documents/new.txt', 'documents/src/new.txt', 'documents/t']],
    [['./documents/new.txt'], ['documents/new.txt']],
    [
      ['documents/src/*', 'documents/*.txt'],
      ['documents/new.txt', 'documents/src/new.txt'],
    ],
    [['*'], ['a.txt', 'documents/new.txt', 'documents/src/new.txt', 'documents/t']],
    [['[d]ocuments/t', '.vwmp*'], ['documents/t']],
  ])('stages new files of a folder, and never the state folder: %j', async (paths, files) => {
    const { work } = bench;
    for (const path of ['documents/t', 'documents/src/t', '.vwmp/known']) work.write(path, 'x');
    bench.save('before');
    for (const path of ['a.txt', 'documents/t', 'documents/new.txt', 'documents/src/new.txt']) work.write(path, 'y');
    for (const path of ['.vwmp/known', '.vwmp/state.db']) work.write(path, 'y');
    expect(outputsOf(await bench.call('stage', { paths }))).toMatchObject({ files });
  });

  it('says with a word that git ignores what was written, and stages the rest', async () => {
    for (const path of ['run.log', 'b.txt']) bench.work.write(path, 'x');
    const context = bench.context({}, { changedFiles: ['b.txt', 'run.log'] });
    expect(outputsOf(await findHandler('stage').execute(context))).toMatchObject({ files: ['b.txt'] });
    expect(context.logged.join('\n')).toContain('left out because git ignores it: run.log');
  });

  it('has nothing to stage where the run wrote nothing', async () => {
    bench.work.write('b.txt', 'x');
    expect(outputsOf(await bench.call('stage'))).toEqual({ files: [], count: 0 });
    expect(bench.work.git('status', '--porcelain')).toBe('?? b.txt');
  });

  it('stops where something is staged that the run did not write, and stages nothing', async () => {
    const { work } = bench;
    work.write('mine.txt', 'half done\n');
    work.git('add', 'mine.txt');
    work.write('a.txt', 'written\n');
    const before = bench.facts();
    const failure = failureOf(await bench.call('stage', {}, { changedFiles: ['a.txt'] }));
    expect(failure.message).toMatch(/^mine\.txt is staged, and no step of this run wrote it/);
    expect(failure.message).toContain('git restore --staged -- mine.txt');
    expect(bench.facts()).toBe(before);
    const named = await bench.call('stage', { paths: ['mine.*'] }, { changedFiles: ['a.txt'] });
    expect(outputsOf(named)).toMatchObject({ files: ['a.txt', 'mine.txt'] });
  });

  it('goes on with what an earlier run of the release staged, and what an earlier step of this one did', async () => {
    const { work } = bench;
    for (const path of ['a.txt', 'b.txt', 'c.txt']) work.write(path, 'written\n');
    work.git('add', 'a.txt', 'b.txt');
    const upstream = { 'git.stage': [{ id: 'first', outputs: { files: ['b.txt'], count: 1 } }] };
    const outcome = await bench.call('stage', { paths: ['c.txt'] }, { changedFiles: ['a.txt'], upstream });
    expect(outputsOf(outcome)).toMatchObject({ files: ['a.txt', 'b.txt', 'c.txt'] });
  });

  it('names a pattern that matches nothing', async () => {
    expect(await bench.call('stage', { paths: ['docs/*.md'] })).toMatchObject({
      kind: 'failed',
      failure: { kind: 'not-found', message: expect.stringContaining('docs/*.md') },
    });
  });
});

describe('a file whose name is no UTF-8', () => {
  it('is taken out of the index again', async () => {
    const { work } = bench;
    writeFileSync(Buffer.concat([Buffer.from(`${work.path}/odd`), Buffer.from([0xff]), Buffer.from('.txt')]), 'x');
    const before = bench.facts();
    const outputs = outputsOf(await bench.call('stage_all', { paths: ['*'] }));
    expect(outputs.count).toBe(1);
    expect(await bench.undo('stage_all', {}, outputs)).toEqual({ kind: 'undone' });
    expect(bench.facts()).toBe(before);
  });
});

describe.each(['stage', 'stage_all'])('git.%s', (name) => {
  const config = name === 'stage' ? {} : { paths: ['*'] };
  /** Some stop at a conflict, which git calls a failure. */
  const begin = (...args: readonly string[]) => {
    try {
      bench.work.git('-c', 'core.editor=true', ...args);
    } catch {
      expect(bench.work.git('status')).toContain('conflict');
    }
  };
  const stageIt = (files = ['b.txt', 'a.txt']) => bench.call(name, config, { changedFiles: files });

  it('is skipped where there is nothing to release, and where the release commit is head', async () => {
    const { work } = bench;
    work.write('b.txt', 'x');
    bench.release('nothing');
    expect(await stageIt()).toEqual({ kind: 'skipped', reason: 'nothing to release' });
    for (const outcome of ['continued', 'released'] as const) {
      bench.release(outcome, work.git('rev-parse', 'HEAD'));
      expect(await stageIt()).toEqual({ kind: 'skipped', reason: 'the release commit exists already' });
    }
    expect(work.git('status', '--porcelain')).toBe('?? b.txt');
    for (const [outcome, commit] of [
      ['continued', 'f'.repeat(40)],
      ['continued', null],
      ['new', null],
    ] as const) {
      bench.release(outcome, commit);
      expect((await stageIt()).kind).toBe('success');
    }
  });

  it.each([
    ['merge', ['merge', '--no-commit', '--no-ff', 'topic']],
    ['cherry-pick', ['cherry-pick', 'conflict']],
    ['revert', ['revert', '--no-commit', 'HEAD']],
    ['rebase', ['rebase', 'conflict']],
  ] as const)('and a survey stop while a %s is under way, here and in a worktree', async (kind, args) => {
    const { work } = bench;
    for (const [branch, path] of [
      ['topic', 'topic.txt'],
      ['conflict', 'a.txt'],
    ] as const) {
      work.git('switch', '--quiet', '--create', branch, 'main');
      work.write(path, branch);
      bench.save(branch);
    }
    const tree = bench.folder();
    work.git('worktree', 'add', '--quiet', '-B', 'side', `${tree.path}/side`, 'main');
    work.git('switch', '--quiet', 'main');
    work.write('a.txt', 'main');
    bench.save('main');
    begin(...args);
    const before = bench.refs(work);
    expect(failureOf(await stageIt()).message).toContain(`a ${kind} is under way`);
    await expect((await bench.adapter()).survey()).rejects.toThrow(`git ${kind} --abort`);
    expect(failureOf(await bench.call('preflight')).message).toContain(`git ${kind} --continue`);
    expect(bench.refs(work)).toBe(before);

    const side = `${tree.path}/side`;
    await (await bench.adapter({}, side)).survey();
    tree.git('-C', 'side', 'merge', '--quiet', '--no-commit', '--no-ff', 'topic');
    await expect((await bench.adapter({}, side)).survey()).rejects.toThrow('a merge is under way');
  });

  it('stops in a rebase of a worktree, and nowhere after one was given up with --quit', async () => {
    const { work } = bench;
    work.git('switch', '--quiet', '--create', 'conflict');
    work.write('a.txt', 'conflict');
    bench.save('conflict');
    work.git('switch', '--quiet', 'main');
    work.write('a.txt', 'main');
    bench.save('main');
    const side = `${bench.folder().path}/side`;
    work.git('worktree', 'add', '--quiet', '-B', 'side', side, 'main');
    for (const at of [side, work.path]) {
      const survey = async () => (await bench.adapter({}, at)).survey();
      expect(() => work.git('-C', at, 'rebase', 'conflict')).toThrow('conflict');
      await expect(survey()).rejects.toThrow('a rebase is under way');
      work.git('-C', at, 'rebase', '--quit');
      expect(work.git('-C', at, 'rev-parse', '--verify', 'REBASE_HEAD')).toMatch(/^[0-9a-f]{40}$/);
      work.git('-C', at, 'reset', '--quiet', '--hard');
      expect((await survey()).changes).toEqual([]);
    }
  });

  it('says whose a lock may be that git finds', async () => {
    bench.work.write('b.txt', 'x');
    bench.work.write('.git/index.lock', '');
    const { message } = failureOf(await stageIt());
    expect(message).toMatch(/^git finds .*\.git\/index\.lock: another git may be at work/);
    expect(message).toContain('delete the file first');
  });

  it('takes back what it staged, and leaves files and what others staged since', async () => {
    const { work } = bench;
    work.write('a.txt', 'changed\n');
    work.write('b.txt', 'new\n');
    const before = bench.facts();
    const outputs = outputsOf(await stageIt());
    expect(outputs).toMatchObject({ files: ['a.txt', 'b.txt'], count: 2 });
    for (const time of ['first', 'second']) {
      expect([time, await bench.undo(name, config, outputs)]).toEqual([time, { kind: 'undone' }]);
      expect(bench.facts()).toBe(before);
    }
    expect([work.read('a.txt'), work.read('b.txt')]).toEqual(['changed\n', 'new\n']);

    await stageIt();
    work.write('later.txt', 'x');
    work.git('add', 'later.txt');
    await bench.undo(name, config, outputs);
    expect(work.git('diff', '--cached', '--name-only')).toBe('later.txt');
  });

  it('brings back what was staged before it, byte for byte', async () => {
    const { work } = bench;
    work.write('a.txt', 'staged before\n');
    work.write('other.txt', 'staged before\n');
    work.git('add', '--all');
    work.write('a.txt', 'changed since\n');
    work.write('b.txt', 'new\n');
    const before = bench.facts();
    const named = name === 'stage' ? { paths: ['oth*.txt'] } : config;
    const outputs = outputsOf(await bench.call(name, named, { changedFiles: ['b.txt', 'a.txt'] }));
    expect(outputs).toMatchObject({
      files: ['a.txt', 'b.txt', 'other.txt'],
      index_before: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(work.git('show', ':a.txt')).toBe('changed since');
    for (const _ of ['first', 'second']) {
      expect(await bench.undo(name, config, outputs)).toEqual({ kind: 'undone' });
      expect(bench.facts()).toBe(before);
    }
  });

  it('says nothing of its own state folder where git ignores that', async () => {
    const { work } = bench;
    work.write('.gitignore', '.vwmp/\n');
    work.write('part/b.txt', 'x');
    bench.save('ignores it');
    work.write('.vwmp/state.db', 'x');
    work.write('part/.vwmp/state.db', 'x');
    work.write('a.txt', 'changed');
    work.write('part/b.txt', 'changed');
    for (const at of ['part', '.']) {
      const everything = { paths: ['*'] };
      const context = bench.context(everything, {}, join(work.path, at));
      outputsOf(await findHandler(name).execute(context));
      expect(context.logged.join('\n')).not.toContain('ignores');
    }
  });

  it('takes 1,200 files back, although it lists fewer', async () => {
    const { work } = bench;
    const files = Array.from({ length: 1_200 }, (_, at) => `many/${at}.txt`);
    for (const file of files) work.write(file, file);
    const before = bench.facts();
    const outputs = outputsOf(await stageIt(files));
    expect([outputs.count, (outputs.files as readonly string[]).length]).toEqual([1_200, 1_000]);
    expect(await bench.undo(name, config, outputs)).toEqual({ kind: 'undone' });
    expect(bench.facts()).toBe(before);
  });

  it('takes back in a repository without commits and in a folder of a repository', async () => {
    const fresh = bench.folder({ 'b.txt': 'x' });
    fresh.git('init', '--quiet');
    const first = await bench.call(name, config, { changedFiles: ['b.txt'] }, fresh.path);
    expect(fresh.git('ls-files')).toBe('b.txt');
    expect(await bench.undo(name, config, outputsOf(first), fresh.path)).toEqual({ kind: 'undone' });
    expect(fresh.git('ls-files')).toBe('');

    bench.work.write('part/b.txt', 'x');
    const part = join(bench.work.path, 'part');
    const second = await bench.call(name, config, { changedFiles: ['b.txt'] }, part);
    expect(outputsOf(second)).toMatchObject({ files: ['b.txt'] });
    expect(await bench.undo(name, config, outputsOf(second), part)).toEqual({ kind: 'undone' });
    expect(bench.work.git('status', '--porcelain')).toBe('?? part/');
  });

  it('leaves a submodule with changes of its own as it is', async () => {
    const { work } = bench;
    work.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', bench.remote.path, 'vendor');
    bench.save('a submodule');
    work.write('vendor/a.txt', 'dirty\n');
    work.write('b.txt', 'x');
    expect(outputsOf(await stageIt(['b.txt']))).toMatchObject({ files: ['b.txt'] });
  });
});
