import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonMap } from '../../../../src/plugin-api/index.ts';
import { FakeGitHub } from '../../../rigs/fake-github/fake-github.ts';
import { failureOf, headCommit, otherCommit, outputsOf, ReleaseRig } from './release-rig.ts';

let fake: FakeGitHub;
let rig: ReleaseRig;

beforeAll(async () => {
  fake = await FakeGitHub.start();
});

afterAll(() => fake.stop());

beforeEach(() => {
  fake.reset();
  fake.state.addCommit(headCommit, 'main');
  rig = new ReleaseRig(fake);
  rig.token = fake.adminToken;
});

afterEach(() => {
  // What is proposed there is kept nowhere.
  const kept = fake.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/generate-notes'));
  expect(kept).toEqual([]);
  rig.remove();
});

const check = (config: JsonMap = {}) => rig.execute('release_check', { tag_template: 'v1.2.0', ...config });

async function rules(config: JsonMap = {}): Promise<readonly string[]> {
  const outcome = await check(config);
  return (outcome.findings ?? []).map(({ level, rule }) => `${level} ${rule}`);
}

describe('github.release_check', () => {
  it('finds nothing where nothing stands in the way, in few requests', async () => {
    expect(outputsOf(await check())).toEqual({ tag: 'v1.2.0', branch: 'main', remarks: [] });
    expect(fake.requests.length).toBeLessThanOrEqual(7);
  });

  it('fails without a token', async () => {
    rig.token = '';
    expect(failureOf(await check())).toMatchObject({ kind: 'permission', retryable: false });
  });

  it('fails where the token may only read', async () => {
    fake.state.tokens.set(fake.adminToken, { kind: 'personal', push: false, admin: false });
    const failure = failureOf(await check());
    expect(failure.kind).toBe('permission');
    expect(failure.message).toContain('contents: write');
  });

  it('tells the token of a job that may write from the one of a fork, which may not', async () => {
    rig.token = fake.writeToken;
    expect(await rules()).toEqual([]);
    rig.token = fake.readToken;
    expect(failureOf(await check())).toMatchObject({ kind: 'permission', retryable: false });
  });

  it('is not sure about the token of a job where GitHub does not say', async () => {
    rig.token = fake.writeToken;
    for (const fault of [502, 'secondary-limit', 'html', 'reset'] as const) {
      fake.forget();
      fake.fail({ at: ({ path }) => path.endsWith('/generate-notes'), with: fault, times: 9 });
      expect(await rules()).toEqual(['notice token-rights']);
    }
  });

  it('does not take a limit for a missing right', async () => {
    rig.token = fake.writeToken;
    fake.fail({ at: ({ path }) => path === '/installation/repositories', with: 'secondary-limit' });
    expect(await rules()).toEqual([]);
  });

  it('looks at everything but the tag where the version is not known yet', async () => {
    const before = await rig.execute('release_check', { body: 'x'.repeat(200_000) });
    expect(outputsOf(before)).toMatchObject({ tag: null, branch: 'main' });
    expect((before.findings ?? []).map(({ rule }) => rule)).toEqual(['notes-cut']);
    expect(fake.requests.filter(({ path }) => path.includes('/git/'))).toEqual([]);
    expect((await rig.preview('release_check')).summary).toContain('whether the next version can be released');
  });

  it('takes the tag from the step that found the version out', async () => {
    rig.release = { outcome: 'new', current_version: '1.2.0', new_version: '1.2.0', tag_name: 'v1.2.0' };
    fake.state.tags.set('v1.2.0', { commit: otherCommit, annotated: false });
    expect(failureOf(await rig.execute('release_check')).message).toContain('the tag v1.2.0');
  });

  it('fails for an archived repository', async () => {
    fake.state.archived = true;
    expect(failureOf(await check()).message).toContain('archived');
  });

  it('fails where the tag stands on another commit, and is content where it stands on this one', async () => {
    fake.state.tags.set('v1.2.0', { commit: otherCommit, annotated: true });
    expect(failureOf(await check()).message).toMatch(/v1\.2\.0.*decade.*another version/);
    fake.state.tags.set('v1.2.0', { commit: headCommit, annotated: true });
    expect(await rules()).toEqual([]);
  });

  it.each(['v1 2..0', 'v1..0', 'v1.2.0.', '.v1', 'v1.lock', 'a//b', '-v1', 'v1~2', 'v@{1}'])(
    'fails for the tag %j, which git does not take',
    async (tag_template) => {
      const failure = failureOf(await check({ tag_template }));
      expect(failure).toMatchObject({ kind: 'handler', retryable: false, details: { rules: ['tag-name'] } });
      expect(failure.message).toContain(`\`${tag_template}\` is no name`);
    },
  );

  it('tells of releases of the tag that are there', async () => {
    fake.state.addRelease({ tag: 'v1.2.0', draft: true });
    fake.state.addRelease({ tag: 'v1.2.0', draft: true });
    expect(await rules()).toEqual(['notice release-exists', 'warning double-draft']);
    fake.state.addRelease({ tag: 'v1.2.0', immutable: true });
    expect(await rules()).toContain('warning immutable-release');
  });

  it('tells of notes that will be cut', async () => {
    expect(await rules({ body: 'x'.repeat(200_000) })).toEqual(['warning notes-cut']);
  });
});

describe('the rules of the branch', () => {
  it.each([
    ['a ruleset', () => fake.state.rules.set('main', [{ type: 'pull_request', parameters: {} }])],
    ['branch protection', () => fake.state.protection.set('main', { pullRequests: true })],
  ])('that demand pull requests, in %s, are a failure with the way on', async (_, protect) => {
    protect();
    const failure = failureOf(await check());
    expect(failure.kind).toBe('permission');
    expect(failure.message).toMatch(/^the release would fail: protected: main .*may_bypass/);
  });

  it('that demand pull requests are a warning for a token that is exempt', async () => {
    fake.state.rules.set('main', [{ type: 'pull_request' }]);
    expect(await rules({ may_bypass: true })).toEqual(['warning protected']);
  });

  it('do not count where the run does not push', async () => {
    fake.state.rules.set('main', [{ type: 'pull_request' }]);
    expect(outputsOf(await check({ push_to_branch: false }))).toMatchObject({ branch: null, remarks: [] });
  });

  it('count for the branch that is named', async () => {
    fake.state.rules.set('releases/1.x', [{ type: 'required_signatures' }]);
    expect(await rules()).toEqual([]);
    expect(await rules({ branch: 'releases/1.x' })).toEqual(['warning signed-commits']);
  });

  it('that demand checks warn that these never start for pushes with the token of the job', async () => {
    rig.token = fake.writeToken;
    fake.state.protection.set('main', { checks: ['build', 'lint'] });
    const outcome = await check();
    const remark = outcome.findings?.find(({ rule }) => rule === 'required-checks');
    expect(remark?.level).toBe('warning');
    expect(remark?.message).toMatch(/build, lint.*never start.*GITHUB_TOKEN/);
  });

  it('that lead every change through a merge queue are a failure, or a warning for a token that is exempt', async () => {
    fake.state.rules.set('main', [{ type: 'merge_queue', parameters: {} }]);
    const failure = failureOf(await check());
    expect(failure).toMatchObject({ kind: 'permission' });
    expect(failure.message).toContain('main takes changes through its merge queue only');
    expect(await rules({ may_bypass: true })).toEqual(['warning protected']);
  });

  it('that a push may break are a warning with what they demand; those that it cannot break are not named', async () => {
    const parameters = { operator: 'starts_with', pattern: 'JIRA-', negate: false };
    fake.state.rules.set('main', [
      { type: 'commit_message_pattern', parameters },
      { type: 'a_new_one' },
      { type: 'deletion' },
      { type: 'non_fast_forward' },
    ]);
    const outcome = await check();
    expect(outcome.findings).toMatchObject([{ level: 'warning', rule: 'other-rules' }]);
    expect(outcome.findings?.[0]?.message).toMatch(/: commit_message_pattern \(starts_with `JIRA-`\), a_new_one$/);
  });

  it('that cannot be made out from the answer are not taken for none', async () => {
    fake.fail({ at: ({ path }) => path.includes('/rules/branches/'), with: 'other-json' });
    expect(await rules()).toEqual(['notice rules-unreadable']);
  });

  it('that demand checks are read from rulesets too', async () => {
    const required_status_checks = [{ context: 'build' }];
    fake.state.rules.set('main', [{ type: 'required_status_checks', parameters: { required_status_checks } }]);
    const outcome = await check();
    expect(outcome.findings?.[0]?.message).toContain('requires the checks build');
    expect(outcome.findings?.[0]?.message).not.toContain('never start');
  });

  it('that the token may not read are a notice', async () => {
    rig.token = fake.writeToken;
    fake.state.protection.set('main', { pullRequests: true });
    expect(await rules()).toEqual(['notice rules-unreadable']);
  });

  it('of a branch that is not there yet are no matter', async () => {
    rig.token = fake.writeToken;
    expect(await rules({ branch: 'new/branch' })).toEqual([]);
  });
});
