import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonMap } from '../../../../src/plugin-api/index.ts';
import { failureOf, findHandler, GitBench, outputsOf } from './git-bench.ts';

let bench: GitBench;
beforeEach(() => {
  bench = new GitBench();
});
afterEach(() => bench.remove());

const config = { tag_template: 'v1', fetch: true };
const check = (more: JsonMap = {}, at = bench.work.path, env = {}) =>
  bench.call('preflight', { ...config, ...more }, { env }, at);

describe('git.preflight', () => {
  it('passes where nothing would stop a release, and changes nothing', async () => {
    const before = bench.facts();
    expect(outputsOf(await check())).toEqual({
      head: bench.work.git('rev-parse', 'HEAD'),
      branch: 'main',
      remote: 'origin',
      remote_url: bench.remote.path,
      relation: 'same',
      tag: 'v1',
      shallow: false,
      fetched: false,
    });
    expect(bench.facts()).toBe(before);
  });

  it('does not check a tag whose version is not known yet', async () => {
    bench.work.git('tag', 'v1');
    bench.save('second');
    const template = { template: ['v', { name: 'version', otherwise: null }] };
    expect(outputsOf(await check({ tag_template: template }))).toMatchObject({ tag: null, relation: 'ahead' });
  });

  it('names everything at once', async () => {
    bench.work.git('tag', 'v1');
    bench.work.git('checkout', '--quiet', '--detach');
    bench.save('second');
    bench.work.git('remote', 'remove', 'origin');
    const nobody = { GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '', GIT_COMMITTER_NAME: '', GIT_COMMITTER_EMAIL: '' };
    const failure = failureOf(await check({}, bench.work.path, nobody));
    expect(failure.details).toMatchObject({
      problems: [{ check: 'identity' }, { check: 'branch' }, { check: 'remote' }, { check: 'tag' }],
    });
    for (const words of [
      '4 things',
      'git config user.name',
      'the head is detached',
      'git remote add origin',
      'git tag --delete v1',
    ]) {
      expect(failure.message).toContain(words);
    }
    expect(failure.retryable).toBe(false);
  });

  it('tells a tag of this clone from one that only the remote has', async () => {
    const other = bench.clone();
    other.git('tag', 'v1');
    other.git('push', '--quiet', 'origin', 'v1');
    bench.save('second');
    const orphan = failureOf(await check({ fetch: false }));
    expect(orphan.message).toContain('exists already on origin');
    expect(orphan.message).not.toContain('in this clone');
    const both = failureOf(await check());
    expect(both.message).toContain('in this clone');
    expect(both.message).toContain('git push origin --delete refs/tags/v1');
  });

  it('takes a tag on head for one of this release', async () => {
    bench.work.git('tag', '--annotate', '--message', 'x', 'v1');
    bench.work.git('push', '--quiet', 'origin', 'v1');
    expect((await check()).kind).toBe('success');
    bench.work.git('tag', '--force', 'v1');
    expect(failureOf(await check()).message).toContain('another one than that of origin');
  });

  it('fetches what a shallow clone lacks', async () => {
    bench.work.git('tag', 'v0');
    bench.save('second');
    bench.work.git('push', '--quiet', 'origin', 'main', 'v0');
    const clone = bench.clone('--depth', '1', '--no-tags');
    const without = await check({ fetch: false }, clone.path);
    expect(outputsOf(without)).toMatchObject({ shallow: true, fetched: false });
    expect(without.findings?.map(({ rule }) => rule)).toEqual(['shallow-clone', 'missing-tags']);
    const outcome = await check({}, clone.path);
    expect(outputsOf(outcome)).toMatchObject({ shallow: false, fetched: true, relation: 'same' });
    expect([outcome.findings, clone.git('tag')]).toEqual([[], 'v0']);
  });

  it('is behind where the remote has gone on, whether or not it fetches', async () => {
    const other = bench.clone();
    bench.save('theirs', other);
    other.git('push', '--quiet', 'origin', 'main');
    for (const fetch of [false, true]) {
      const failure = failureOf(await check({ fetch }));
      expect(failure.message).toMatch(/^behind: main of origin/);
      expect(failure.retryable).toBe(false);
    }
    bench.save('mine');
    expect(failureOf(await check()).message).toContain('another way');
  });

  it('may be tried again where only the remote does not answer, and shows no password', async () => {
    bench.work.git('remote', 'set-url', 'origin', 'https://user:s3cret@127.0.0.1:1/x.git');
    const failure = failureOf(await check());
    expect(failure).toMatchObject({ retryable: true, message: expect.stringContaining('origin cannot be reached') });
    expect(JSON.stringify(failure)).not.toContain('s3cret');
  });

  it('remarks on changes that were there before', async () => {
    bench.work.write('loose.txt', 'x');
    const outcome = await check();
    expect(outcome.findings).toMatchObject([{ rule: 'tree-not-clean', message: expect.stringContaining('loose.txt') }]);
  });

  it('takes the branch and the identity that later steps bring', async () => {
    bench.work.git('checkout', '--quiet', '--detach');
    const nobody = { GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '', GIT_COMMITTER_NAME: '', GIT_COMMITTER_EMAIL: '' };
    const bot = { author_name: 'Bot', author_email: 'bot@example.invalid' };
    expect((await check({ branch: 'main', ...bot }, bench.work.path, nobody)).kind).toBe('success');
  });

  it('says so outside a repository', async () => {
    expect(failureOf(await check({}, bench.folder().path))).toMatchObject({ kind: 'not-found' });
  });

  it('is foretold in a plan', async () => {
    const preview = await findHandler('preflight').preview?.(bench.context(config));
    expect(preview?.summary).toContain('origin');
  });
});
