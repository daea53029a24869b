import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonMap, Outcome } from '../../../../src/plugin-api/index.ts';
import { failureOf, findHandler, GitBench, outputsOf } from './git-bench.ts';

const config = { message_template: 'release', written: true };

let bench: GitBench;
beforeEach(() => {
  bench = new GitBench();
});
afterEach(() => bench.remove());

function commit(changedFiles: readonly string[], more: JsonMap = {}): Promise<Outcome> {
  return bench.call('commit', { ...config, ...more }, { changedFiles });
}

function probe(changedFiles: readonly string[]): Promise<unknown> {
  return Promise.resolve(findHandler('commit').probe?.(bench.context(config, { changedFiles })));
}

describe('git.commit with `written`', () => {
  it('commits what the run wrote, new and deleted files too, and nothing else', async () => {
    const { work } = bench;
    for (const path of ['old.txt', 'older.txt', 'mine.txt']) work.write(path, 'x');
    bench.save('more');
    for (const path of ['a.txt', 'written ü.txt', '-dash', 'left.txt']) work.write(path, 'written\n');
    work.git('rm', '--quiet', 'older.txt');
    work.git('mv', 'mine.txt', 'moved.txt');
    rmSync(join(work.path, 'old.txt'));
    const written = ['-dash', 'a.txt', 'gone again.txt', 'old.txt', 'older.txt', 'written ü.txt', '.vwmp/state.db'];
    const outcome = await commit(written);
    expect(outputsOf(outcome)).toMatchObject({ file_count: 5, created: true, branch: 'main' });
    const changes = work.git('-c', 'core.quotePath=false', 'show', '--format=%s', '--name-status', '--no-renames');
    expect(changes.split('\n')).toEqual([
      'release',
      '',
      'A\t-dash',
      'M\ta.txt',
      'D\told.txt',
      'D\tolder.txt',
      'A\twritten ü.txt',
    ]);
    expect(work.git('status', '--porcelain')).toBe('R  mine.txt -> moved.txt\n?? left.txt');
    expect(outcome.findings).toEqual([
      {
        level: 'notice',
        message: 'not in the commit, although changed: mine.txt, moved.txt, left.txt',
        rule: 'left-out-of-commit',
      },
    ]);
  });

  it('keeps every line of the message', async () => {
    bench.work.write('a.txt', 'x');
    const message = '-m "1.2.3" $(x)\n\n#21 is fixed\n\nlast';
    outputsOf(await commit(['a.txt'], { message_template: message }));
    expect(bench.work.git('log', '-1', '--format=%B')).toBe(message);
  });

  it('takes a path for itself and not for a pattern', async () => {
    const { work } = bench;
    for (const path of ['[ab].txt', 'b.txt']) work.write(path, 'x');
    bench.save('both');
    for (const path of ['[ab].txt', 'b.txt']) work.write(path, 'y');
    outputsOf(await commit(['[ab].txt']));
    expect(work.git('show', '--format=', '--name-only')).toBe('[ab].txt');
  });

  it('is skipped where the run wrote nothing that git sees as changed', async () => {
    bench.work.write('ignored/x', 'x');
    bench.work.write('mine.txt', 'x');
    bench.work.git('add', 'mine.txt');
    expect(await commit(['a.txt', 'ignored/x'])).toEqual({
      kind: 'skipped',
      reason: 'no file that this run wrote has changed, so there is nothing to commit',
    });
  });

  it('makes the first commit of a repository, also in a folder of it', async () => {
    const fresh = bench.folder({ 'part/b.txt': 'x', 'other.txt': 'x' });
    fresh.git('init', '--quiet', '--initial-branch', 'main');
    const outcome = await bench.call('commit', config, { changedFiles: ['b.txt'] }, `${fresh.path}/part`);
    const outputs = outputsOf(outcome);
    expect(outputs).toMatchObject({ parent: null, file_count: 1 });
    expect(fresh.git('ls-files')).toBe('part/b.txt');
    expect(await bench.undo('commit', config, outputs, `${fresh.path}/part`)).toEqual({ kind: 'undone' });
    expect(fresh.git('ls-files')).toBe('');
  });

  it('leaves nothing staged where a hook refuses', async () => {
    const { work } = bench;
    bench.hook('clone', 'pre-commit', 'echo no debug prints, please; exit 1');
    for (const path of ['a.txt', 'new.txt']) work.write(path, 'x\n');
    const before = bench.facts();
    expect(failureOf(await commit(['a.txt', 'new.txt'])).message).toContain('no debug prints, please');
    expect([bench.facts(), work.read('new.txt')]).toEqual([before, 'x\n']);
  });

  it('leaves a deletion staged that was staged before, where a hook refuses', async () => {
    const { work } = bench;
    work.git('rm', '--quiet', '--cached', 'a.txt');
    bench.hook('clone', 'pre-commit', 'exit 1');
    const before = bench.facts();
    failureOf(await commit(['a.txt']));
    expect(bench.facts()).toBe(before);
  });

  it('has an index like the commit where a hook formats and stages, and is taken back to the one before', async () => {
    const { work } = bench;
    work.write('mine.txt', 'x\n');
    work.git('add', 'mine.txt');
    bench.hook('clone', 'pre-commit', 'echo formatted > a.txt; echo new > made.txt; git add a.txt made.txt');
    work.write('a.txt', 'written\n');
    const before = bench.facts();
    const outcome = await commit(['a.txt']);
    expect(work.git('show', '--format=', '--name-only')).toBe('a.txt\nmade.txt');
    expect(work.git('status', '--porcelain')).toBe('A  mine.txt');
    expect(outputsOf(outcome).file_count).toBe(2);
    expect(outcome.findings).toEqual([
      { level: 'notice', message: 'hooks added to the commit: made.txt', rule: 'added-by-hook' },
      { level: 'notice', message: 'not in the commit, although changed: mine.txt', rule: 'left-out-of-commit' },
    ]);
    expect(await commit(['a.txt'])).toMatchObject({ kind: 'skipped' });
    expect(await bench.undo('commit', config, outputsOf(outcome))).toEqual({ kind: 'undone' });
    expect(bench.facts()).toBe(before);
  });

  it('leaves the patterns of hooks patterns', async () => {
    bench.hook('clone', 'pre-commit', 'echo new > made.md; git add "*.md"');
    bench.work.write('a.txt', 'written\n');
    outputsOf(await commit(['a.txt']));
    expect(bench.work.git('show', '--format=', '--name-only')).toBe('a.txt\nmade.md');
  });

  it('is skipped where a file differs from head in the index alone', async () => {
    const { work } = bench;
    work.write('a.txt', 'staged\n');
    work.git('add', 'a.txt');
    work.write('a.txt', 'a\n');
    expect(await commit(['a.txt'])).toMatchObject({ kind: 'skipped' });
    expect(work.git('status', '--porcelain')).toBe('MM a.txt');
  });

  it('says of a file that git ignores that it is left out, and fails for one in a submodule', async () => {
    const { work } = bench;
    for (const path of ['a.txt', 'run.log']) work.write(path, 'x');
    const context = bench.context(config, { changedFiles: ['a.txt', 'run.log'] });
    expect(outputsOf(await findHandler('commit').execute(context))).toMatchObject({ file_count: 1 });
    expect(context.logged.join('\n')).toContain('left out because git ignores it: run.log');
    work.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', bench.remote.path, 'vendor');
    bench.save('with a submodule');
    for (const path of ['a.txt', 'vendor/a.txt']) work.write(path, 'y');
    expect(failureOf(await commit(['a.txt', 'vendor/a.txt'])).message).toContain('in submodule');
    expect(work.git('log', '-1', '--format=%s')).toBe('with a submodule');
  });

  it('takes a message that is too long for an argument', async () => {
    bench.work.write('new.txt', 'x');
    const message = `release\n\n${'a line of notes\n'.repeat(12_000)}end`;
    outputsOf(await commit(['new.txt'], { message_template: message }));
    expect(bench.work.git('log', '-1', '--format=%B')).toBe(message);
  });

  it('stops in the middle of a merge, which would be ended by it', async () => {
    const { work } = bench;
    work.git('switch', '--quiet', '--create', 'topic');
    work.write('b.txt', 'x');
    bench.save('topic');
    work.git('switch', '--quiet', 'main');
    work.git('merge', '--quiet', '--no-ff', '--no-commit', 'topic');
    work.write('a.txt', 'written\n');
    expect(failureOf(await commit(['a.txt'])).details).toMatchObject({ reason: 'under-way' });
    expect(work.git('log', '-1', '--format=%s')).toBe('first');
  });

  it('commits more files than one argument could name', async () => {
    const { work } = bench;
    const paths = Array.from({ length: 1500 }, (_, at) => `${'long name '.repeat(20)}${at}.txt`);
    for (const path of paths) work.write(path, 'x');
    expect(outputsOf(await commit(paths))).toMatchObject({ file_count: 1500 });
    expect(work.git('status', '--porcelain')).toBe('');
  });

  it('is taken back with files kept and the index as it was, however often', async () => {
    const { work } = bench;
    for (const path of ['a.txt', 'new.txt', 'mine.txt']) work.write(path, 'x\n');
    work.git('add', 'mine.txt');
    const before = bench.facts();
    const outputs = outputsOf(await commit(['a.txt', 'new.txt']));
    expect(await bench.undo('commit', config, outputs)).toEqual({ kind: 'undone' });
    expect([bench.facts(), work.read('new.txt')]).toEqual([before, 'x\n']);
    work.git('add', 'a.txt');
    expect(await bench.undo('commit', config, outputs)).toMatchObject({ kind: 'undone' });
    expect(work.git('diff', '--cached', '--name-only')).toBe('a.txt\nmine.txt');
  });

  it('brings back another state of a file that was staged before', async () => {
    const { work } = bench;
    work.write('a.txt', 'staged\n');
    work.git('add', 'a.txt');
    work.write('a.txt', 'written\n');
    const before = bench.facts();
    const outputs = outputsOf(await commit(['a.txt']));
    expect(work.git('show', 'HEAD:a.txt')).toBe('written');
    expect(await bench.undo('commit', config, outputs)).toEqual({ kind: 'undone' });
    expect([bench.facts(), work.read('a.txt')]).toEqual([before, 'written\n']);
  });

  it('knows after a crash whether the commit was made', async () => {
    const files = ['a.txt', 'new.txt'];
    for (const path of files) bench.work.write(path, 'x\n');
    expect(await probe(files)).toEqual({ kind: 'not-done' });
    bench.work.git('add', 'new.txt');
    expect(await probe(files)).toEqual({ kind: 'not-done' });
    const outputs = outputsOf(await commit(files));
    const { index_before, ...known } = outputs;
    expect(index_before).toBeTypeOf('string');
    expect(await probe(files)).toEqual({ kind: 'done', outputs: known });
    bench.work.write('a.txt', 'written again\n');
    expect(await probe(files)).toEqual({ kind: 'unknown' });
  });

  it('shows in a plan what it would commit', async () => {
    const preview = (changedFiles: readonly string[]) =>
      findHandler('commit').preview?.(bench.context(config, { changedFiles }));
    expect(await preview(['a.txt', 'b c.txt'])).toMatchObject({
      summary: 'commits a.txt, b c.txt as "release"',
      commands: ["git commit --message release --only -- a.txt 'b c.txt'"],
    });
    expect(await preview([])).toMatchObject({
      summary: 'commits the files that this run has written by then as "release"',
    });
  });
});
