import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { annotationCommand } from '../../../../../src/core/report/annotations.ts';
import { TempFolder } from '../../../../rigs/temp-folder.ts';
import { findingsOf, hostileTexts, Review, rowOf, runIn, said } from './review.ts';

let review: Review;
beforeEach(() => {
  review = new Review();
});
afterEach(() => review.remove());

const rule = { rule: 'commit-messages' };

describe('commit-messages', () => {
  it('passes commits that follow the convention', async () => {
    review.commit('feat(door): open it\n\nA body.\n\nRefs: #12');
    review.commit('fix!: close it');
    const outcome = await review.rule(rule);
    expect(outcome).toMatchObject({ kind: 'success', outputs: { passed: 1, failed: 0 } });
    expect(rowOf(outcome)).toMatchObject({
      name: 'commit-messages',
      rule: 'commit-messages',
      script: null,
      status: 'passed',
    });
  });

  it('names each commit that does not, newest first, by its short hash', async () => {
    const first = review.commit('Open the door');
    const second = review.commit('wip: close it');
    const outcome = await review.rule(rule);
    expect(said(outcome)).toEqual([
      `error: commit ${second.slice(0, 7)} "wip: close it" has the unknown type "wip"`,
      `error: commit ${first.slice(0, 7)} "Open the door" does not begin with \`type: \` or \`type(scope): \``,
    ]);
    expect(outcome.kind).toBe('failed');
  });

  it('looks at nothing before the base', async () => {
    review.commit('Old sins');
    const base = review.commit('More of them');
    review.commit('feat: a change');
    expect((await review.rule(rule, { base })).kind).toBe('success');
  });

  it('leaves merges and reverts alone', async () => {
    review.work.git('switch', '--quiet', '--create', 'side');
    review.commit('feat: a side', { side: 'x' });
    review.work.git('switch', '--quiet', 'main');
    review.commit('feat: main', { main: 'x' });
    review.work.git('merge', '--quiet', '--no-edit', '--message', 'Bring the side in', 'side');
    review.commit('Revert "Something: else"');
    expect(said(await review.rule(rule))).toEqual([]);
  });

  it('warns of long lines in bodies, but not of addresses and trailers', async () => {
    const long = 'word '.repeat(30).trim();
    const address = `see https://example.invalid/${'x'.repeat(120)}`;
    const trailer = `Signed-off-by: ${'Somebody '.repeat(15)}`;
    review.commit(`feat: x\n\n${'y'.repeat(150)}\n${address}\n\n${trailer}`);
    expect(said(await review.rule(rule))).toEqual([]);
    const hash = review.commit(`feat: x\n\n${long}\nshort\n${long}`);
    const outcome = await review.rule(rule);
    expect(said(outcome)).toEqual([
      `warning: commit ${hash.slice(0, 7)} "feat: x" has 2 lines of more than 100 characters in its body`,
    ]);
    expect(outcome.kind).toBe('success');
    expect((await review.rule(rule, {}, { strict_mode: true })).kind).toBe('failed');
    expect(said(await review.rule({ ...rule, max_body_line: 0 }))).toEqual([]);
  });

  it('has notices only where a squash will drop the messages, because the step or the event says so', async () => {
    review.commit('Work in progress');
    for (const outcome of [
      await review.rule(rule, {}, { merge_method: 'squash' }),
      await review.rule(rule, { merge_method: 'squash' }, { merge_method: 'auto' }),
    ]) {
      expect(outcome.kind).toBe('success');
      expect(findingsOf(outcome)).toMatchObject([{ level: 'notice' }]);
    }
    expect((await review.rule(rule, { merge_method: 'squash' }, { merge_method: 'rebase' })).kind).toBe('failed');
  });

  it('goes back to the last tag where nothing names a base', async () => {
    review.commit('Old sins');
    review.work.git('tag', 'v1.0.0');
    expect(rowOf(await review.run({ validators: ['commit-messages'] }))).toMatchObject({
      status: 'skipped',
      reason: 'there are no commits since v1.0.0',
    });
    review.commit('New sins');
    expect(said(await review.run({ validators: ['commit-messages'] }))).toHaveLength(1);
  });

  it('takes a range of branches, tags and object names', async () => {
    review.work.git('tag', 'v1');
    review.commit('Sin of main');
    review.work.git('switch', '--quiet', '--create', 'topic');
    const topic = review.commit('Sin of topic');
    review.commit('feat: penance');
    const count = async (range: string) => said(await review.rule({ ...rule, range })).length;
    expect(await count('v1..topic')).toBe(2);
    expect(await count('main..topic')).toBe(1);
    expect(await count('main')).toBe(1);
    expect(await count(`${topic}..HEAD`)).toBe(0);
    for (const range of ['..', 'a..', '..b', 'a...b', 'a..b..c', '--all', 'main..--all']) {
      expect(rowOf(await review.rule({ ...rule, range })).reason, range).toContain('is none');
    }
    expect(rowOf(await review.rule({ ...rule, range: 'nowhere..topic' })).status).toBe('failed');
  });

  it('finds the base by the remote branch that the environment names', async () => {
    const remote = new TempFolder();
    try {
      remote.git('init', '--quiet', '--bare');
      review.commit('Old sins');
      review.work.git('remote', 'add', 'origin', remote.path);
      review.work.git('push', '--quiet', 'origin', 'main');
      review.work.git('switch', '--quiet', '--create', 'topic');
      review.commit('New sins');
      const outcome = await review.run({ validators: ['commit-messages'] }, { env: { GITHUB_BASE_REF: 'main' } });
      expect(said(outcome)).toHaveLength(1);
      expect(said(outcome)[0]).toContain('New sins');
    } finally {
      remote.remove();
    }
  });

  describe('on the merge commit that the platform makes of a pull request', () => {
    function merged(message: (head: string, base: string) => string): { readonly sha: string; readonly old: string } {
      review.work.git('switch', '--quiet', '--create', 'topic');
      const head = review.commit('feat: topic', { topic: 'x' });
      review.work.git('switch', '--quiet', 'main');
      const base = review.commit('Sin of somebody else, landed meanwhile', { other: 'x' });
      review.work.git('switch', '--quiet', '--detach', 'main');
      review.work.git('merge', '--quiet', '--no-ff', '--message', message(head, base), 'topic');
      return { sha: review.work.git('rev-parse', 'HEAD'), old: review.base };
    }
    const env = (sha: string) => ({ GITHUB_REF: 'refs/pull/7/merge', GITHUB_SHA: sha, GITHUB_BASE_REF: 'main' });
    const config = (base: string) => ({ validators: ['commit-messages'], change: { base } });

    it('looks at the commits of the pull request, not at what landed since the event', async () => {
      const { sha, old } = merged((head, base) => `Merge ${head} into ${base}`);
      expect(said(await review.run(config(old), { env: env(sha) }))).toEqual([]);
    });

    it('does not believe the message of a commit that the event does not name', async () => {
      const sin = review.commit('Sin of the pull request');
      const forged = review.commit(`Merge ${sin} into ${sin}`);
      const outcome = await review.run(config(review.base), { env: env('0'.repeat(40)) });
      expect(said(outcome)).toEqual([expect.stringContaining('Sin of the pull request')]);
      const push = { GITHUB_REF: 'refs/heads/topic', GITHUB_SHA: forged };
      expect(said(await review.run(config(review.base), { env: push }))).toHaveLength(1);
    });
  });

  it('says what to do in a clone that lacks the base', async () => {
    review.commit('feat: two');
    review.commit('feat: three');
    const clone = new TempFolder();
    try {
      clone.git('clone', '--quiet', '--depth', '1', `file://${review.work.path}`, '.');
      const outcome = await runIn(clone, { validators: ['commit-messages'], change: { base: review.base } });
      expect(rowOf(outcome)).toMatchObject({ status: 'failed' });
      expect(rowOf(outcome).reason).toContain('check out with `fetch-depth: 0`');
    } finally {
      clone.remove();
    }
  });

  it('fails with the reason where there is no repository', async () => {
    const bare = new TempFolder();
    try {
      const outcome = await runIn(bare, { validators: ['commit-messages'] });
      expect(rowOf(outcome).reason).toContain('not in a git repository');
    } finally {
      bare.remove();
    }
  });

  it.each(hostileTexts)('takes %j for data', async (text) => {
    review.commit(text);
    review.commit(text.replace('feat: ', ''));
    const outcome = await review.rule(rule);
    expect(findingsOf(outcome)).toHaveLength(1);
    expect(review.work.has('pwned')).toBe(false);
    for (const { level, message } of findingsOf(outcome)) {
      expect(message).not.toMatch(/[\r\n]/);
      expect(annotationCommand({ level, title: 'commit-messages', message })).toMatch(
        /^::error title=commit-messages::commit [0-9a-f]{7} "/,
      );
    }
  });
});
