import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkValue } from '../../../../src/core/schema/check-value.ts';
import type { JsonMap } from '../../../../src/plugin-api/index.ts';
import { failureOf, findHandler, GitBench, outputsOf } from './git-bench.ts';

let bench: GitBench;
beforeEach(() => {
  bench = new GitBench();
});
afterEach(() => bench.remove());

const run = (config: JsonMap) => bench.call('operation', config);
const undo = (config: JsonMap, outputs: JsonMap) => bench.undo('operation', config, outputs);
const probe = (config: JsonMap) => findHandler('operation').probe?.(bench.context(config));

/** Does it, checks that it takes itself back exactly and twice, and does it again. Gives what it gave. */
async function thereAndBack(config: JsonMap): Promise<JsonMap> {
  const before = bench.facts();
  const outputs = outputsOf(await run(config));
  const after = bench.facts();
  expect(after).not.toBe(before);
  for (const _ of ['once', 'twice']) {
    expect(await undo(config, outputs)).toMatchObject({ kind: 'undone' });
    expect(bench.facts()).toBe(before);
  }
  outputsOf(await run(config));
  return outputs;
}

describe('the configuration of git.operation', () => {
  const faults = (config: JsonMap) => checkValue(findHandler('operation').configuration, config);

  it.each([
    { operation: 'commit', message: 'x', branch: 'main' },
    { operation: 'push', branch: 'main' },
    { operation: 'merge', branch: 'side', message: 'x', fast_forward: 'never' },
    { operation: 'tag', tag: 'v1', sign: true, signing_key: 'x' },
    { operation: 'fetch', all_tags: true },
    { operation: 'sync', strategy: 'fast-forward', push: false },
    { operation: 'branch', branch: 'x', from: 'main', switch: false },
    { operation: 'rebase', branch: 'main' },
  ])('may be %j', (config) => {
    expect(faults(config)).toEqual([]);
  });

  it('is refused by the key that is wrong', () => {
    const said = (config: JsonMap) => faults(config).map(({ path, message }) => `${path.join('.')} ${message}`);
    expect(said({ operation: 'push', message: 'x' })).toEqual([
      expect.stringMatching(/^message .*a key that push does not take/),
    ]);
    expect(said({ operation: 'merge' })).toEqual([expect.stringContaining('branch')]);
    expect(said({ operation: 'pusch', message: 'x' })).toEqual([expect.stringMatching(/^operation /)]);
    expect(said({ branch: 'x' })).toEqual([expect.stringContaining('operation')]);
  });

  it.each([
    {},
    { operation: 'status' },
    { operation: 'commit' },
    { operation: 'commit', message: 'x', tag: 'v1' },
    { operation: 'push', message: 'x' },
    { operation: 'merge' },
    { operation: 'fetch', strategy: 'rebase' },
    { operation: 'push', force: true },
  ])('may not be %j', (config) => {
    expect(faults(config)).not.toEqual([]);
  });
});

describe('operation branch', () => {
  it('makes a branch and checks it out', async () => {
    const outputs = await thereAndBack({ operation: 'branch', branch: 'feature/ü' });
    expect(outputs).toMatchObject({ operation: 'branch', branch: 'feature/ü', changed: true });
    expect(await probe({ operation: 'branch', branch: 'feature/ü' })).toMatchObject({ kind: 'done' });
    expect(outputsOf(await run({ operation: 'branch', branch: 'feature/ü' }))).toMatchObject({ changed: false });
  });

  it('makes one elsewhere without checking it out', async () => {
    bench.save('second');
    await thereAndBack({ operation: 'branch', branch: 'old', from: 'HEAD~1', switch: false });
    expect(bench.work.git('rev-parse', 'old')).toBe(bench.work.git('rev-parse', 'main~1'));
    expect(bench.work.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
  });

  it('keeps a branch that has commits by now, and changes that are in the way', async () => {
    const config = { operation: 'branch', branch: 'topic' };
    const outputs = outputsOf(await run(config));
    bench.work.write('a.txt', 'topic\n');
    bench.save('work');
    expect(await undo(config, outputs)).toMatchObject({ kind: 'left', commands: ['git branch --delete topic'] });
    bench.work.write('a.txt', 'not committed\n');
    bench.work.git('commit', '--quiet', '--allow-empty', '--message', 'x');
    expect(failureOf(await run({ operation: 'branch', branch: '-x' })).message).toContain('is no name');
    expect(failureOf(await run({ operation: 'branch', branch: 'a..b' })).message).toContain('a..b');
  });
});

describe('operation commit', () => {
  it('commits everything, or what the paths match', async () => {
    bench.work.write('a.txt', 'changed\n');
    bench.work.write('new.txt', 'x');
    const outputs = await thereAndBack({ operation: 'commit', message: 'feat: all' });
    expect(outputs).toMatchObject({ operation: 'commit', branch: 'main', changed: true, message: 'feat: all' });
    expect(bench.work.git('status', '--porcelain')).toBe('');
    bench.work.write('b.md', 'x');
    bench.work.write('c.txt', 'x');
    await run({ operation: 'commit', message: 'docs', paths: ['*.md'] });
    expect(bench.work.git('status', '--porcelain')).toBe('?? c.txt');
  });

  it('goes to another branch where one is named, made where it is missing', async () => {
    bench.work.write('a.txt', 'changed\n');
    const config = { operation: 'commit', message: 'x', branch: 'topic' };
    const outputs = await thereAndBack(config);
    expect(outputs.branch).toBe('topic');
    expect(bench.work.git('log', '--format=%s', 'main..topic')).toBe('x');
    expect(await probe(config)).toMatchObject({ kind: 'done' });
  });

  it('leaves nothing behind where a hook refuses or nothing has changed', async () => {
    expect(await run({ operation: 'commit', message: 'x', branch: 'topic' })).toMatchObject({ kind: 'skipped' });
    bench.hook('clone', 'pre-commit', 'echo no >&2; exit 1');
    bench.work.write('a.txt', 'changed\n');
    const before = bench.facts();
    expect(failureOf(await run({ operation: 'commit', message: 'x', branch: 'topic' })).message).toContain('no');
    expect(await run({ operation: 'commit', message: 'x', branch: 'topic', paths: ['*.none'] })).toMatchObject({
      kind: 'failed',
    });
    expect([bench.facts(), bench.work.read('a.txt')]).toEqual([before, 'changed\n']);
    expect(failureOf(await run({ operation: 'commit', message: ' ' })).message).toContain('is empty');
  });
});

describe('operations that move a branch', () => {
  function side(file = 'side.txt'): void {
    const { work } = bench;
    work.git('switch', '--quiet', '--create', 'side');
    work.write(file, 'theirs\n');
    bench.save('aside');
    work.git('switch', '--quiet', 'main');
  }

  it('merge another one in, with a message where one is needed', async () => {
    side();
    bench.save('mine');
    const config = { operation: 'merge', branch: 'side', message: 'merged it' };
    expect(await probe(config)).toEqual({ kind: 'not-done' });
    const outputs = await thereAndBack(config);
    expect(outputs).toMatchObject({ changed: true, branch: 'main' });
    expect(bench.work.git('log', '-1', '--format=%s|%P').split(' ')).toHaveLength(3);
    expect(bench.work.has('side.txt')).toBe(true);
    expect(await probe(config)).toMatchObject({ kind: 'done' });
    expect(outputsOf(await run(config)).changed).toBe(false);
  });

  it('merge into another one, forward where that is enough', async () => {
    side();
    bench.work.git('switch', '--quiet', 'side');
    await thereAndBack({ operation: 'merge', branch: 'side', into: 'main', fast_forward: 'only' });
    expect(bench.work.git('rev-parse', 'main')).toBe(bench.work.git('rev-parse', 'side'));
  });

  it('put the own commits on top of another one', async () => {
    side();
    bench.save('mine');
    await thereAndBack({ operation: 'rebase', branch: 'side' });
    expect(bench.work.git('log', '--format=%s')).toBe('mine\naside\nfirst');
  });

  it('change nothing at a conflict, and name the files', async () => {
    side('a.txt');
    bench.work.write('a.txt', 'mine\n');
    bench.save('mine');
    bench.work.git('branch', 'target', 'main');
    const before = bench.facts();
    for (const config of [
      { operation: 'merge', branch: 'side' },
      { operation: 'rebase', branch: 'side' },
      { operation: 'merge', branch: 'side', into: 'target' },
    ]) {
      const failure = failureOf(await run(config));
      expect(failure).toMatchObject({ retryable: false, details: { reason: 'conflict', files: ['a.txt'] } });
      expect(bench.facts()).toBe(before);
    }
    expect(failureOf(await run({ operation: 'merge', branch: 'nope' }))).toMatchObject({ kind: 'not-found' });
    expect(failureOf(await run({ operation: 'rebase', branch: 'nope' }))).toMatchObject({ kind: 'not-found' });
  });

  it('leave a merge that was pushed', async () => {
    side();
    bench.save('mine');
    const config = { operation: 'merge', branch: 'side' };
    const outputs = outputsOf(await run(config));
    bench.work.git('push', '--quiet', 'origin', 'main');
    expect(await undo(config, outputs)).toMatchObject({ kind: 'left', reason: expect.stringContaining('origin/main') });
  });

  it('leave a move of which nobody knows where it came from', async () => {
    side();
    bench.work.git('merge', '--quiet', 'side');
    const config = { operation: 'merge', branch: 'side' };
    const answer = await probe(config);
    expect(await undo(config, answer?.kind === 'done' ? answer.outputs : {})).toMatchObject({ kind: 'left' });
  });
});

describe('operations with a remote', () => {
  it('push a branch and the tags of this run', async () => {
    bench.save('second');
    await run({ operation: 'tag', tag: 'v1', message: 'Release' });
    const outputs = await thereAndBack({ operation: 'push' });
    expect(outputs).toMatchObject({ pushed: ['refs/heads/main', 'refs/tags/v1'], remote: 'origin', changed: true });
    expect(await probe({ operation: 'push' })).toMatchObject({ kind: 'done' });
    expect(outputsOf(await run({ operation: 'push' })).changed).toBe(false);
  });

  it('push a branch that is not checked out, without tags of another one', async () => {
    bench.work.git('branch', 'topic');
    bench.save('second');
    await run({ operation: 'tag', tag: 'v1' });
    const outputs = await thereAndBack({ operation: 'push', branch: 'topic' });
    expect(outputs).toMatchObject({ pushed: ['refs/heads/topic'], commit: bench.work.git('rev-parse', 'topic') });
  });

  it('tag with a message or without', async () => {
    const outputs = await thereAndBack({ operation: 'tag', tag: 'v1', message: 'Release' });
    expect(outputs).toMatchObject({ tag: 'v1', object: expect.any(String), changed: true });
    expect(bench.work.git('cat-file', '-t', 'v1')).toBe('tag');
    await thereAndBack({ operation: 'tag', tag: 'v2' });
    expect(bench.work.git('cat-file', '-t', 'v2')).toBe('commit');
    const again = { operation: 'tag', tag: 'v2' };
    const kept = outputsOf(await run(again));
    expect([kept.changed, (await undo(again, kept)).kind, bench.work.git('tag')]).toEqual([false, 'undone', 'v1\nv2']);
  });

  it('fetch, and name a branch that is not there', async () => {
    const other = bench.clone();
    bench.save('theirs', other);
    other.git('tag', 'v1');
    other.git('push', '--quiet', 'origin', 'main', 'v1');
    const outputs = outputsOf(await run({ operation: 'fetch', all_tags: true }));
    expect(outputs).toMatchObject({ operation: 'fetch', remote: 'origin', branch: 'main' });
    expect(bench.work.git('rev-parse', 'origin/main')).toBe(other.git('rev-parse', 'HEAD'));
    expect(bench.work.git('tag')).toBe('v1');
    expect(failureOf(await run({ operation: 'fetch', branch: 'nope' }))).toMatchObject({ kind: 'not-found' });
    bench.work.git('remote', 'set-url', 'origin', 'https://user:s3cret@127.0.0.1:1/x.git');
    const failure = failureOf(await run({ operation: 'fetch' }));
    expect([failure.retryable, JSON.stringify(failure).includes('s3cret')]).toEqual([true, false]);
  });
});

describe('operation sync', () => {
  function theirs(file = 'theirs.txt'): void {
    const other = bench.clone();
    other.write(file, 'theirs\n');
    bench.save('theirs', other);
    other.git('push', '--quiet', 'origin', 'main');
  }

  it('moves forward where only the remote has commits', async () => {
    theirs();
    await thereAndBack({ operation: 'sync' });
    expect(bench.work.has('theirs.txt')).toBe(true);
  });

  it('puts the own commits on top, and pushes them', async () => {
    theirs();
    bench.save('mine');
    const outputs = await thereAndBack({ operation: 'sync' });
    expect(outputs).toMatchObject({ changed: true, pushed: ['refs/heads/main'] });
    expect(bench.remote.git('log', '--format=%s', 'main')).toBe('mine\ntheirs\nfirst');
  });

  it('fails where it may move forward only, and where the push is refused, and changes nothing then', async () => {
    theirs();
    bench.save('mine');
    const before = bench.facts();
    const failure = failureOf(await run({ operation: 'sync', strategy: 'fast-forward' }));
    expect(failure.details).toMatchObject({ reason: 'diverged', ahead: 1, behind: 1 });
    bench.hook('remote', 'pre-receive', 'echo closed >&2; exit 1');
    expect(failureOf(await run({ operation: 'sync' })).message).toContain('closed');
    expect(bench.facts()).toBe(before);
    expect(failureOf(await run({ operation: 'sync', branch: 'other' })).message).toContain('check out other first');
  });

  it('pushes a branch that the remote does not have yet, or keeps it here', async () => {
    bench.work.git('switch', '--quiet', '--create', 'topic');
    bench.save('mine');
    expect(outputsOf(await run({ operation: 'sync', push: false }))).toMatchObject({ changed: false });
    expect(bench.remote.git('branch', '--list', 'topic')).toBe('');
    await thereAndBack({ operation: 'sync' });
    expect(bench.remote.git('rev-parse', 'topic')).toBe(bench.work.git('rev-parse', 'HEAD'));
  });
});

describe('the preview of git.operation', () => {
  it.each([
    [{ operation: 'branch', branch: 'x' }, ['git switch --create x']],
    [{ operation: 'commit', message: 'a b' }, ["git add --all -- '*'", "git commit --message 'a b'"]],
    [{ operation: 'merge', branch: 'x', into: 'y' }, ['git switch y', 'git merge --no-edit x']],
    [{ operation: 'rebase', branch: 'x' }, ['git rebase x']],
    [{ operation: 'push' }, ['git push --atomic origin refs/heads/main:refs/heads/main']],
    [{ operation: 'tag', tag: 'v1' }, ['git tag v1']],
    [{ operation: 'fetch', branch: 'x' }, ['git fetch origin x']],
    [{ operation: 'sync' }, ['git pull --rebase origin main', 'git push origin main']],
  ])('of %j names the commands, and changes nothing', async (config, commands) => {
    const before = bench.facts();
    const preview = await findHandler('operation').preview?.(bench.context(config));
    expect(preview?.commands).toEqual(commands);
    expect(bench.facts()).toBe(before);
  });
});
