import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import gitPlugin from '../../../../../plugins/git/index.ts';
import githubPlugin from '../../../../../plugins/github/index.ts';
import type { JsonMap, Outcome } from '../../../../../src/plugin-api/index.ts';
import { FakeGitHub } from '../../../../rigs/fake-github/fake-github.ts';
import { findingsOf, Review, rowOf } from './review.ts';

let fake: FakeGitHub;
let review: Review;
let base: string;
beforeAll(async () => {
  fake = await FakeGitHub.start();
});
afterAll(() => fake.stop());
beforeEach(() => {
  fake.reset();
  review = new Review();
  base = review.commit('docs: a changelog', { 'CHANGELOG.md': '# Changelog\n\n## Unreleased\n' });
  review.commit('feat: a roof', { 'src/roof': 'x' });
});
afterEach(() => review.remove());

/** A rule on the branch that the queue made of pull request 12, with what the event of a queue tells. */
function queued(rule: string, token: string = fake.readToken, config: JsonMap = {}): Promise<Outcome> {
  return review.run(
    { validators: [rule], change: { base, labels: [] }, ...config },
    {
      adapters: { ...gitPlugin.adapters, ...githubPlugin.adapters },
      secrets: token === '' ? {} : { GITHUB_TOKEN: token },
      env: {
        GITHUB_API_URL: fake.apiUrl,
        GITHUB_REPOSITORY: fake.state.repository,
        GITHUB_REF: `refs/heads/gh-readonly-queue/release/1.x/pr-12-${'a'.repeat(40)}`,
      },
    },
  );
}

describe('in a merge queue', () => {
  it.each([
    [{ title: 'feat: a roof', labels: ['bug', 'no-changelog'] }, 'skipped'],
    [{ title: 'docs: a roof', labels: [] }, 'skipped'],
    [{ title: 'feat: a roof', labels: ['bug'] }, 'failed'],
  ])('changelog-entry goes by what GitHub says of the pull request: %j is %s', async (pull, status) => {
    fake.state.pulls.set(12, pull);
    expect(rowOf(await queued('changelog-entry')).status).toBe(status);
    expect(fake.requests).toHaveLength(1);
  });

  it('changelog-entry only warns where there is no token, and asks nobody', async () => {
    const outcome = await queued('changelog-entry', '');
    expect(outcome.kind).toBe('success');
    expect(findingsOf(outcome)).toMatchObject([{ level: 'warning', hint: expect.stringContaining('github-token') }]);
    expect(fake.requests).toEqual([]);
  });

  it.each([502, 'forbidden', 'other-json', 'primary-limit'] as const)(
    'changelog-entry only warns where GitHub does not say (%s), and does not wait',
    async (fault) => {
      fake.state.pulls.set(12, { title: 'feat: a roof', labels: [] });
      fake.fail({ at: 1, with: fault });
      const outcome = await queued('changelog-entry');
      expect(findingsOf(outcome)).toMatchObject([{ level: 'warning' }]);
      expect(fake.requests).toHaveLength(1);
    },
  );

  it('changelog-entry takes what the step says before it asks', async () => {
    const config = { change: { base, labels: ['no-changelog'] } };
    expect(rowOf(await queued('changelog-entry', fake.readToken, config)).status).toBe('skipped');
    expect(fake.requests).toEqual([]);
  });

  it('branch-name does not judge the name that the queue gave', async () => {
    review.work.git('switch', '--quiet', '--create', `gh-readonly-queue/main/pr-12-${'a'.repeat(40)}`);
    expect(rowOf(await queued('branch-name')).status).toBe('skipped');
  });
});
