import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import gitPlugin from '../../../../plugins/git/index.ts';
import type { GitAdapter, Outcome } from '../../../../src/plugin-api/index.ts';
import type { TempFolder } from '../../../rigs/temp-folder.ts';
import { countProcesses, failureOf, findHandler, GitBench, outputsOf } from './git-bench.ts';

const tag = { tag_template: 'v1', message_template: 'Release v1', annotated: true };

let bench: GitBench;
beforeEach(() => {
  bench = new GitBench();
});
afterEach(() => bench.remove());

/** A commit and a tag that this run made, ready to be pushed. */
async function releaseHere(at: TempFolder = bench.work): Promise<void> {
  at.write('a.txt', 'changed\n');
  at.git('add', '--all');
  await bench.call('commit', { message_template: 'release' }, {}, at.path);
  await bench.call('create_tag', tag, {}, at.path);
}

/** Pushes, and makes sure that the remote is as it was. */
async function refused(at: TempFolder = bench.work): Promise<ReturnType<typeof failureOf>> {
  const before = bench.refs(bench.remote);
  const failure = failureOf(await bench.call('push', {}, {}, at.path));
  expect(bench.refs(bench.remote)).toBe(before);
  return failure;
}

describe('a remote that refuses', () => {
  it('everything', async () => {
    bench.hook('remote', 'pre-receive', 'echo "closed for today" >&2; exit 1');
    await releaseHere();
    const failure = await refused();
    expect(failure).toMatchObject({ kind: 'handler', retryable: false, details: { reason: 'other' } });
    expect(failure.message).toContain('closed for today');
  });

  it('is told from a hook of this clone, which may say nothing', async () => {
    bench.hook('clone', 'pre-push', 'exit 1');
    await releaseHere();
    expect((await refused()).message).toMatch(
      /^the hook pre-push .* and nothing changed there\. Do what the hook asks/,
    );
  });

  it.each([
    ['the branch alone', 'refs/heads/main'],
    ['the tag alone', 'refs/tags/v1'],
  ])('%s takes neither', async (_, ref) => {
    bench.hook('remote', 'update', `[ "$1" = ${ref} ] && { echo "not $1" >&2; exit 1; }; exit 0`);
    await releaseHere();
    expect((await refused()).message).toContain(`not ${ref}`);
    bench.hook('remote', 'update', 'exit 0');
    expect(outputsOf(await bench.call('push'))).toMatchObject({ pushed: ['refs/heads/main', 'refs/tags/v1'] });
  });

  it('pushes that are all or nothing is told so', async () => {
    bench.remote.git('config', 'receive.advertiseAtomic', 'false');
    await releaseHere();
    const failure = await refused();
    expect(failure).toMatchObject({ retryable: false, details: { reason: 'no-atomic' } });
    expect(failure.message).toContain('all or nothing');
  });

  it('through the hook of the clone, which can be left out', async () => {
    bench.hook('clone', 'pre-push', 'echo "tests are red" >&2; exit 1');
    await releaseHere();
    expect(await refused()).toMatchObject({
      details: { reason: 'hook' },
      message: expect.stringContaining('tests are red'),
    });
    expect((await bench.call('push', { no_verify: true })).kind).toBe('success');
  });
});

describe('a remote that has moved', () => {
  it('before the push: the failure begins with "behind", and tells both commits and the way on', async () => {
    const other = bench.clone();
    const theirs = bench.save('theirs', other);
    other.git('push', '--quiet', 'origin', 'main');
    await releaseHere();
    const failure = await refused();
    expect(failure.message).toMatch(/^behind: /);
    const commits = [theirs, bench.work.git('rev-parse', 'HEAD')].map((name) => name.slice(0, 7));
    for (const part of [...commits, 'vwmp run', 'git pull --rebase origin main']) {
      expect(failure.message).toContain(part);
    }
    expect(failure).toMatchObject({
      kind: 'handler',
      retryable: false,
      details: { reason: 'behind', remote_commit: theirs, branch: 'main' },
    });
  });

  it('and has the tag too: somebody released this version first, and that is no tag to delete', async () => {
    const other = bench.clone();
    const theirs = bench.save('theirs', other);
    await releaseHere();
    other.git('tag', 'v1');
    other.git('push', '--quiet', 'origin', 'main', 'v1');
    const failure = await refused();
    expect(failure).toMatchObject({ details: { reason: 'behind', remote_commit: theirs } });
    expect(failure.message).toContain('The tag `v1` is there too: somebody released this version first');
    expect(failure.message).not.toMatch(/--delete|resume/);
  });

  it('to a commit that is here, which the release does not follow', async () => {
    const theirs = bench.save('theirs');
    bench.work.git('push', '--quiet', 'origin', 'main');
    bench.work.git('reset', '--quiet', '--hard', 'HEAD~1');
    await releaseHere();
    expect(await refused()).toMatchObject({ details: { reason: 'behind', remote_commit: theirs } });
  });

  it('between the look and the push: the lease keeps their commit', async () => {
    await releaseHere();
    const other = bench.clone();
    bench.save('theirs', other);
    const context = bench.context({});
    const git = await context.adapter<GitAdapter>('git');
    const push = git.push.bind(git);
    git.push = async (...args) => {
      other.git('push', '--quiet', 'origin', 'main');
      return push(...args);
    };
    const failure = failureOf(await findHandler('push').execute(context));
    expect(failure).toMatchObject({ message: expect.stringMatching(/^behind: /), details: { reason: 'behind' } });
    expect(bench.remote.git('log', '-1', '--format=%s', 'main')).toBe('theirs');
    expect(bench.remote.git('tag')).toBe('');
  });

  it('between the look and the push, to a tag of that name: the lease keeps their tag', async () => {
    await releaseHere();
    const other = bench.clone();
    other.git('tag', 'v1');
    const context = bench.context({});
    const git = await context.adapter<GitAdapter>('git');
    const push = git.push.bind(git);
    git.push = async (...args) => {
      other.git('push', '--quiet', 'origin', 'v1');
      return push(...args);
    };
    const failure = failureOf(await findHandler('push').execute(context));
    expect(failure.details).toMatchObject({ reason: 'exists', tagged_commit: other.git('rev-parse', 'HEAD') });
    expect(bench.remote.git('rev-parse', 'v1')).toBe(other.git('rev-parse', 'HEAD'));
    expect(bench.remote.git('rev-parse', 'main')).toBe(other.git('rev-parse', 'HEAD'));
  });

  it('names the commits of a tag that stands elsewhere there, and the command that deletes it', async () => {
    const other = bench.clone();
    other.git('tag', '--annotate', '--message', 'orphan', 'v1');
    other.git('push', '--quiet', 'origin', 'v1');
    await releaseHere();
    const failure = await refused();
    expect(failure).toMatchObject({
      retryable: false,
      details: {
        reason: 'exists',
        tagged_commit: other.git('rev-parse', 'HEAD'),
        head: bench.work.git('rev-parse', 'HEAD'),
      },
    });
    expect(failure.message).toContain('exists already on origin');
    expect(failure.message).toContain('git push origin --delete refs/tags/v1');
  });

  it('to exactly what this run has is a success without a change', async () => {
    await releaseHere();
    bench.work.git('push', '--quiet', 'origin', 'main', 'v1');
    const outputs = outputsOf(await bench.call('push'));
    expect(outputs).toMatchObject({ status: 'up-to-date', pushed: [] });
    expect(outputs.before).toEqual(outputs.after);
  });

  it('to the branch alone takes the tag that is missing', async () => {
    await releaseHere();
    bench.work.git('push', '--quiet', 'origin', 'main');
    expect(outputsOf(await bench.call('push'))).toMatchObject({ pushed: ['refs/tags/v1'], status: 'pushed' });
  });
});

describe('a push whose answer is lost', () => {
  async function pushWith(answer: (push: () => Promise<unknown>) => Promise<void>): Promise<Outcome> {
    const context = bench.context({});
    const git = await context.adapter<GitAdapter>('git');
    const push = git.push.bind(git);
    git.push = async (...args) => {
      await answer(() => push(...args));
      return { kind: 'unreachable', message: 'the connection was reset' };
    };
    return findHandler('push').execute(context);
  }

  it('is a success where the remote took it', async () => {
    await releaseHere();
    const outcome = await pushWith(async (push) => void (await push()));
    expect(outputsOf(outcome)).toMatchObject({ pushed: ['refs/heads/main', 'refs/tags/v1'], status: 'pushed' });
  });

  it('is a success where the remote dies after it took it', async () => {
    bench.hook('remote', 'post-receive', 'kill -9 $PPID; sleep 1');
    await releaseHere();
    const outputs = outputsOf(await bench.call('push'));
    expect(outputs).toMatchObject({ status: 'pushed', pushed: ['refs/heads/main', 'refs/tags/v1'] });
    expect(bench.remote.git('rev-parse', 'v1^{commit}')).toBe(bench.work.git('rev-parse', 'HEAD'));
    bench.hook('remote', 'post-receive', 'exit 0');
    expect(await bench.undo('push', {}, outputs)).toEqual({ kind: 'undone' });
  });

  it('of an earlier attempt does not pretend to know what was there before commits that the run did not make', async () => {
    bench.save('by hand');
    bench.work.git('push', '--quiet', 'origin', 'main');
    const outputs = outputsOf(await bench.call('push', {}, { attempt: 2 }));
    expect(outputs).toMatchObject({ status: 'up-to-date' });
    expect(outputs.before).toEqual({});
    expect(await bench.undo('push', {}, outputs)).toMatchObject({ kind: 'left' });
  });

  it('may be tried again where the remote did not', async () => {
    await releaseHere();
    const failure = failureOf(await pushWith(async () => {}));
    expect(failure).toMatchObject({ retryable: true, message: expect.stringContaining('the connection was reset') });
  });
});

describe('clones of other kinds', () => {
  it('push a release from a shallow clone without tags', async () => {
    bench.save('second');
    bench.work.git('push', '--quiet', 'origin', 'main');
    const clone = bench.clone('--depth', '1', '--no-tags');
    await releaseHere(clone);
    const outcome = await bench.call('push', {}, {}, clone.path);
    expect(outputsOf(outcome)).toMatchObject({ pushed: ['refs/heads/main', 'refs/tags/v1'] });
    bench.state.clear();
    bench.save('not of this run', clone);
    expect(outputsOf(await bench.call('push', {}, {}, clone.path))).toMatchObject({ pushed: ['refs/heads/main'] });
  });

  it('push from a worktree and from a detached head', async () => {
    const linked = join(bench.folder().path, 'linked');
    bench.work.git('worktree', 'add', '--quiet', '-b', 'side', linked);
    const outcome = await bench.call('push', {}, {}, linked);
    expect(outputsOf(outcome)).toMatchObject({ remote_branch: 'side', pushed: ['refs/heads/side'] });
    bench.work.git('checkout', '--quiet', '--detach');
    bench.save('detached');
    const detached = await bench.call('push', {}, { adapterConfig: { git: { branch: 'main' } } });
    expect(outputsOf(detached)).toMatchObject({ pushed: ['refs/heads/main'] });
  });

  it('push branches with odd names', async () => {
    for (const name of ['ü/a b'.replace(' ', '_'), "it's", 'a$(x)', 'refs/heads/x']) {
      bench.work.git('switch', '--quiet', '--create', name);
      bench.save(name);
      expect(outputsOf(await bench.call('push'))).toMatchObject({ pushed: [`refs/heads/${name}`] });
      expect(bench.remote.git('rev-parse', `refs/heads/${name}`)).toBe(bench.work.git('rev-parse', 'HEAD'));
    }
  });

  it('push tags with odd names', async () => {
    for (const name of ['pkg/ü@1.0.0', "it's", 'a$(x)', 'HEAD', 'main', 'constructor']) {
      await bench.call('create_tag', { ...tag, tag_template: name });
    }
    expect(outputsOf(await bench.call('push')).pushed).toHaveLength(6);
    expect(bench.remote.git('for-each-ref', 'refs/tags')).toBe(bench.work.git('for-each-ref', 'refs/tags'));
  });

  it('use the credentials of a header in the settings, and never show them', async () => {
    bench.work.git('config', 'http.https://127.0.0.1:1/.extraheader', 'AUTHORIZATION: basic c2VjcmV0LXRva2Vu');
    bench.work.git('remote', 'set-url', 'origin', 'https://127.0.0.1:1/x.git');
    const context = bench.context({});
    const outcome = await findHandler('push').execute(context);
    const said = JSON.stringify([outcome, context.logged]);
    expect(failureOf(outcome).retryable).toBe(true);
    expect(said).not.toContain('c2VjcmV0LXRva2Vu');
    expect(context.started.flatMap(({ args }) => args).join(' ')).not.toContain('extraheader');
  });
});

describe('the steps of a release', () => {
  it('start at most fourteen processes of git after the version is known', async () => {
    const clone = bench.clone();
    clone.write('a.txt', 'changed\n');
    const processes = await countProcesses(bench.folder(), async (env) => {
      const run = (name: string, config: object) => bench.call(name, { ...config }, { env }, clone.path);
      outputsOf(await run('stage_all', { paths: ['*'] }));
      outputsOf(await run('commit', { message_template: 'release' }));
      outputsOf(await run('create_tag', tag));
      outputsOf(await run('push', {}));
    });
    expect(bench.remote.git('tag')).toBe('v1');
    expect(processes.length).toBeLessThanOrEqual(14);
    expect(processes.length).toBeGreaterThan(4);
  });

  it.each(['.git/hooks', '.husky'])('report what a hook of %s changed after the staging', async (hooks) => {
    if (hooks === '.husky') bench.work.git('config', 'core.hooksPath', hooks);
    bench.work.write('.gitignore', '.husky\n');
    bench.work.write('.husky/pre-commit', '', 0o755);
    bench.save('hooks');
    bench.work.write('a.txt', 'changed\n');
    bench.work.git('add', '--all');
    bench.work.write(`${hooks}/pre-commit`, '#!/bin/sh\necho late >> a.txt; echo new > new.txt\n', 0o755);
    const outcome = await bench.call('commit', { message_template: 'release' });
    expect(outcome.findings).toEqual([
      {
        level: 'warning',
        message: 'not in the commit, although changed: a.txt, new.txt',
        rule: 'left-out-of-commit',
      },
    ]);
    expect((await bench.call('commit', { message_template: 'x', no_verify: true })).kind).toBe('skipped');
  });

  it('ask nothing and open no editor, whatever the settings say', async () => {
    const { work } = bench;
    work.write('template.txt', '# fill me in\n');
    for (const [key, value] of [
      ['commit.template', 'template.txt'],
      ['core.editor', 'false'],
      ['sequence.editor', 'false'],
      ['commit.verbose', 'true'],
      ['push.gpgSign', 'if-asked'],
    ] as const)
      work.git('config', key, value);
    await releaseHere();
    expect((await bench.call('push')).kind).toBe('success');
    expect(work.git('log', '-1', '--format=%B')).toBe('release');
  });

  it('are declared with how far they can be taken back', () => {
    const classes = Object.fromEntries(
      Object.entries(gitPlugin.handlers ?? {}).map(([name, { rollback, undo }]) => [
        name,
        [rollback, undo !== undefined],
      ]),
    );
    expect(classes).toEqual({
      preflight: ['none', false],
      stage: ['undo', true],
      stage_all: ['undo', true],
      commit: ['undo', true],
      create_tag: ['undo', true],
      push: ['undo-with-care', true],
      operation: ['undo-with-care', true],
    });
  });
});
