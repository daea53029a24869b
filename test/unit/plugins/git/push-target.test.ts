import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TempFolder } from '../../../rigs/temp-folder.ts';
import { countProcesses, failureOf, GitBench, outputsOf } from './git-bench.ts';

const message = { message_template: 'release' };
const tag = { tag_template: 'v1', message_template: 'Release v1', annotated: true };

let bench: GitBench;
beforeEach(() => {
  bench = new GitBench();
});
afterEach(() => bench.remove());

async function makeRelease(): Promise<string> {
  bench.work.write('a.txt', 'changed\n');
  bench.work.git('add', '--all');
  await bench.call('commit', message);
  await bench.call('create_tag', tag);
  return bench.work.git('rev-parse', 'HEAD');
}

describe('a push from a detached head', () => {
  beforeEach(() => {
    bench.work.git('checkout', '--quiet', '--detach');
  });

  it('says how the release that is made already gets onto a branch, and that way works', async () => {
    const { work } = bench;
    const commit = await makeRelease();
    const { message: said } = failureOf(await bench.call('push'));
    expect(said).toMatch(/^the head is detached, .*: check out a branch first/);
    expect(said).toContain(`git switch <branch>, then git merge --ff-only ${commit}`);
    work.git('switch', '--quiet', 'main');
    work.git('merge', '--quiet', '--ff-only', commit);
    bench.state.clear();
    bench.release('continued', commit);
    expect(outputsOf(await bench.call('push'))).toMatchObject({ tags: ['v1'], status: 'pushed' });
  });

  it('does not take a release for finished that the remote has never seen', async () => {
    const commit = await makeRelease();
    bench.state.clear();
    bench.release('released', commit);
    const before = bench.refs(bench.remote);
    expect(failureOf(await bench.call('push')).message).toContain(`git merge --ff-only ${commit}`);
    expect(bench.refs(bench.remote)).toBe(before);
  });

  it('leaves a finished release alone, and says so where the remote cannot be asked', async () => {
    const commit = await makeRelease();
    bench.work.git('push', '--quiet', 'origin', 'v1');
    bench.release('released', commit);
    expect(await bench.call('push')).toEqual({ kind: 'skipped', reason: '1 is released already' });
    bench.work.git('remote', 'set-url', 'origin', '/nowhere/at/all.git');
    expect(failureOf(await bench.call('push')).message).toContain('cannot be reached');
    bench.work.git('remote', 'remove', 'origin');
    expect(failureOf(await bench.call('push'))).toMatchObject({ kind: 'not-found' });
  });
});

describe('a branch that follows another one of the remote', () => {
  beforeEach(() => {
    bench.work.git('fetch', '--quiet');
    bench.work.git('checkout', '--quiet', '-b', 'rel', '--track', 'origin/main');
    bench.save('more');
  });

  it('is not pushed before somebody says where to, and nothing is made on the remote', async () => {
    const before = bench.refs(bench.remote);
    const { message: said } = failureOf(await bench.call('push'));
    expect(said).toContain('the branch rel follows main of origin');
    expect(said).toContain('git branch --unset-upstream rel');
    expect(failureOf(await bench.call('operation', { operation: 'push' })).message).toBe(said);
    expect(bench.refs(bench.remote)).toBe(before);
  });

  it('stops a release before its first file where it is checked beforehand', async () => {
    expect(failureOf(await bench.call('preflight')).message).toContain('the branch rel follows main of origin');
    const named = { adapterConfig: { git: { branch: 'main' } } };
    outputsOf(await bench.call('preflight', {}, named));
  });

  it('is pushed where the configuration says, and under its own name once it follows none', async () => {
    const named = { adapterConfig: { git: { branch: 'main' } } };
    expect(outputsOf(await bench.call('push', {}, named))).toMatchObject({ pushed: ['refs/heads/main'] });
    bench.work.git('branch', '--unset-upstream', 'rel');
    expect(outputsOf(await bench.call('push'))).toMatchObject({ pushed: ['refs/heads/rel'] });
  });

  it('is brought up to date with the branch that it follows', async () => {
    const other = bench.clone();
    other.write('b.txt', 'theirs\n');
    const theirs = bench.save('theirs', other);
    other.git('push', '--quiet', 'origin', 'main');
    const outputs = outputsOf(await bench.call('operation', { operation: 'sync' }));
    expect(outputs).toMatchObject({ pushed: ['refs/heads/main'], branch: 'rel', source_commit: theirs });
    expect(bench.remote.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
    expect(bench.work.git('rev-parse', 'HEAD~1')).toBe(theirs);
  });

  it('is known in a worktree too, and one that follows a local branch, or its own name, goes where it always did', async () => {
    const tree = bench.folder();
    bench.work.git('worktree', 'add', '--quiet', '--track', '-b', 'side', `${tree.path}/side`, 'origin/main');
    const stopped = failureOf(await bench.call('push', {}, {}, `${tree.path}/side`));
    expect(stopped.message).toContain('the branch side follows main of origin');
    bench.work.git('checkout', '--quiet', '-b', 'local', '--track', 'rel');
    expect(outputsOf(await bench.call('push'))).toMatchObject({ pushed: ['refs/heads/local'] });
    bench.work.git('branch', '--quiet', '--set-upstream-to', 'origin/local');
    bench.save('again');
    expect(outputsOf(await bench.call('push'))).toMatchObject({ pushed: ['refs/heads/local'] });
  });
});

describe('a remote that is pushed to elsewhere', () => {
  let fork: TempFolder;
  beforeEach(() => {
    fork = bench.folder();
    fork.git('init', '--quiet', '--bare', '--initial-branch', 'main');
    bench.work.git('push', '--quiet', fork.path, 'main');
    bench.work.git('remote', 'set-url', '--push', 'origin', fork.path);
  });

  it('is looked at there, and what was pushed is taken back there', async () => {
    const before = bench.refs(fork);
    const commit = await makeRelease();
    const outputs = outputsOf(await bench.call('push'));
    expect(fork.git('rev-parse', 'main')).toBe(commit);
    expect(outputsOf(await bench.call('push'))).toMatchObject({ status: 'up-to-date' });
    expect(await bench.undo('push', {}, outputs)).toEqual({ kind: 'undone' });
    expect(bench.refs(fork)).toBe(before);
  });

  it('is surveyed there: what a release has there, it has', async () => {
    await makeRelease();
    await bench.call('push');
    const survey = await (await bench.adapter()).survey();
    expect(survey).toMatchObject({ relation: 'same', remote: { name: 'origin', tags: { v1: {} } } });
    const tree = bench.folder();
    bench.work.git('worktree', 'add', '--quiet', '--detach', `${tree.path}/side`);
    const there = await (await bench.adapter({}, `${tree.path}/side`)).pushState('origin', 'main');
    expect(there?.branch).toBe(bench.work.git('rev-parse', 'HEAD'));
  });

  it('costs the usual remote no process', async () => {
    bench.work.git('remote', 'add', 'usual', bench.remote.path);
    const count = (remote: string) =>
      countProcesses(bench.folder(), async (env) => (await bench.adapter({ env })).pushState(remote, 'main'));
    expect((await count('origin')).length - (await count('usual')).length).toBe(1);
  });
});
