import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { annotationCommand } from '../../../../../src/core/report/annotations.ts';
import { jobSummary } from '../../../../../src/core/report/job-summary.ts';
import { aRun, aStep } from '../../../core/report/run-views.ts';
import { findingsOf, hostileTexts, Review, rowOf, said } from './review.ts';

let review: Review;
beforeAll(() => {
  review = new Review();
});
afterAll(() => review.remove());

const rule = { rule: 'pr-title' };

describe('pr-title', () => {
  it('checks the title of the change, and one of its own before that', async () => {
    expect((await review.rule(rule, { title: 'feat: a door' })).kind).toBe('success');
    expect(said(await review.rule(rule, { title: 'A door' }))).toEqual([
      'error: the title "A door" does not begin with `type: ` or `type(scope): `',
    ]);
    expect((await review.rule({ ...rule, title: 'fix: x' }, { title: 'A door' })).kind).toBe('success');
  });

  it('has nothing to look at where there is no pull request, and says so', async () => {
    const outcome = await review.rule(rule);
    expect(outcome).toMatchObject({ kind: 'success', outputs: { passed: 0, failed: 0, skipped: 1 } });
    expect(rowOf(outcome).reason).toContain('there is no pull request');
  });

  it.each([
    ['auto', {}, 'error'],
    ['squash', {}, 'error'],
    ['auto', { merge_method: 'squash' }, 'error'],
    ['merge', {}, 'notice'],
    ['rebase', { merge_method: 'squash' }, 'notice'],
    ['auto', { merge_method: 'rebase' }, 'notice'],
  ])(
    'with the method %s, and %j of the event, a fault is a finding of level %s or below',
    async (method, event, level) => {
      const outcome = await review.rule(rule, { title: 'A door', ...event }, { merge_method: method });
      expect(findingsOf(outcome)).toMatchObject([{ level }]);
    },
  );

  it('says that a squash of one commit takes its own subject, where that is another one', async () => {
    review.commit('Open the door');
    const title = 'feat: a door';
    const notice = ['notice: the pull request has one commit, and a squash takes'];
    const of = async (change: object, more = {}) =>
      said(await review.rule(rule, { title, commits: 1, ...change }, more)).map((text) =>
        text.slice(0, notice[0]?.length),
      );
    expect(await of({})).toEqual(notice);
    expect(await of({ squash_title: 'COMMIT_OR_PR_TITLE' })).toEqual(notice);
    expect(await of({ squash_title: 'PR_TITLE' })).toEqual([]);
    expect(await of({ commits: 2 })).toEqual([]);
    expect(await of({}, { merge_method: 'rebase' })).toEqual([]);
    expect(await of({ title: 'Open the door' })).toEqual(
      ['error: the title "Open the door" does not begin with'].map((text) => expect.stringContaining(text)),
    );
    expect(await of({ base: '0'.repeat(40) })).toEqual(notice);
  });

  it('refuses a title with a line break, of which a squash keeps the first line', async () => {
    expect(said(await review.rule(rule, { title: 'feat: a\n::error::b' }))).toEqual([
      'error: the title "feat: a\\n::error::b" has a line break, and only its first line would stay',
    ]);
  });

  it('shows the beginning of a long title', async () => {
    const outcome = await review.rule(rule, { title: `feat: ${'🚀'.repeat(200)}` });
    expect(findingsOf(outcome)).toHaveLength(1);
    expect(said(outcome)[0]).toContain('has 206 characters, and 100 is the most');
    expect(said(outcome)[0]?.length).toBeLessThan(300);
    expect(said(outcome)[0]?.isWellFormed()).toBe(true);
  });

  it('never says more of a title than the level that the step allows', async () => {
    const outcome = await review.rule({ ...rule, level: 'warning' }, { title: 'A door' });
    expect(findingsOf(outcome)).toMatchObject([{ level: 'warning' }]);
    expect(outcome.kind).toBe('success');
  });

  it.each(hostileTexts)('takes %j for data', async (text) => {
    expect(said(await review.rule(rule, { title: text }))).toEqual([]);
    const outcome = await review.rule(rule, { title: text.replace('feat', 'oops') });
    const [finding] = findingsOf(outcome);
    expect(finding?.message).toContain('has the unknown type "oops"');
    const command = annotationCommand({ level: 'error', title: 'pr-title', message: finding?.message ?? '' });
    expect(command.split('\n')).toHaveLength(1);
    expect(command.startsWith('::error title=pr-title::the title "oops: ')).toBe(true);
    expect(review.work.has('pwned')).toBe(false);
    const view = aRun([aStep('s', { findings: finding === undefined ? [] : [finding] })]);
    const page = jobSummary(view, { logTails: () => null }).replace(/```[\s\S]*?```/g, '');
    expect(page).toContain('has the unknown type');
    expect(page).not.toMatch(/<img|\]\(javascript|^::|##\[|\$\{\{|\p{Bidi_Control}/mu);
  });
});
