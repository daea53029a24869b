import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Death, describeDeath, killedRelease } from '../../crash/release-kills.ts';
import { SeededRandom } from '../../fakes/seeded-random.ts';
import { type RunResult, readRun } from '../../rigs/cli.ts';
import type { FakeGitHub } from '../../rigs/fake-github/fake-github.ts';
import type { Fault, LoggedRequest } from '../../rigs/fake-github/faults.ts';
import { draftedBeforePush, finished, type GitHubBench, standardRelease, type Way, ways } from './github-bench.ts';
import { gitHubBenches } from './github-benches.ts';

let fake: FakeGitHub;
const newBench = gitHubBenches((started) => {
  fake = started;
});

const isCreation = ({ method, path }: LoggedRequest) => method === 'POST' && path.endsWith('/releases');
const isUpload = ({ host }: LoggedRequest) => host === 'uploads';
const isPublication = ({ method, path }: LoggedRequest) => method === 'PATCH' && /\/releases\/\d+$/.test(path);
const isList = ({ method, path }: LoggedRequest) => method === 'GET' && path.endsWith('/releases');
const wholeRelease = [
  'POST releases',
  'POST releases/ID/assets tool.txt',
  'POST releases/ID/assets sums.txt',
  'PATCH releases/ID',
];
const creations = (writes: readonly string[]) => writes.filter((write) => write === 'POST releases').length;

function messageOf({ run }: RunResult): string {
  return run.steps.flatMap(({ error }) => error?.message ?? []).join('\n');
}

function expectSuccess(result: RunResult): void {
  expect([result.code, result.run.status], messageOf(result) || result.stdout).toEqual([0, 'success']);
}

/** From the same moment on in each of the ways: the same end, and no creation that nobody looked for before. */
async function expectOneRelease(bench: GitHubBench, definition: object, onWays: readonly Way[] = ways): Promise<void> {
  const before = bench.writes();
  const restore = bench.keep();
  for (const way of onWays) {
    restore();
    fake.forget();
    expectSuccess(await bench.again(way, definition));
    expect(bench.released(), way).toEqual(finished);
    expect(creations([...before, ...bench.writes()]), way).toBe(1);
    expect(bench.blindPosts()).toEqual([]);
  }
}

describe('a standard release with GitHub', () => {
  it('is checked first and published last; started again it changes nothing, in the same clone and in a fresh one', async () => {
    const bench = newBench();
    const first = await bench.run(standardRelease());
    expectSuccess(first);
    expect(first.run.outputs).toEqual({ version: '1.1.0', outcome: 'new' });
    expect(first.step('check').outputs).toEqual({ tag: null, branch: 'main', remarks: [] });
    expect(bench.released()).toEqual(finished);
    expect(bench.notes('v1.1.0')).not.toContain('<!--');
    expect(bench.writes()).toEqual(wholeRelease);
    expect(fake.state.releasesOf('v1.1.0')[0]?.target).toBe(bench.git('rev-parse', 'HEAD'));

    fake.forget();
    const after = { state: fake.state.copy(), refs: bench.refs() };
    for (const way of ['the same clone', 'a fresh clone'] as const) {
      const second = await bench.again(way, standardRelease());
      expectSuccess(second);
      expect(second.run.outputs).toEqual({ version: '1.1.0', outcome: 'released' });
      expect({ state: fake.state, refs: bench.refs() }, way).toEqual(after);
    }
    expect(bench.writes()).toEqual([]);
  });
});

describe('a release whose tag nobody pushes', () => {
  it('gets it by its publication, on its commit, and a second start finds it', async () => {
    const bench = newBench();
    expectSuccess(await bench.run(standardRelease(), '--skip', 'tag'));
    expect(bench.released()).toEqual(finished);
    fake.forget();
    const second = await bench.again('a fresh clone', standardRelease());
    expectSuccess(second);
    expect(second.run.outputs).toEqual({ version: '1.1.0', outcome: 'released' });
    expect(bench.released()).toEqual(finished);
    expect(bench.writes()).toEqual([]);
  });
});

/** Faults that one start lives through. */
const survived: readonly { readonly name: string; readonly faults: readonly Fault[]; readonly writes: object }[] = [
  {
    name: 'F7, F8: every write is done and its answer lost',
    faults: [
      { at: isCreation, with: 502, after: 'after-effect' },
      { at: isUpload, with: 'reset', after: 'after-effect' },
      { at: isUpload, with: 502, after: 'after-effect' },
      { at: isPublication, with: 'reset-mid-body', after: 'after-effect' },
    ],
    writes: wholeRelease,
  },
  {
    name: 'F7, F11: limits, a server that is down for a moment, and an upload that stops half way',
    faults: [
      { at: isCreation, with: 'secondary-limit', retryAfterSeconds: 1 },
      { at: isCreation, with: 503 },
      { at: isUpload, with: 'limited', retryAfterSeconds: 1 },
      { at: isUpload, with: 'reset', after: 'half-effect' },
      { at: isPublication, with: 'html' },
    ],
    writes: expect.arrayContaining(['DELETE releases/assets/ID', 'PATCH releases/assets/ID']),
  },
];

describe.each(survived.map((one) => [one.name, one] as const))('%s', (_, { faults, writes }) => {
  it('ends in one release, and another start leaves it as it is', async () => {
    const bench = newBench();
    for (const fault of faults) fake.fail(fault);
    expectSuccess(await bench.run(standardRelease()));
    expect(fake.state.releasesOf('v1.1.0')).toHaveLength(1);
    expect(bench.released()).toEqual(finished);
    expect(bench.writes()).toEqual(writes);
    expect(bench.blindPosts()).toEqual([]);
    fake.forget();
    expectSuccess(await bench.again('a fresh clone', standardRelease()));
    expect(bench.released()).toEqual(finished);
    expect(bench.writes()).toEqual([]);
  });
});

/** Faults that do not pass while the first start runs. */
const lasting: readonly {
  readonly name: string;
  readonly faults: readonly Fault[];
  readonly says: RegExp;
  /** What GitHub has of the release afterwards. */
  readonly left: object;
  readonly onWays: readonly Way[];
}[] = [
  {
    name: 'F7, uploads that always stop half way',
    faults: [{ at: isUpload, with: 'reset', after: 'half-effect', times: 99 }],
    says: /upload of `\S*tool\.txt` to the release v1\.1\.0 broke off 3 times.*run this step again/,
    onWays: ways,
    left: [['v1.1.0', 'draft', expect.stringMatching(/^tool\.txt \(starter/), expect.stringMatching(/^vwmp-upload-/)]],
  },
  {
    name: 'F8, a creation whose answer is lost, with nobody to ask what became of it',
    faults: [
      { at: isCreation, with: 502, after: 'after-effect', times: 99 },
      { at: (request) => isList(request) && fake.requests.some(isCreation), with: 502, times: 99 },
    ],
    says: /create the draft release v1\.1\.0 .*\(502\).*It may have happened: the next attempt looks first/,
    onWays: ways,
    left: [['v1.1.0', 'draft']],
  },
  {
    name: 'F8, a publication whose answer is lost, with nobody to ask what became of it',
    faults: [
      { at: isPublication, with: 'reset', after: 'after-effect', times: 99 },
      { at: ({ method, path }) => method === 'GET' && /\/releases\/\d+$/.test(path), with: 502, times: 99 },
    ],
    says: /publish the release v1\.1\.0 .*It may have happened: the next attempt looks first/,
    onWays: ['a fresh clone', 'resume'],
    left: [['v1.1.0', 'published', 'sums.txt', 'tool.txt']],
  },
];

describe.each(lasting.map((one) => [one.name, one] as const))('%s', (_, { faults, says, left, onWays }) => {
  it('is a stop that names the way on, and every way on ends in one release', async () => {
    const bench = newBench();
    bench.env = { VWMP_ADAPTER_GITHUB_RETRY_BUDGET_SECONDS: '0' };
    for (const fault of faults) fake.fail(fault);
    const first = await bench.run(standardRelease());
    expect([first.code, first.run.status]).toEqual([1, 'failed']);
    expect(messageOf(first)).toMatch(says);
    expect(
      fake.state.releases.slice(1).map(({ tag, draft }) => [tag, draft ? 'draft' : 'published', ...bench.assets(tag)]),
    ).toEqual(left);
    await expectOneRelease(bench, standardRelease(), onWays);
  });
});

describe('F6, a release that nobody published, and a push after it', () => {
  const broken = async () => {
    const bench = newBench();
    fake.fail({ at: isPublication, with: 'forbidden', times: 99 });
    const first = await bench.run(standardRelease());
    expect([first.code, first.step('publish').status]).toEqual([1, 'failed']);
    fake.forget();
    return bench;
  };
  const push = (bench: GitHubBench, message: string) => {
    bench.work(message);
    bench.git('push', '--quiet', 'origin', 'main');
  };
  const open = /the release v1\.1\.0 is still a draft: .*check out its tag and run the steps that are missing/;

  it('is told by a start that releases nothing', async () => {
    const bench = await broken();
    push(bench, 'chore: something small');
    const second = await bench.again('a fresh clone', standardRelease());
    expectSuccess(second);
    expect(second.run.outputs).toMatchObject({ outcome: 'nothing' });
    expect(second.step('publish').skipped_message).toMatch(open);
  });

  it('is told by the release of the next version, and can be finished from its tag', async () => {
    const bench = await broken();
    push(bench, 'feat: something new');
    const next = await bench.again('a fresh clone', standardRelease());
    expectSuccess(next);
    expect(next.run.outputs).toMatchObject({ version: '1.2.0', outcome: 'new' });
    expect(next.run.diagnostics.map(({ message }) => message)).toContainEqual(expect.stringMatching(open));

    bench.git('checkout', '--quiet', 'v1.1.0');
    expectSuccess(await bench.run(standardRelease(), '--only', 'bump,publish'));
    expect(fake.state.releases.map(({ tag, draft }) => [tag, draft])).toEqual([
      ['v1.0.0', false],
      ['v1.1.0', false],
      ['v1.2.0', false],
    ]);
  });

  it('is not told of the drafts of other packages that the same run releases', async () => {
    const bench = newBench();
    const bump = (id: string) => ({
      id,
      handler: 'release.version_bump',
      config: { version_file: 'package.json', tag_template: `${id}@{version}`, increment_type: 'minor' },
    });
    const draft = (id: string) => ({
      id: `draft-${id}`,
      handler: 'github.draft_release',
      config: {
        tag_template: `\${{ steps.${id}.outputs.tag_name }}`,
        body: 'notes',
        target: bench.git('rev-parse', 'HEAD'),
      },
    });
    const publish = (id: string) => ({
      id: `publish-${id}`,
      handler: 'github.publish_release',
      config: { tag_template: `\${{ steps.${id}.outputs.tag_name }}`, target: bench.git('rev-parse', 'HEAD') },
    });
    const names = ['one', 'two'];
    const steps = [...names.map(bump), ...names.map(draft), ...names.map(publish)];
    const run = await bench.run({ name: 'Release', steps });
    expectSuccess(run);
    expect(JSON.stringify(run.run.diagnostics)).not.toContain('still a draft');
  });
});

describe('a release of several packages', () => {
  const names = ['core', 'cli'];
  const of = (name: string, key: string) => `\${{ steps.bump-${name}.outputs.${key} }}`;
  const definition = {
    name: 'Release',
    steps: [
      ...names.map((name) => ({
        id: `bump-${name}`,
        handler: 'release.version_bump',
        config: {
          version_file: `${name}/package.json`,
          tag_template: `${name}@{version}`,
          paths: [name],
          increment_type: 'auto',
        },
      })),
      ...names.map((name) => ({
        id: `notes-${name}`,
        handler: 'release.changelog_update',
        config: {
          main_changelog: `${name}/CHANGELOG.md`,
          style: 'keep-a-changelog',
          item_template: '{subject}',
          paths: [name],
          version: of(name, 'new_version'),
        },
      })),
      { id: 'commit', handler: 'git.commit', config: { message_template: 'chore(release): packages', written: true } },
      ...names.map((name) => ({
        id: `tag-${name}`,
        handler: 'git.create_tag',
        config: { tag_template: of(name, 'tag_name') },
      })),
      { id: 'push', handler: 'git.push' },
      ...names.map((name) => ({
        id: `release-${name}`,
        handler: 'github.release',
        retry: { max_attempts: 1 },
        config: { tag_template: of(name, 'tag_name'), body: `\${{ steps.notes-${name}.outputs.notes ?? '' }}` },
      })),
    ],
  };
  const released = () => fake.state.releases.slice(1).map(({ tag, draft, body }) => ({ tag, draft, body }));

  it('makes none for a package with nothing to release, and finishes each where it broke', async () => {
    const bench = newBench();
    for (const name of names) {
      bench.write(`${name}/package.json`, `{ "name": "${name}", "version": "1.0.0" }\n`);
      bench.write(`${name}/CHANGELOG.md`, '# Changelog\n');
    }
    bench.work('chore: packages');
    for (const name of names) bench.git('tag', '--annotate', '--message', name, `${name}@1.0.0`);
    bench.write('cli/flag.txt', 'flag\n');
    bench.work('fix: a flag');
    bench.git('push', '--quiet', '--follow-tags', 'origin', 'main');
    fake.fail({ at: isCreation, with: 'forbidden' });
    expect((await bench.run(definition)).code).toBe(1);

    const second = await bench.again('a fresh clone', definition);

    expectSuccess(second);
    expect(second.states).toMatchObject({ 'release-core': 'handler', 'tag-core': 'handler' });
    expect(released()).toEqual([{ tag: 'cli@1.0.1', draft: false, body: '### Fixed\n\n- a flag' }]);
    expect(bench.gitIn(bench.remote, 'tag').split('\n')).toEqual(['cli@1.0.0', 'cli@1.0.1', 'core@1.0.0', 'v1.0.0']);

    bench.write('core/engine.txt', 'engine\n');
    bench.work('feat: an engine');
    bench.git('push', '--quiet', 'origin', 'main');
    expectSuccess(await bench.again('the same clone', definition));
    expect(released().map(({ tag, body }) => [tag, body])).toEqual([
      ['cli@1.0.1', '### Fixed\n\n- a flag'],
      ['core@1.1.0', '### Added\n\n- an engine'],
    ]);
  });
});

describe('F11, refusals', () => {
  it('of a right and of a limit that ends in an hour stop at once, and the release goes on when they are over', async () => {
    const bench = newBench();
    fake.fail({ at: isCreation, with: 'forbidden' });
    const forbidden = await bench.run(standardRelease());
    expect([forbidden.code, forbidden.step('draft').error?.kind]).toEqual([1, 'permission']);
    expect(messageOf(forbidden)).toMatch(/create the draft release v1\.1\.0 and refuses \(403\).*contents: write/);
    fake.resetAt = Math.floor(Date.now() / 1000) + 3650;
    fake.fail({ at: isCreation, with: 'primary-limit', times: 9 });
    const limited = await bench.again('the same clone', standardRelease());
    expect(limited.code).toBe(1);
    expect(messageOf(limited)).toMatch(/asks to wait 36\d\d s first.*try again later/);
    expect(creations(bench.writes())).toBe(2);
    fake.forget();
    await expectOneRelease(bench, standardRelease(), ['a fresh clone', 'resume']);
  });
});

describe('F9, immutable releases', () => {
  it('get their files before they are published, stay as they are, and say that another file needs the next version', async () => {
    const bench = newBench();
    fake.state.immutableReleases = true;
    expectSuccess(await bench.run(standardRelease()));
    expect(bench.released()).toEqual(finished);
    fake.forget();
    const late = standardRelease({ draft: { assets: ['dist/*', 'package.json'] } });
    const refused = await bench.again('a fresh clone', late);
    expect(refused.code).toBe(1);
    expect(messageOf(refused)).toMatch(/v1\.1\.0 is published and immutable, so package\.json cannot .*next version/);
    expect(bench.writes()).toEqual([]);
    expect(bench.released()).toEqual(finished);
  });

  it('that were deleted burn their tag: a stop that names the next version, which can be released then', async () => {
    const bench = newBench();
    fake.state.burntTags.add('v1.1.0');
    const first = await bench.run(standardRelease());
    expect(first.code).toBe(1);
    expect(messageOf(first)).toMatch(
      /tag v1\.1\.0 belonged to an immutable release that was deleted.*release the next version/,
    );
    expect(fake.state.releasesOf('v1.1.0')).toMatchObject([{ draft: true }]);
    const again = await bench.again('a fresh clone', standardRelease());
    expect([again.code, messageOf(again)]).toEqual([1, messageOf(first)]);
    expect(creations(bench.writes())).toBe(1);

    const next = await bench.run(
      standardRelease(),
      '--set',
      'bump.allow_empty=true',
      '--set',
      'bump.increment_type=patch',
    );
    expectSuccess(next);
    expect(next.run.outputs).toMatchObject({ version: '1.1.1' });
    expect(bench.assets('v1.1.1')).toEqual(['sums.txt', 'tool.txt']);
    expect(fake.state.releases.map(({ tag, draft }) => [tag, draft])).toEqual([
      ['v1.0.0', false],
      ['v1.1.0', true],
      ['v1.1.1', false],
    ]);
  });
});

describe('F10, notes that are longer than GitHub takes', () => {
  it('are told of by the plan and before the first file is written, and are cut by whole sections', async () => {
    const bench = newBench();
    const sections = Array.from({ length: 40 }, (_, at) => `## Part ${at}\n\n${'word '.repeat(1000)}\n`);
    bench.write('NOTES.md', sections.join('\n'));
    bench.work('docs: long notes');
    bench.git('push', '--quiet', 'origin', 'main');
    const long = { body_file: 'NOTES.md' };
    const definition = standardRelease({ check: long, draft: long });

    const plan = await bench.vwmp('plan', bench.define(definition));
    expect(plan.code).toBe(0);
    expect(plan.stdout.match(/and GitHub takes 125000: 16 sections are left out/g)).toHaveLength(2);

    const first = await bench.run(definition);
    expectSuccess(first);
    expect(first.step('check').outputs).toMatchObject({
      remarks: [expect.stringContaining('16 sections are left out')],
    });
    expect(bench.notes('v1.1.0').length).toBeLessThanOrEqual(125_000);
    expect(bench.notes('v1.1.0')).toMatch(/word\n\n_16 sections are left out here.*acme\/tool\/tree\/v1\.1\.0_$/);
    fake.forget();
    expectSuccess(await bench.again('a fresh clone', definition));
    expect(bench.writes()).toEqual([]);
    expect(bench.released()).toEqual({ ...finished, notes: bench.notes('v1.1.0') });
  });
});

describe('F12, checks that a push with the token of a job never starts', () => {
  it('are warned of before the first file is written', async () => {
    const bench = newBench();
    fake.state.rules.set('main', [
      { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'build' }] } },
    ]);
    const { run } = await bench.run(standardRelease(), '--only', 'check');
    const [warning] = run.diagnostics;
    expect(warning).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(/requires the checks build: they never start .*GITHUB_TOKEN/),
    });
    expect(bench.git('status', '--porcelain')).toBe('');
  });
});

describe('F17, a job that is cancelled while a file is sent', () => {
  it('ends by itself, and every way on ends in one release', async () => {
    const bench = newBench();
    const running = bench.begin('run', bench.define(standardRelease()), '--json');
    fake.onStall = () => running.child.kill('SIGTERM');
    fake.fail({ at: isUpload, with: 'stall', after: 'half-effect' });
    const { code } = await bench.ended(running);
    expect(code).not.toBe(-1);
    expect(code).not.toBe(0);
    expect(bench.assets('v1.1.0')).toEqual([expect.stringMatching(/^tool\.txt \(starter/)]);
    await expectOneRelease(bench, standardRelease());
  });
});

describe('a draft that a start in another clone has put its own files to', () => {
  const definition = draftedBeforePush();
  const built = (bench: GitHubBench) => readFileSync(join(bench.clone, 'dist/tool.txt'), 'utf8');
  const drafted = () => {
    const [release] = fake.state.releasesOf('v1.1.0');
    const tool = release?.assets.find(({ name }) => name === 'tool.txt');
    return [release?.draft, tool?.bytes.toString('utf8')];
  };

  /** The first start, in its clone again, after both were refused. */
  const refusedTwice = async () => {
    const bench = newBench();
    const mend = bench.refusePushes();
    const first = await bench.run(definition);
    const back = bench.cloneBeside();
    const second = await bench.run(definition);
    for (const { code, step } of [first, second]) expect([code, step('push').status]).toEqual([1, 'failed']);
    expect(second.step('draft').outputs).toMatchObject({ created: false, updated: true });
    back();
    mend();
    expect(drafted()).not.toEqual([true, built(bench)]);
    const resume = async (...args: readonly string[]) =>
      readRun(await bench.vwmp('resume', first.run.run_id ?? '', '--json', ...args));
    return { bench, resume };
  };

  it.each(['the workflow', 'the run from its draft'] as const)(
    'is not published by a resume; %s, started again, puts its files back and publishes them',
    async (way) => {
      const { bench, resume } = await refusedTwice();
      const resumed = await resume();
      expect([resumed.code, resumed.step('push').status, resumed.step('publish').status]).toEqual([
        1,
        'success',
        'failed',
      ]);
      expect(messageOf(resumed)).toMatch(/v1\.1\.0 is not published: .*tool\.txt \(.*start the workflow again/);
      expect(drafted()[0]).toBe(true);
      expectSuccess(way === 'the workflow' ? await bench.run(definition) : await resume('--from', 'draft'));
      expect(drafted()).toEqual([false, built(bench)]);
    },
  );
});

describe('with `on_failure: rollback`', () => {
  const definition = standardRelease({ onFailure: 'rollback' });

  it('a refused publication takes draft, push, tag, commit and files back, and a second start makes it anew', async () => {
    const bench = newBench();
    fake.fail({ at: isPublication, with: 'forbidden' });
    const first = await bench.run(definition);
    expect([first.code, first.states]).toMatchObject([1, { draft: 'undone', push: 'undone', bump: 'undone' }]);
    expect(fake.state.releases.map(({ tag }) => tag)).toEqual(['v1.0.0']);
    expect(bench.onRemote('refs/tags/v1.1.0')).toBe('');
    expect(bench.onRemote('refs/heads/main')).toBe(bench.start);
    expect(bench.git('rev-parse', 'HEAD')).toBe(bench.start);
    expect(bench.git('status', '--porcelain')).toBe('');
    fake.forget();
    expectSuccess(await bench.run(definition));
    expect(bench.released()).toEqual(finished);
    expect(bench.writes()).toEqual(wholeRelease);
  });

  it('names no command against the release of a start in another clone that came first', async () => {
    const bench = newBench();
    const loser = draftedBeforePush({ onFailure: 'rollback' });
    const mend = bench.refusePushes();
    await bench.run(draftedBeforePush());
    const back = bench.cloneBeside();
    const lost = await bench.run(loser);
    back();
    mend();
    const left = lost.run.rollback?.steps.find(({ id }) => id === 'draft');
    expect([lost.code, left]).toMatchObject([
      1,
      { status: 'left', message: expect.stringContaining('the draft v1.1.0 was there before this step'), commands: [] },
    ]);
    expect(lost.stdout).not.toContain('DELETE');
    expectSuccess(await bench.run(draftedBeforePush()));
    expect(bench.writes()).not.toContain('DELETE releases/ID');
  });

  it('a refused upload leaves a draft that the next start completes, at the commit of that start', async () => {
    const bench = newBench();
    fake.fail({ at: isUpload, with: 'forbidden' });
    const first = await bench.run(definition);
    expect([first.code, first.states]).toMatchObject([1, { draft: 'failed', push: 'undone' }]);
    expect(bench.onRemote('refs/tags/v1.1.0')).toBe('');
    fake.forget();
    expectSuccess(await bench.again('a fresh clone', definition));
    expect(bench.released()).toEqual(finished);
    expect(creations(bench.writes())).toBe(0);
    expect(fake.state.releasesOf('v1.1.0')[0]?.target).toBe(bench.onRemote('refs/tags/v1.1.0'));
  });
});

describe('without write rights, as in a pull request from a fork', () => {
  it.each([
    ['a token that only reads', (): string | null => fake.readToken, /may not write to acme\/tool/],
    ['no token', (): string | null => null, /there is no token/],
  ] as const)(
    'with %s the plan shows the whole release, and a run stops before the first file',
    async (_, token, says) => {
      const bench = newBench();
      bench.token = token();
      const plan = await bench.vwmp('plan', bench.define(standardRelease()));
      expect([plan.code, plan.stderr]).toEqual([0, '']);
      for (const part of [
        '1.0.0 → 1.1.0',
        '-  "version": "1.0.0"',
        '+- a feature',
        'tags the newest commit as v1.1.0',
        'drafts the release v1.1.0 of acme/tool',
        'publishes the draft release v1.1.0',
      ]) {
        expect(plan.stdout).toContain(part);
      }
      const refs = bench.refs();
      const { code, run, step, states } = await bench.run(standardRelease());
      expect([code, step('check').status, step('check').error?.kind]).toEqual([1, 'failed', 'permission']);
      expect(step('check').error?.message).toMatch(says);
      expect(Object.values(states).filter((state) => state !== 'blocked')).toEqual(['failed']);
      expect(run.status).toBe('failed');
      expect(bench.git('status', '--porcelain')).toBe('');
      expect(bench.refs()).toBe(refs);
      expect(bench.writes()).toEqual([]);
    },
  );
});

/** `CRASH_SEED` brings the same moment again, as far as a machine can. */
const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1_000_000));
const deaths: readonly (readonly [Death, Way])[] = [
  [{ kind: 'write', count: 1, after: 'after-effect' }, 'a fresh clone'],
  [{ kind: 'write', count: 2, after: 'half-effect' }, 'the same clone'],
  [{ kind: 'write', count: 4, after: 'after-effect' }, 'resume'],
  [{ kind: 'event', count: 15 }, 'the same clone'],
  [{ kind: 'time', ms: 300 + new SeededRandom(seed).unit() * 500 }, 'a fresh clone'],
];

describe(`F17, a release that is killed (seed ${seed})`, () => {
  it.each(deaths.map(([death, way]) => [describeDeath(death), way, death] as const))(
    'at %s ends as if nothing had happened in %s',
    async (_, way, death) => {
      const { problems, killed } = await killedRelease(fake, death, [way]);
      expect(problems).toEqual([]);
      expect(killed || death.kind !== 'write').toBe(true);
    },
  );
});
