import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonMap } from '../../../../src/plugin-api/index.ts';
import { failureOf, findHandler, GitBench, outputsOf } from './git-bench.ts';

const message = { message_template: 'release' };
const tag = { tag_template: 'v1', message_template: 'Release v1', annotated: true };

let bench: GitBench;
beforeEach(() => {
  bench = new GitBench();
});
afterEach(() => bench.remove());

async function committed(): Promise<JsonMap> {
  bench.work.write('a.txt', 'changed\n');
  bench.work.git('add', '--all');
  return outputsOf(await bench.call('commit', message));
}

describe('taking a commit back', () => {
  it('leaves index and files as they were before the commit, however often', async () => {
    const { work } = bench;
    work.write('a.txt', 'changed\n');
    work.git('add', '--all');
    work.write('a.txt', 'changed since\n');
    const before = bench.facts();
    const outputs = outputsOf(await bench.call('commit', message));
    expect(await bench.undo('commit', message, outputs)).toEqual({ kind: 'undone' });
    expect([bench.facts(), work.read('a.txt')]).toEqual([before, 'changed since\n']);
    expect(await bench.undo('commit', message, outputs)).toMatchObject({ kind: 'undone' });
    expect(bench.facts()).toBe(before);
  });

  it('takes out of the index what a hook put into it', async () => {
    const { work } = bench;
    work.write('a.txt', 'changed\n');
    work.git('add', '--all');
    bench.hook('clone', 'pre-commit', 'echo formatted > a.txt; echo new > made.txt; git add --all');
    const before = bench.facts();
    const outputs = outputsOf(await bench.call('commit', message));
    expect(work.git('show', '--format=', '--name-only', 'HEAD')).toBe('a.txt\nmade.txt');
    expect(await bench.undo('commit', message, outputs)).toEqual({ kind: 'undone' });
    expect(bench.facts()).toBe(before);
    work.git('add', '--all');
    expect(await bench.undo('commit', message, outputs)).toMatchObject({ kind: 'undone' });
    expect(work.git('diff', '--cached', '--name-only')).toBe('a.txt\nmade.txt');
  });

  it('takes the first commit of a repository back, and one on a detached head', async () => {
    const fresh = bench.folder({ 'b.txt': 'x' });
    fresh.git('init', '--quiet', '--initial-branch', 'main');
    fresh.git('add', '--all');
    const first = outputsOf(await bench.call('commit', message, {}, fresh.path));
    expect(first.parent).toBeNull();
    expect(await bench.undo('commit', message, first, fresh.path)).toEqual({ kind: 'undone' });
    expect(fresh.git('status', '--porcelain')).toBe('A  b.txt');
    expect(await bench.undo('commit', message, first, fresh.path)).toMatchObject({ kind: 'undone' });

    bench.work.git('checkout', '--quiet', '--detach');
    const outputs = await committed();
    expect(await bench.undo('commit', message, outputs)).toEqual({ kind: 'undone' });
    expect(bench.work.git('rev-parse', 'HEAD')).toBe(outputs.parent);
  });

  it('leaves a commit that somebody built on, and one that was pushed, with the command for it', async () => {
    const outputs = await committed();
    const later = bench.save('later');
    const moved = await bench.undo('commit', message, outputs);
    const revert = `git revert --no-edit ${outputs.commit}`;
    expect(moved).toMatchObject({ kind: 'left', commands: ['git switch main', revert] });
    expect(JSON.stringify(moved)).toContain(later);
    bench.work.git('reset', '--quiet', '--hard', 'HEAD~1');
    bench.work.git('push', '--quiet', 'origin', 'main');
    expect(await bench.undo('commit', message, outputs)).toEqual({
      kind: 'left',
      reason: `the commit ${outputs.commit} was pushed: origin/main holds it`,
      commands: [`git revert --no-edit ${outputs.commit}`],
    });
    expect(bench.work.git('rev-parse', 'HEAD')).toBe(outputs.commit);
  });
});

describe('the commands for what somebody built on', () => {
  const run = (commands: readonly string[]) => {
    for (const command of commands) bench.work.git(...command.split(' ').slice(1));
  };

  it('revert a merge on top of it, and keep the work that came since', async () => {
    const { work } = bench;
    work.git('switch', '--quiet', '--create', 'topic');
    work.write('topic.txt', 'x');
    bench.save('topic');
    work.git('switch', '--quiet', 'main');
    bench.save('beside');
    const merge = { operation: 'merge', branch: 'topic' };
    const outputs = outputsOf(await bench.call('operation', merge));
    work.write('mine.txt', 'mine');
    bench.save('mine');
    const outcome = await bench.undo('operation', merge, outputs);
    expect(outcome.kind).toBe('left');
    if (outcome.kind === 'left') run(outcome.commands);
    expect(work.git('ls-files')).toBe('.gitignore\na.txt\nmine.txt');
  });

  it('touch nothing where the commit is gone, or was made by somebody else', async () => {
    const outputs = await committed();
    bench.work.git('commit', '--quiet', '--amend', '--message', 'amended');
    expect(await bench.undo('commit', message, outputs)).toMatchObject({ kind: 'left', commands: [] });
    bench.work.git('branch', 'theirs');
    bench.work.git('reset', '--quiet', '--hard', 'HEAD~1');
    const forward = outputsOf(await bench.call('operation', { operation: 'merge', branch: 'theirs' }));
    bench.save('on top');
    const outcome = await bench.undo('operation', { operation: 'merge' }, forward);
    expect(outcome).toMatchObject({ kind: 'left', commands: [] });
  });

  it('know that the remote has the commit although this clone has not heard of it', async () => {
    const outputs = await committed();
    bench.work.git('push', '--quiet', bench.remote.path, 'main');
    expect(await bench.undo('commit', message, outputs)).toEqual({
      kind: 'left',
      reason: `the commit ${outputs.commit} was pushed: origin/main holds it`,
      commands: [`git revert --no-edit ${outputs.commit}`],
    });
  });
});

describe('taking a commit back from another branch', () => {
  it('moves no branch but the one that the commit was made on', async () => {
    const outputs = await committed();
    bench.work.git('switch', '--quiet', '--create', 'theirs');
    const before = bench.facts();
    expect(await bench.undo('commit', message, outputs)).toEqual({
      kind: 'left',
      reason: 'main is not checked out any more',
      commands: ['git switch main', `git reset --soft ${outputs.parent}`],
    });
    expect(bench.facts()).toBe(before);
    bench.work.git('branch', '--force', 'main', 'main~1');
    expect(await bench.undo('commit', message, outputs)).toMatchObject({ kind: 'undone' });
    expect(bench.work.git('rev-parse', 'theirs')).toBe(outputs.commit);
  });
});

describe('a release that an earlier run began', () => {
  it('takes its commit for done, and does not take that back', async () => {
    const { work } = bench;
    const commit = bench.save('1.0.0 - summary\n\nbody');
    work.write('a.txt', 'not of it\n');
    work.git('add', '--all');
    bench.release('continued', commit);
    const outputs = outputsOf(await bench.call('commit', message));
    expect(outputs).toEqual({
      commit,
      parent: work.git('rev-parse', 'HEAD~1'),
      branch: 'main',
      message: '1.0.0 - summary\n\nbody',
      file_count: 0,
      created: false,
    });
    expect(await bench.undo('commit', message, outputs)).toMatchObject({ kind: 'undone' });
    expect(work.git('rev-parse', 'HEAD')).toBe(commit);
  });

  it('makes commit and tag of nothing where there is nothing to release', async () => {
    bench.release('nothing');
    bench.work.write('a.txt', 'x\n');
    bench.work.git('add', '--all');
    const before = bench.facts();
    for (const [name, config] of [
      ['commit', message],
      ['create_tag', tag],
    ] as const) {
      expect(await bench.call(name, config)).toEqual({ kind: 'skipped', reason: 'nothing to release' });
    }
    expect(bench.facts()).toBe(before);
  });

  it('pushes its tag too, where that stands on head', async () => {
    const commit = bench.save('1');
    bench.work.git('tag', '--annotate', '--message', 'x', 'v1');
    bench.release('continued', commit);
    expect(outputsOf(await bench.call('push'))).toMatchObject({ tags: ['v1'] });
    expect(bench.remote.git('rev-parse', 'v1^{commit}')).toBe(commit);
  });

  it('does not push its tag where that stands elsewhere', async () => {
    bench.work.git('tag', 'v1');
    bench.release('continued', bench.save('1'));
    expect(outputsOf(await bench.call('push'))).toMatchObject({ tags: [], pushed: ['refs/heads/main'] });
    expect(bench.remote.git('tag')).toBe('');
  });
});

describe('taking a tag back', () => {
  it('deletes the tag that it made, however often', async () => {
    const before = bench.facts();
    const outputs = outputsOf(await bench.call('create_tag', tag));
    expect(await bench.undo('create_tag', tag, outputs)).toEqual({ kind: 'undone' });
    expect(bench.facts()).toBe(before);
    expect(await bench.undo('create_tag', tag, outputs)).toMatchObject({ kind: 'undone' });
  });

  it('keeps a tag that was there before, and one that somebody made anew', async () => {
    const { work } = bench;
    work.git('tag', 'v1');
    const found = outputsOf(await bench.call('create_tag', tag));
    expect(found.created).toBe(false);
    expect(await bench.undo('create_tag', tag, found)).toMatchObject({ kind: 'undone' });
    expect(work.git('tag')).toBe('v1');

    work.git('tag', '--delete', 'v1');
    const made = outputsOf(await bench.call('create_tag', tag));
    work.git('tag', '--force', '--annotate', '--message', 'theirs', 'v1');
    expect(await bench.undo('create_tag', tag, made)).toMatchObject({ kind: 'left', commands: [] });
    expect(work.git('tag')).toBe('v1');
  });

  it('keeps a tag that another run has pushed since, and needs no remote for one that nobody can ask about', async () => {
    const outputs = outputsOf(await bench.call('create_tag', tag));
    bench.work.git('push', '--quiet', 'origin', 'v1');
    expect(await bench.undo('create_tag', tag, outputs)).toEqual({
      kind: 'left',
      reason: 'the tag v1 is on origin by now, and belongs to a release there',
      commands: [],
    });
    expect(bench.work.git('tag')).toBe('v1');
    bench.work.git('remote', 'set-url', 'origin', '/nowhere/at/all.git');
    expect(await bench.undo('create_tag', tag, outputs)).toEqual({ kind: 'undone' });
  });

  it('says of a tag on another commit that it is the one of this clone', async () => {
    bench.work.git('tag', 'v1');
    bench.save('second');
    const failure = failureOf(await bench.call('create_tag', tag));
    expect(failure.message).toContain('exists already in this clone');
    expect(failure.details).toMatchObject({ where: 'local' });
  });
});

describe('taking a push back', () => {
  async function pushed(): Promise<{ readonly before: string; readonly outputs: JsonMap }> {
    const before = bench.refs(bench.remote);
    await committed();
    await bench.call('create_tag', tag);
    return { before, outputs: outputsOf(await bench.call('push')) };
  }

  it('puts branch and tag of the remote back in one push, however often', async () => {
    const { before, outputs } = await pushed();
    const context = { ...bench.context({}), done: { outputs } };
    expect(await findHandler('push').undo?.(context)).toEqual({ kind: 'undone' });
    expect(bench.refs(bench.remote)).toBe(before);
    expect(context.started.filter(({ args }) => args.includes('push'))).toHaveLength(1);
    expect(await bench.undo('push', {}, outputs)).toMatchObject({ kind: 'undone' });
    expect(bench.refs(bench.remote)).toBe(before);
  });

  it('then lets the commit and the tag be taken back too', async () => {
    const { work } = bench;
    work.write('a.txt', 'changed\n');
    const before = bench.facts();
    const steps = [
      ['stage_all', { paths: ['*'] }],
      ['commit', message],
      ['create_tag', tag],
      ['push', {}],
    ] as const;
    const done = [];
    for (const [name, config] of steps) done.push({ name, config, outputs: outputsOf(await bench.call(name, config)) });
    for (const { name, config, outputs } of done.reverse()) {
      expect([name, (await bench.undo(name, config, outputs)).kind]).toEqual([name, 'undone']);
    }
    expect([bench.facts(), work.read('a.txt')]).toEqual([before, 'changed\n']);
  });

  it('touches nothing where somebody moved one of the refs since, and gives commands that work', async () => {
    const { outputs } = await pushed();
    const other = bench.clone();
    bench.save('theirs', other);
    other.git('push', '--quiet', 'origin', 'main');
    const now = bench.refs(bench.remote);
    const outcome = await bench.undo('push', {}, outputs);
    expect(outcome).toMatchObject({ kind: 'left', reason: expect.stringContaining('refs/heads/main') });
    const commands = outcome.kind === 'left' ? outcome.commands : [];
    expect(commands).toEqual([
      'git pull --rebase origin main',
      expect.stringMatching(/^git revert --no-edit \w{40}$/),
      'git push origin HEAD:refs/heads/main',
      expect.stringMatching(/^git push --atomic --force-with-lease=refs\/tags\/v1:\w{40} origin :refs\/tags\/v1$/),
      'git tag --delete v1',
    ]);
    expect(bench.refs(bench.remote)).toBe(now);
    bench.work.git('fetch', '--quiet');
    bench.work.git('stash', '--include-untracked', '--quiet');
    for (const command of commands) bench.work.git(...command.split(' ').slice(1));
    expect([bench.remote.git('tag', '--list'), bench.work.git('tag', '--list')]).toEqual(['', '']);
    expect(bench.remote.git('log', '-1', '--format=%s', 'main')).toContain('Revert');
    expect(
      await bench.undo('commit', message, { ...outputs, commit: bench.work.git('rev-parse', 'HEAD'), parent: 'x' }),
    ).toMatchObject({ kind: 'left' });
  });

  it('leaves the push where the remote takes nothing back', async () => {
    const { outputs } = await pushed();
    bench.remote.git('config', 'receive.denyNonFastForwards', 'true');
    const now = bench.refs(bench.remote);
    expect(await bench.undo('push', {}, outputs)).toMatchObject({
      kind: 'left',
      reason: expect.stringContaining('does not take the push back'),
      commands: [expect.stringContaining('--force-with-lease')],
    });
    expect(bench.refs(bench.remote)).toBe(now);
  });

  it('fails where the remote cannot be reached, and gives the command without a password', async () => {
    const { outputs } = await pushed();
    bench.work.git('remote', 'set-url', 'origin', 'https://user:s3cret@127.0.0.1:1/x.git');
    const outcome = await bench.undo('push', {}, outputs);
    expect(outcome).toMatchObject({ kind: 'failed', commands: [expect.stringContaining('git push')] });
    expect(JSON.stringify(outcome)).not.toContain('s3cret');
  });

  it('deletes a branch that the push made, and leaves a push whose past is not known', async () => {
    bench.work.git('switch', '--quiet', '--create', 'topic');
    const outputs = outputsOf(await bench.call('push'));
    expect(bench.remote.git('branch', '--list', 'topic')).toContain('topic');
    expect(await bench.undo('push', {}, { ...outputs, before: {} })).toMatchObject({ kind: 'left' });
    expect(await bench.undo('push', {}, outputs)).toEqual({ kind: 'undone' });
    expect(bench.remote.git('branch', '--list', 'topic')).toBe('');
  });

  it('has nothing to take back where the remote had everything', async () => {
    const now = bench.refs(bench.remote);
    const outputs = outputsOf(await bench.call('push'));
    expect(outputs.status).toBe('up-to-date');
    expect(await bench.undo('push', {}, outputs)).toMatchObject({ kind: 'undone' });
    expect(bench.refs(bench.remote)).toBe(now);
  });
});

describe('a run that was killed', () => {
  it('between commit and tag goes on: the commit is known, the tag is made, the push is whole', async () => {
    const outputs = await committed();
    bench.state.clear();
    expect(await findHandler('commit').probe?.(bench.context(message))).toEqual({ kind: 'done', outputs });
    await bench.call('create_tag', tag);
    expect(await findHandler('push').probe?.(bench.context({}))).toEqual({ kind: 'not-done' });
    const pushed = outputsOf(await bench.call('push'));
    expect(pushed).toMatchObject({ tags: ['v1'], status: 'pushed' });
    expect(await findHandler('push').probe?.(bench.context({}))).toMatchObject({
      kind: 'done',
      outputs: { after: pushed.after, before: { 'refs/tags/v1': null } },
    });
  });

  it('during its push knows what the remote had before, from what it did itself', async () => {
    const before = bench.refs(bench.remote);
    await committed();
    await bench.call('create_tag', tag);
    const pushed = outputsOf(await bench.call('push'));
    const answer = await findHandler('push').probe?.(bench.context({}));
    expect(answer).toEqual({ kind: 'done', outputs: pushed });
    const retried = outputsOf(await bench.call('push', {}, { attempt: 2 }));
    expect(retried.before).toEqual(pushed.before);
    expect(await bench.undo('push', {}, pushed)).toEqual({ kind: 'undone' });
    expect(bench.refs(bench.remote)).toBe(before);
  });

  it('during the push of commits that it did not make lists how they are reverted, and moves nothing', async () => {
    const commit = bench.save('somebody made it');
    outputsOf(await bench.call('push'));
    const answer = await findHandler('push').probe?.(bench.context({}));
    const outputs = answer?.kind === 'done' ? answer.outputs : {};
    expect(await bench.undo('push', {}, outputs)).toEqual({
      kind: 'left',
      reason: 'what origin had before the push is not known any more',
      commands: [
        'git pull --rebase origin main',
        `git revert --no-edit ${commit}`,
        'git push origin HEAD:refs/heads/main',
      ],
    });
    expect(bench.remote.git('rev-parse', 'main')).toBe(commit);
  });

  it('after its tag knows that it made the tag where it made the commit too, and pushes it', async () => {
    const probe = () => findHandler('create_tag').probe?.(bench.context(tag));
    expect(await probe()).toEqual({ kind: 'not-done' });
    bench.work.git('tag', 'v1');
    expect(await probe()).toEqual({ kind: 'unknown' });
    bench.work.git('tag', '--delete', 'v1');
    await committed();
    const made = outputsOf(await bench.call('create_tag', tag));
    expect(await probe()).toEqual({ kind: 'done', outputs: made });
    const operation = { operation: 'tag', tag: 'v1' };
    expect(await findHandler('operation').probe?.(bench.context(operation))).toMatchObject({
      kind: 'done',
      outputs: { tag: 'v1', object: made.object, changed: true },
    });
    bench.state.delete('git_tags');
    const upstream = { 'git.create_tag': [{ id: 'tag', outputs: made }] };
    expect(outputsOf(await bench.call('push', {}, { upstream }))).toMatchObject({ tags: ['v1'], status: 'pushed' });
  });

  it('after its commit, and after its tag, knows both from the steps that were looked at', async () => {
    const outputs = await committed();
    bench.state.clear();
    await bench.call('create_tag', tag);
    const upstream = { 'git.commit': [{ id: 'commit', outputs }] };
    expect(await findHandler('create_tag').probe?.(bench.context(tag, { upstream }))).toMatchObject({ kind: 'done' });
  });

  it('after its staging knows that it was done where the run wrote all that is staged', async () => {
    const { work } = bench;
    const probe = (config: JsonMap, changedFiles: readonly string[]) =>
      findHandler('stage').probe?.(bench.context(config, { changedFiles }));
    work.write('a.txt', 'written\n');
    work.write('b.txt', 'written\n');
    expect(await probe({}, ['a.txt', 'b.txt'])).toEqual({ kind: 'not-done' });
    work.git('add', 'a.txt');
    expect(await probe({}, ['a.txt', 'b.txt'])).toEqual({ kind: 'unknown' });
    work.git('add', 'b.txt');
    const done = { files: ['a.txt', 'b.txt'], count: 2 };
    expect(await probe({}, ['a.txt', 'b.txt'])).toEqual({ kind: 'done', outputs: done });
    expect(await probe({}, ['a.txt'])).toEqual({ kind: 'unknown' });
    expect(await probe({ paths: ['b.txt'] }, ['a.txt', 'b.txt'])).toEqual({ kind: 'unknown' });
    expect(await findHandler('stage_all').probe?.(bench.context({}))).toEqual({ kind: 'unknown' });
    work.git('reset', '--quiet');
    expect(await findHandler('stage_all').probe?.(bench.context({}))).toEqual({ kind: 'not-done' });
  });
});
