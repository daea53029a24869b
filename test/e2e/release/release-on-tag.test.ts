import { describe, expect, it } from 'vitest';
import { builtProgram } from '../../rigs/built-bundle.ts';
import type { RunResult } from '../../rigs/cli.ts';
import type { FakeGitHub } from '../../rigs/fake-github/fake-github.ts';
import { Runner, type StepEnd } from '../../rigs/runner.ts';
import { readMarkdown, tableBelow } from '../action/markdown-page.ts';
import { type GitHubBench, releaseOnTag } from './github-bench.ts';
import { gitHubBenches } from './github-benches.ts';

const action = builtProgram('index.js');
const tag = 'v1.1.0';
const notes = '### Added\n\n- a feature\n\n### Fixed\n\n- a bug';
const wholeRelease = [
  'POST releases',
  'POST releases/ID/assets tool.txt',
  'POST releases/ID/assets sums.txt',
  'PATCH releases/ID',
];

let fake: FakeGitHub;
const newBench = gitHubBenches((started) => {
  fake = started;
});

function messageOf({ run }: RunResult): string {
  return (run.steps ?? []).flatMap(({ error }) => error?.message ?? []).join('\n');
}

function expectSuccess(result: RunResult): void {
  expect([result.code, result.run.status], messageOf(result) || result.stdout).toEqual([0, 'success']);
}

function expectReleased(bench: GitHubBench): void {
  expect(bench.released()).toMatchObject({
    tags: ['v1.0.0', tag],
    releaseCommits: 0,
    releases: [
      ['v1.0.0', 'published'],
      [tag, 'published'],
    ],
    latest: tag,
    assets: ['sums.txt', 'tool.txt'],
    notes,
  });
}

describe('a release on a tag', () => {
  it('is made from a checkout that is one commit deep, and a second start changes nothing at all', async () => {
    const bench = newBench();
    const commit = bench.pushTag(tag);
    bench.checkOutTag(tag);
    const plan = await bench.vwmp('plan', bench.define(releaseOnTag()));
    expect([plan.code, plan.stderr]).toEqual([0, '']);
    expect(plan.stdout).toContain(`publishes the release ${tag} of acme/tool as "${tag}"`);
    expect(bench.writes()).toEqual([]);
    const refs = bench.refs();

    const first = await bench.run(releaseOnTag());
    expectSuccess(first);
    expect(first.run.outputs).toEqual({ version: '1.1.0', outcome: 'released' });
    expect(first.step('bump').outputs).toMatchObject({ previous_tag: 'v1.0.0', release_commit: commit });
    expectReleased(bench);
    expect(fake.state.releasesOf(tag)[0]).toMatchObject({ target: commit, prerelease: false });
    expect(bench.writes()).toEqual(wholeRelease);
    expect(bench.refs().split('\n\n')[0]).toBe(refs.split('\n\n')[0]);

    fake.forget();
    const state = fake.state.copy();
    expectSuccess(await bench.run(releaseOnTag()));
    bench.checkOutTag(tag);
    const third = await bench.run(releaseOnTag());
    expectSuccess(third);
    expect(third.step('release').outputs).toMatchObject({ created: false, updated: false, changed: false });
    expect(bench.writes()).toEqual([]);
    expect(fake.state).toEqual(state);
  });

  it('is made of a lightweight tag that was checked out by its commit', async () => {
    const bench = newBench();
    bench.pushTag(tag, { annotated: false });
    bench.checkOutTag(tag, 'commit');
    expectSuccess(await bench.run(releaseOnTag()));
    expectReleased(bench);
  });

  it('is made of an annotated tag that was checked out by its commit, and so is a lightweight one here', async () => {
    const bench = newBench();
    bench.pushTag(tag);
    bench.checkOutTag(tag, 'commit');
    expectSuccess(await bench.run(releaseOnTag()));
    expectReleased(bench);
  });

  it('goes on after an upload that was refused, in a checkout of its own', async () => {
    const bench = newBench();
    bench.pushTag(tag);
    bench.checkOutTag(tag);
    fake.fail({ at: ({ host }) => host === 'uploads', with: 'forbidden' });
    const first = await bench.run(releaseOnTag());
    expect([first.code, first.step('release').error?.kind]).toEqual([1, 'permission']);
    expect(fake.state.releasesOf(tag)).toMatchObject([{ draft: true }]);
    fake.forget();
    bench.checkOutTag(tag);
    expectSuccess(await bench.run(releaseOnTag()));
    expectReleased(bench);
    expect(bench.writes()).toEqual(wholeRelease.slice(1));
  });
});

describe('a tag that is not right', () => {
  it.each([
    [
      'names no version',
      'nightly',
      {},
      /the tag `nightly` names no version of semantic versioning: check `tag_template`/,
    ],
    [
      'says another version than the file',
      'v1.2.0',
      { version: '1.1.0' },
      /the tag says 1\.2\.0, but package\.json says 1\.1\.0: tag the commit/,
    ],
  ] as const)('because it %s is a stop before anybody sees a release', async (_, name, more, says) => {
    const bench = newBench();
    bench.pushTag(name, { version: '1.1.0', ...more });
    bench.checkOutTag(name);
    const { code, step } = await bench.run(releaseOnTag());
    expect([code, step('bump').status]).toEqual([1, 'failed']);
    expect(step('bump').error?.message).toMatch(says);
    expect(bench.writes()).toEqual([]);
  });
});

describe('a tag that is moved', () => {
  it('after the checkout is a stop, also where the release is published, and the new commit is told of it', async () => {
    const bench = newBench();
    const old = bench.pushTag(tag);
    bench.checkOutTag(tag);
    expectSuccess(await bench.run(releaseOnTag()));
    expectReleased(bench);
    fake.forget();
    const { releases } = fake.state.copy();

    bench.cloneAnew();
    const moved = bench.work('fix: a late one');
    bench.git('tag', '--force', '--annotate', '--message', 'moved', tag);
    bench.git('push', '--quiet', '--force', 'origin', 'main', tag);
    // As the clone of the first job still has it.
    bench.git('checkout', '--quiet', '--detach', old);
    bench.git('tag', '--force', tag, old);
    const stopped = await bench.run(releaseOnTag());
    expect(stopped.code).toBe(1);
    expect(messageOf(stopped)).toMatch(
      new RegExp(`the tag \`${tag}\` stands on the remote origin on commit ${moved}, but ${old} is checked out`),
    );
    expect(bench.writes()).toEqual([]);
    expect(fake.state.releases).toEqual(releases);

    bench.checkOutTag(tag);
    const told = await bench.run(releaseOnTag());
    expectSuccess(told);
    expect(told.run.diagnostics.map(({ message }) => message).join('\n')).toContain(
      `the tag ${tag} was moved after its release was made, from commit ${old} to ${moved}`,
    );
    expect(bench.writes()).toEqual([]);
  });
});

describe('a tag of a pre-release', () => {
  it('makes a pre-release that is not the latest; the release after it is, and its notes hold both', async () => {
    const bench = newBench();
    bench.pushTag('v1.1.0-rc.1');
    bench.checkOutTag('v1.1.0-rc.1');
    const first = await bench.run(releaseOnTag());
    expectSuccess(first);
    expect(fake.state.releasesOf('v1.1.0-rc.1')).toMatchObject([{ prerelease: true, draft: false }]);
    expect(bench.released('v1.1.0-rc.1')).toMatchObject({ latest: 'v1.0.0', notes });

    bench.cloneAnew();
    bench.work('fix: what the candidate showed');
    bench.pushTag(tag);
    bench.checkOutTag(tag);
    const second = await bench.run(releaseOnTag());
    expectSuccess(second);
    expect(second.step('bump').outputs).toMatchObject({ previous_tag: 'v1.0.0' });
    expect(fake.state.releasesOf(tag)).toMatchObject([{ prerelease: false }]);
    expect(bench.released()).toMatchObject({
      latest: tag,
      notes: notes.replace('- a bug', '- what the candidate showed\n- a bug'),
    });
  });
});

describe('the action at the push of a tag', () => {
  it('makes the release and shows it on the page, and a re-run of the job leaves it as it is', async () => {
    const bench = newBench();
    bench.write('release.json', JSON.stringify(releaseOnTag()));
    const commit = bench.pushTag(tag);
    bench.checkOutTag(tag);

    const first = await useAction(bench);
    expect([first.exitCode, first.conclusion], first.log.text).toEqual([0, 'success']);
    expectReleased(bench);
    expect(fake.state.releasesOf(tag)[0]?.target).toBe(commit);
    expect(first.outputs.get('version')).toBe('1.1.0');
    expect(readMarkdown(first.summary)[0]).toEqual({
      kind: 'heading',
      text: expect.stringContaining('Release on tag'),
    });
    expect(first.summary).toContain('https://github.com/acme/tool/releases/tag/v1.1.0');
    expect(tableBelow(first.summary, 'Steps').map((row) => row.slice(0, 2))).toEqual(
      ['bump', 'notes', 'build', 'release'].map((id) => ['✓\u00a0success', `\`${id}\``]),
    );
    for (const text of [
      first.printed.replace(/^::add-mask::.*$/gm, ''),
      first.summaryFile,
      ...first.outputs.values(),
    ]) {
      expect(text).not.toContain(fake.writeToken);
    }
    expect(first).toMatchObject({ survivors: [], lostOutputs: [] });

    fake.forget();
    const second = await useAction(bench);
    expect([second.exitCode, bench.writes()]).toEqual([0, []]);
  });
});

async function useAction(bench: GitHubBench): Promise<StepEnd> {
  const payload = { ref: `refs/tags/${tag}`, created: true, repository: { full_name: 'acme/tool' } };
  const runner = new Runner({
    main: action,
    workspace: bench.clone,
    with: { workflow: 'release.json', 'github-token': fake.writeToken },
    env: { ...bench.env, GITHUB_API_URL: fake.apiUrl, GITHUB_REPOSITORY: 'acme/tool', GITHUB_TOKEN: null },
    event: { name: 'push', payload },
  });
  try {
    return await runner.end();
  } finally {
    runner.remove();
  }
}
