import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeGitHub } from '../../rigs/fake-github/fake-github.ts';
import {
  exampleOf,
  examplesOf,
  GuideBench,
  missingLines,
  type Printed,
  releasePages,
  snippetsOf,
} from './guide-examples-bench.ts';

let fake: FakeGitHub;
beforeAll(async () => {
  fake = await FakeGitHub.start();
});
afterAll(() => fake.stop());

/** Every file that a page shows and that a test below takes, with the blocks of output that are looked for. */
const taken = {
  'release-by-hand workflows/release.yml': 3,
  'release-by-hand .github/workflows/release.yml': 0,
  'release-on-tag workflows/release-on-tag.yml': 1,
  'release-on-tag .github/workflows/release-on-tag.yml': 1,
  'monorepo workflows/release.yml': 1,
  'monorepo workflows/fixed.yml': 0,
  'when-a-release-breaks workflows/release.yml': 1,
  'rollback workflows/release.yml': 2,
  'coming-from-other-release-tools workflows/from-semantic-release.yml': 0,
  'coming-from-other-release-tools .github/workflows/from-semantic-release.yml': 0,
  'coming-from-other-release-tools workflows/from-release-it.yml': 0,
  'coming-from-other-release-tools workflows/from-changesets.yml': 0,
};

const notes = '### Added\n\n- a feature\n\n### Fixed\n\n- a bug';

function expectSuccess({ code, text }: Printed): void {
  expect({ code, text }).toEqual({ code: 0, text });
  expect(text).not.toContain('warning[');
}

describe('the pages about releases', () => {
  it('show no workflow and no output that is not looked at here', () => {
    const examples = releasePages.flatMap(examplesOf);
    expect(examples.length).toBeGreaterThanOrEqual(12);
    expect(releasePages.flatMap(snippetsOf)).toHaveLength(2);
    expect(Object.fromEntries(examples.map(({ page, path, shown }) => [`${page} ${path}`, shown.length]))).toEqual(
      taken,
    );
  });
});

describe('release by hand', () => {
  const example = exampleOf('release-by-hand', 'workflows/release.yml');

  it('plans without a trace, releases as the page says, and makes nothing at a second start', async () => {
    const guide = new GuideBench(fake);
    const { bench } = guide;
    guide.take(example);
    const start = bench.git('rev-parse', 'HEAD');
    const before = guide.state();

    const plan = await guide.vwmp('plan', 'release');
    expectSuccess(plan);
    expect(missingLines(example, 0, plan.text)).toEqual([]);
    expect([guide.state(), guide.writes()]).toEqual([before, []]);

    const run = await guide.vwmp('run', 'release');
    expectSuccess(run);
    expect(missingLines(example, 1, run.text)).toEqual([]);
    expect(bench.git('rev-parse', 'HEAD~1')).toBe(start);
    expect(bench.git('log', '-1', '--format=%s')).toBe('chore(release): 1.1.0');
    expect(bench.git('status', '--porcelain')).toBe('');
    expect(bench.isReleased('v1.1.0')).toBe(true);
    expect(bench.git('cat-file', '-t', 'v1.1.0')).toBe('tag');
    expect(guide.changedOnRemote()).toEqual(['CHANGELOG.md', 'package.json']);
    expect(guide.remoteFile('CHANGELOG.md')).toMatch(/^## \[1\.1\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- a feature/m);
    expect(guide.release('v1.1.0')).toMatchObject({
      name: 'v1.1.0',
      draft: false,
      prerelease: false,
      notes,
      files: [],
    });

    const after = guide.state();
    fake.forget();
    const again = await guide.vwmp('run', 'release');
    expectSuccess(again);
    expect(missingLines(example, 2, again.text)).toEqual([]);
    expect(again.text).toContain('outcome: released');
    expect([guide.state(), guide.writes()]).toEqual([after, []]);
  });

  it('stops before the first file where the token may not write', async () => {
    const guide = new GuideBench(fake);
    guide.take(example);
    const before = guide.state();
    fake.state.tokens.set(fake.adminToken, { kind: 'personal', push: false, admin: false });
    const { code, text } = await guide.vwmp('run', 'release');
    expect([code, guide.state()]).toEqual([1, before]);
    expect(text).toContain('the release would fail:');
  });

  it('on GitHub looks with a token that may only read, and releases what somebody chose', async () => {
    const guide = new GuideBench(fake);
    guide.take(example);
    const caller = exampleOf('release-by-hand', '.github/workflows/release.yml');
    const before = guide.state();
    const inputs = { increment: 'major' };

    const look = await guide.job(caller, { job: 'look', token: fake.readToken, inputs });
    expect([look.conclusion, guide.state(), guide.writes()], look.printed).toEqual(['success', before, []]);
    expect(look.summary).toContain('1.0.0 → 2.0.0');

    const job = await guide.job(caller, { job: 'release', token: fake.writeToken, inputs });
    expect([job.conclusion, job.outputs.get('version')], job.printed).toEqual(['success', '2.0.0']);
    expect(guide.bench.isReleased('v2.0.0')).toBe(true);
    expect(guide.bench.git('log', '-1', '--format=%an')).toBe('github-actions[bot]');
    expect(guide.release('v2.0.0')).toMatchObject({ draft: false, notes });
  });
});

describe('release on a tag', () => {
  const example = exampleOf('release-on-tag', 'workflows/release-on-tag.yml');
  const onTag = { GITHUB_REF: 'refs/tags/v1.1.0', GITHUB_REF_NAME: 'v1.1.0', GITHUB_REF_TYPE: 'tag' };
  const files = ['SHA256SUMS uploaded', 'tool-1.1.0.tar.gz uploaded'];

  /** Somebody raised the version and pushed a tag; the checkout of the job is detached. */
  function tagged(tag = 'v1.1.0'): GuideBench {
    const guide = new GuideBench(fake);
    const { bench } = guide;
    guide.take(example);
    bench.write('package.json', bench.read('package.json').replace('1.0.0', '1.1.0'));
    bench.save('chore(release): 1.1.0');
    bench.git('tag', '--annotate', '--message', `Release ${tag}`, tag);
    bench.git('push', '--quiet', 'origin', tag);
    bench.git('checkout', '--quiet', tag);
    return guide;
  }

  it('drafts, uploads and publishes in this order, and commits and pushes nothing', async () => {
    const guide = tagged();
    const refs = guide.remoteRefs();
    const plan = await guide.vwmp('plan', 'release-on-tag');
    expectSuccess(plan);
    expect(guide.writes()).toEqual([]);

    const run = await guide.vwmp('run', 'release-on-tag');
    expectSuccess(run);
    expect(missingLines(example, 0, plan.text + run.text)).toEqual([]);
    expect(guide.release('v1.1.0')).toMatchObject({ draft: false, prerelease: false, notes, files });
    expect(guide.writes().map((write) => write.split(' ')[0])).toEqual(['POST', 'POST', 'POST', 'PATCH']);
    expect(guide.remoteRefs()).toEqual(refs);
    expect(fake.state.releases.find(({ id }) => id === fake.state.latest)?.tag).toBe('v1.1.0');
  });

  it('as the job of a pushed tag makes the release, and changes nothing where the files are the same', async () => {
    const guide = tagged();
    const caller = exampleOf('release-on-tag', '.github/workflows/release-on-tag.yml');
    const job = { job: 'release', token: fake.writeToken, env: onTag };
    const first = await guide.job(caller, job);
    expect([first.conclusion, first.outputs.get('version')], first.printed).toEqual(['success', '1.1.0']);
    const after = guide.release('v1.1.0');
    expect(after).toMatchObject({ draft: false, files });

    fake.forget();
    guide.standard.cloneAnew();
    guide.bench.git('checkout', '--quiet', 'v1.1.0');
    const second = await guide.job(caller, job);
    expect([second.conclusion, guide.release('v1.1.0'), guide.writes()], second.printed).toEqual([
      'success',
      after,
      [],
    ]);
  });

  it('is a failure before anybody sees a release where the files say another version', async () => {
    const guide = tagged('v1.2.0');
    const { code, text } = await guide.vwmp('run', 'release-on-tag');
    expect([code, guide.writes()]).toEqual([1, []]);
    expect(text).toContain('the tag says 1.2.0, but package.json says 1.1.0');
  });
});

describe('several packages', () => {
  const example = exampleOf('monorepo', 'workflows/release.yml');
  const packages = {
    'packages/core/package.json': '{ "name": "core", "version": "1.0.0" }\n',
    'packages/cli/package.json': '{ "name": "cli", "version": "0.3.0" }\n',
  };
  const versionOf = (guide: GuideBench, name: string) =>
    (JSON.parse(guide.remoteFile(`packages/${name}/package.json`)) as { readonly version: string }).version;

  it.each(['@', '/v'])(
    'with tags like `core%s1.0.0` releases what has changed in one commit, and no more',
    async (between) => {
      const guide = new GuideBench(fake, packages);
      const { bench, standard } = guide;
      guide.take({ ...example, text: example.text.replaceAll('@{version}', `${between}{version}`) });
      for (const tag of [`core${between}1.0.0`, `cli${between}0.3.0`]) {
        bench.git('tag', '--annotate', '--message', tag, tag);
        bench.git('push', '--quiet', 'origin', tag);
      }
      standard.work('feat: something for core', 'packages/core/feature.js');
      standard.work('fix: a bug of cli', 'packages/cli/bug.js');
      const start = bench.git('rev-parse', 'HEAD');
      const plan = await guide.vwmp('plan', 'release');
      expectSuccess(plan);

      const run = await guide.vwmp('run', 'release');
      expectSuccess(run);
      expect(missingLines(example, 0, run.text)).toEqual([]);
      expect(bench.git('rev-parse', 'HEAD~1')).toBe(start);
      expect(bench.git('log', '-1', '--format=%s')).toBe(`chore(release): core${between}1.1.0, cli${between}0.3.1`);
      for (const tag of [`core${between}1.1.0`, `cli${between}0.3.1`]) expect(bench.isReleased(tag), tag).toBe(true);
      expect([versionOf(guide, 'core'), versionOf(guide, 'cli')]).toEqual(['1.1.0', '0.3.1']);
      expect(guide.remoteFile('packages/core/CHANGELOG.md')).toMatch(/1\.1\.0[\s\S]*### Added\n\n- something for core/);
      expect(guide.remoteFile('packages/core/CHANGELOG.md')).not.toContain('a bug of cli');
      expect(guide.remoteFile('packages/cli/CHANGELOG.md')).toMatch(/0\.3\.1[\s\S]*### Fixed\n\n- a bug of cli/);

      const after = guide.state();
      expectSuccess(await guide.vwmp('run', 'release'));
      expect(guide.state()).toEqual(after);

      standard.work('fix: another bug of cli', 'packages/cli/other.js');
      const core = guide.remoteFile('packages/core/CHANGELOG.md');
      expectSuccess(await guide.vwmp('run', 'release'));
      expect(bench.isReleased(`cli${between}0.3.2`)).toBe(true);
      expect([versionOf(guide, 'core'), guide.remoteFile('packages/core/CHANGELOG.md')]).toEqual(['1.1.0', core]);
    },
  );

  it('has a release on GitHub for each that was released, and completes them at a second start', async () => {
    const guide = new GuideBench(fake, packages);
    const { bench, standard } = guide;
    const step = snippetsOf('monorepo').find((snippet) => snippet.includes('github.release')) ?? '';
    const steps = `${step}${step.replaceAll('core', 'cli')}`.replaceAll(/^(?=.)/gm, '  ');
    guide.take({ ...example, text: example.text.replace('\noutputs:', `\n${steps}\noutputs:`) });
    for (const tag of ['core@1.0.0', 'cli@0.3.0']) bench.git('tag', tag);
    bench.git('push', '--quiet', '--tags', 'origin');
    standard.work('feat: something for core', 'packages/core/feature.js');
    standard.work('fix: a bug of cli', 'packages/cli/bug.js');
    expectSuccess(await guide.vwmp('run', 'release', '--skip', 'release-cli'));
    standard.cloneAnew();
    expectSuccess(await guide.vwmp('run', 'release'));
    standard.work('fix: another bug of cli', 'packages/cli/other.js');
    expectSuccess(await guide.vwmp('run', 'release'));
    const released = fake.state.releases.map(({ tag, draft, body }) => [
      tag,
      draft,
      body?.replaceAll(/ \([0-9a-f]{7,}\)/g, ''),
    ]);
    expect(released).toEqual([
      ['v1.0.0', false, ''],
      ['core@1.1.0', false, '### Added\n\n- something for core'],
      ['cli@0.3.1', false, '### Fixed\n\n- a bug of cli'],
      ['cli@0.3.2', false, '### Fixed\n\n- another bug of cli'],
    ]);
  });

  it('raises what the other package and the lock file ask for', async () => {
    const asking = { '@acme/core': '^1.0.0' };
    const guide = new GuideBench(fake, {
      ...packages,
      'packages/cli/package.json': `${JSON.stringify({ name: '@acme/cli', version: '0.3.0', dependencies: asking })}\n`,
      'package-lock.json': `${JSON.stringify({ lockfileVersion: 3, packages: { 'packages/cli': { dependencies: asking } } })}\n`,
    });
    const step = snippetsOf('monorepo').find((snippet) => snippet.includes('range: true')) ?? '';
    const plain = /^ {2}- id: bump-core\n(?: {4}.*\n)+/m.exec(example.text)?.[0] ?? 'none';
    guide.take({ ...example, text: example.text.replace(plain, step.replaceAll(/^(?=.)/gm, '  ')) });
    for (const tag of ['core@1.0.0', 'cli@0.3.0']) guide.bench.git('tag', tag);
    guide.bench.git('push', '--quiet', '--tags', 'origin');
    guide.standard.work('feat!: another core', 'packages/core/feature.js');
    expectSuccess(await guide.vwmp('run', 'release'));
    expect([versionOf(guide, 'core'), versionOf(guide, 'cli')]).toEqual(['2.0.0', '0.3.0']);
    for (const path of ['packages/cli/package.json', 'package-lock.json']) {
      expect(guide.remoteFile(path)).toContain('"dependencies":{"@acme/core":"^2.0.0"}');
    }
    const after = guide.state();
    expectSuccess(await guide.vwmp('run', 'release'));
    expect(guide.state()).toEqual(after);
  });

  it('with one version for all raises both files, also where they said something else', async () => {
    const guide = new GuideBench(fake, packages);
    guide.take(exampleOf('monorepo', 'workflows/fixed.yml'));
    expectSuccess(await guide.vwmp('plan', 'fixed'));
    const run = await guide.vwmp('run', 'fixed');
    expectSuccess(run);
    expect([versionOf(guide, 'core'), versionOf(guide, 'cli')]).toEqual(['1.1.0', '1.1.0']);
    expect(guide.bench.isReleased('v1.1.0')).toBe(true);
  });
});

/** npm as far as the pages use it: a registry that can be shut, in a folder. */
const npm = `case "$1" in
  view) grep -qx "$2" "$WORLD/published" 2>/dev/null ;;
  version) sed -i "s/\\"version\\": \\"[^\\"]*\\"/\\"version\\": \\"$2\\"/" package.json ;;
  publish) test -e "$WORLD/open" && echo "$NODE_AUTH_TOKEN" >> "$WORLD/tokens" && sed -n 's/.*"version": "\\(.*\\)".*/tool@\\1/p' package.json >> "$WORLD/published" ;;
  run) exit 0 ;;
  *) exit 64 ;;
esac`;

function published({ world }: GuideBench): readonly string[] {
  const path = join(world, 'published');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

function openRegistry({ world }: GuideBench): void {
  writeFileSync(join(world, 'open'), '');
}

describe('a release that breaks after the push', () => {
  const example = exampleOf('when-a-release-breaks', 'workflows/release.yml');

  async function broken(): Promise<{ readonly guide: GuideBench; readonly start: string }> {
    const guide = new GuideBench(fake);
    guide.program('npm', npm);
    guide.take(example);
    const start = guide.bench.git('rev-parse', 'HEAD');
    expectSuccess(await guide.vwmp('plan', 'release'));
    expect((await guide.vwmp('run', 'release')).code).toBe(1);
    expect(guide.bench.isReleased('v1.1.0')).toBe(true);
    expect(published(guide)).toEqual([]);
    return { guide, start };
  }

  it.each([
    ['the same clone', () => {}],
    ['a fresh clone', ({ standard }: GuideBench) => standard.cloneAnew()],
    [
      'a re-run of the job, at the commit from before',
      ({ bench, standard }: GuideBench, start: string) => {
        standard.cloneAnew();
        bench.git('reset', '--quiet', '--hard', start);
      },
    ],
  ] as const)('is finished by a second start in %s, and by a third one nothing is done twice', async (_, move) => {
    const { guide, start } = await broken();
    const refs = guide.remoteRefs();
    move(guide, start);
    openRegistry(guide);

    const again = await guide.vwmp('run', 'release');
    expectSuccess(again);
    expect(missingLines(example, 0, again.text)).toEqual([]);
    expectSuccess(await guide.vwmp('run', 'release'));
    expect([guide.remoteRefs(), published(guide)]).toEqual([refs, ['tool@1.1.0']]);
  });

  it('is finished from its tag where somebody pushed after it', async () => {
    const { guide } = await broken();
    const { bench, standard } = guide;
    standard.pushFromElsewhere('docs: a word');
    const refs = guide.remoteRefs();
    standard.cloneAnew();
    openRegistry(guide);
    const usual = await guide.vwmp('run', 'release');
    expectSuccess(usual);
    expect([usual.text.includes('outcome: nothing'), published(guide)]).toEqual([true, []]);

    bench.git('checkout', '--quiet', 'v1.1.0');
    expectSuccess(await guide.vwmp('run', 'release', '--only', 'bump,publish'));
    expect([guide.remoteRefs(), published(guide)]).toEqual([refs, ['tool@1.1.0']]);
  });

  it.each([
    ['', () => {}],
    [' also after somebody pushed', ({ standard }: GuideBench) => standard.pushFromElsewhere('docs: a word')],
  ] as const)('goes on with `vwmp resume`%s', async (_, meanwhile) => {
    const { guide } = await broken();
    meanwhile(guide);
    openRegistry(guide);
    expectSuccess(await guide.vwmp('resume', await guide.newestRun()));
    expect(published(guide)).toEqual(['tool@1.1.0']);
  });

  it('is taken back by `vwmp rollback`, on the remote too', async () => {
    const { guide, start } = await broken();
    expectSuccess(await guide.vwmp('rollback', await guide.newestRun()));
    const refs = guide.remoteRefs();
    expect([refs['refs/heads/main'], refs['refs/tags/v1.1.0']]).toEqual([start, undefined]);
    expect(guide.bench.git('rev-parse', 'HEAD')).toBe(start);
    expect(guide.bench.git('status', '--porcelain')).toBe('');
  });
});

describe('rollback', () => {
  const example = exampleOf('rollback', 'workflows/release.yml');
  const scripts = {
    'scripts/image.sh': '#!/bin/sh\necho "$1 $2" >> "$WORLD/images"\n',
    'scripts/deploy.sh': '#!/bin/sh\ntest -e "$WORLD/open"\n',
  };

  it('takes everything back when the last step fails, also by the step’s own rollback', async () => {
    const guide = new GuideBench(fake, scripts);
    guide.take(example);
    const before = guide.state();
    expectSuccess(await guide.vwmp('plan', 'release'));

    const run = await guide.vwmp('run', 'release');
    expect(run.code).toBe(1);
    expect(missingLines(example, 0, run.text)).toEqual([]);
    expect(guide.state()).toEqual(before);
    expect(readFileSync(join(guide.world, 'images'), 'utf8')).toBe('push 1.1.0\ndelete 1.1.0\n');

    openRegistry(guide);
    expectSuccess(await guide.vwmp('run', 'release'));
    expect(guide.bench.isReleased('v1.1.0')).toBe(true);
  });

  it('of named steps leaves the others, and says what somebody else has changed since', async () => {
    const guide = new GuideBench(fake, scripts);
    const { bench } = guide;
    guide.take(example);
    openRegistry(guide);
    const start = bench.git('rev-parse', 'HEAD');
    expectSuccess(await guide.vwmp('run', 'release'));
    const run = await guide.newestRun();
    expectSuccess(await guide.vwmp('rollback', run, '--only', 'push,tag'));
    expect([bench.onRemote('refs/heads/main'), bench.onRemote('refs/tags/v1.1.0')]).toEqual([start, '']);
    expect([bench.git('tag', '--list', 'v1.1.0'), bench.git('log', '-1', '--format=%s')]).toEqual([
      '',
      'chore(release): 1.1.0',
    ]);
  });

  it('leaves a branch on which others have built, with what stands on it, and exits with 1', async () => {
    const guide = new GuideBench(fake, scripts);
    guide.take(example);
    openRegistry(guide);
    expectSuccess(await guide.vwmp('run', 'release'));
    const run = await guide.newestRun();
    guide.standard.pushFromElsewhere('fix: on top');
    const refs = guide.remoteRefs();
    const { code, text } = await guide.vwmp('rollback', run);
    expect([code, guide.remoteRefs()]).toEqual([1, refs]);
    expect(missingLines(example, 1, text)).toEqual([]);
    expect(guide.bench.git('log', '-1', '--format=%s')).toBe('chore(release): 1.1.0');
  });
});

describe('coming from semantic-release', () => {
  const example = exampleOf('coming-from-other-release-tools', 'workflows/from-semantic-release.yml');

  it('releases by commits, commits nothing, and publishes at a second start what the first one could not', async () => {
    const guide = new GuideBench(fake);
    const { bench } = guide;
    guide.program('npm', npm);
    guide.take(example);
    const start = bench.git('rev-parse', 'HEAD');
    const args = ['from-semantic-release', '--secrets-file', secretsOf(guide)];
    expectSuccess(await guide.vwmp('plan', ...args));
    expect((await guide.vwmp('run', ...args)).code).toBe(1);
    expect([bench.git('rev-parse', 'HEAD'), bench.isReleased('v1.1.0')]).toEqual([start, true]);
    expect(bench.git('status', '--porcelain')).toBe('');

    openRegistry(guide);
    expectSuccess(await guide.vwmp('run', ...args));
    expect(published(guide)).toEqual(['tool@1.1.0']);
    expect(guide.release('v1.1.0')).toMatchObject({ draft: false, notes: expect.stringContaining('a feature') });
    const after = guide.state();
    expectSuccess(await guide.vwmp('run', ...args));
    expect([guide.state(), published(guide)]).toEqual([after, ['tool@1.1.0']]);
  });

  it('as the job of a push gives the registry its token, and needs nobody’s name', async () => {
    const guide = new GuideBench(fake);
    guide.program('npm', npm);
    openRegistry(guide);
    guide.take(example);
    const caller = exampleOf('coming-from-other-release-tools', '.github/workflows/from-semantic-release.yml');
    const secrets = { NPM_TOKEN: 'npm_0123456789abcdef' };
    const job = await guide.job(caller, { job: 'release', token: fake.writeToken, secrets });
    expect([job.conclusion, job.outputs.get('version')], job.printed).toEqual(['success', '1.1.0']);
    expect([guide.bench.isReleased('v1.1.0'), published(guide)]).toEqual([true, ['tool@1.1.0']]);
    expect(readFileSync(join(guide.world, 'tokens'), 'utf8')).toBe('npm_0123456789abcdef\n');
  });

  it('is green and makes nothing where the commits ask for no release', async () => {
    const guide = new GuideBench(fake);
    const { bench } = guide;
    guide.program('npm', npm);
    guide.take(example);
    bench.git('tag', 'v1.1.0');
    bench.git('push', '--quiet', 'origin', 'v1.1.0');
    guide.standard.work('docs: a word', 'words.txt');
    const before = guide.state();
    const run = await guide.vwmp('run', 'from-semantic-release', '--secrets-file', secretsOf(guide));
    expectSuccess(run);
    expect(run.text).toContain('outcome: nothing');
    expect([guide.state(), published(guide)]).toEqual([before, []]);
  });

  it('makes 1.0.0 where nothing was ever released', async () => {
    const guide = new GuideBench(fake);
    const { bench } = guide;
    guide.program('npm', npm);
    openRegistry(guide);
    guide.take(example);
    bench.git('push', '--quiet', '--delete', 'origin', 'v1.0.0');
    bench.git('tag', '--delete', 'v1.0.0');
    fake.state.releases.splice(0);
    expectSuccess(await guide.vwmp('run', 'from-semantic-release', '--secrets-file', secretsOf(guide)));
    expect(bench.isReleased('v1.0.0')).toBe(true);
  });
});

function secretsOf(guide: GuideBench): string {
  const path = join(guide.world, 'secrets.yml');
  writeFileSync(path, 'NODE_AUTH_TOKEN: npm_0123456789abcdef\n');
  return path;
}

describe('coming from release-it', () => {
  const example = exampleOf('coming-from-other-release-tools', 'workflows/from-release-it.yml');

  it('raises the part that somebody named, with tags that are plain versions', async () => {
    const guide = new GuideBench(fake);
    const { bench } = guide;
    guide.take(example);
    expectSuccess(await guide.vwmp('plan', 'from-release-it', '--increment', 'minor'));
    expectSuccess(await guide.vwmp('run', 'from-release-it', '--increment', 'minor'));
    expect(bench.git('log', '-1', '--format=%s')).toBe('Release 1.1.0');
    expect(bench.isReleased('1.1.0')).toBe(true);
    expect(guide.remoteFile('CHANGELOG.md')).toContain('a feature');
    expect(guide.release('1.1.0')).toMatchObject({ name: 'Release 1.1.0', draft: false, prerelease: false });
  });

  it('makes a pre-release of the name that somebody gives', async () => {
    const guide = new GuideBench(fake);
    guide.take(example);
    expectSuccess(await guide.vwmp('run', 'from-release-it', '--increment', 'major', '--preid', 'beta'));
    expect(guide.bench.isReleased('2.0.0-beta.1')).toBe(true);
    expect(guide.release('2.0.0-beta.1')).toMatchObject({ draft: false, prerelease: true });
    expect(fake.state.releases.find(({ id }) => id === fake.state.latest)?.tag).toBe('v1.0.0');
  });

  it('touches nothing where something is not committed', async () => {
    const guide = new GuideBench(fake);
    guide.take(example);
    guide.bench.write('src/main.js', 'half done\n');
    const before = guide.state();
    expect((await guide.vwmp('run', 'from-release-it')).code).toBe(1);
    expect(guide.state()).toEqual(before);
  });
});

describe('coming from changesets', () => {
  it('moves what people wrote under the version, and adds nothing of its own', async () => {
    const guide = new GuideBench(fake, {
      'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A word for the people who use it.\n',
      'packages/core/package.json': '{ "name": "core", "version": "1.0.0" }\n',
      'packages/cli/package.json': '{ "name": "cli", "version": "1.0.0" }\n',
    });
    const { bench } = guide;
    guide.take(exampleOf('coming-from-other-release-tools', 'workflows/from-changesets.yml'));
    expectSuccess(await guide.vwmp('plan', 'from-changesets', '--increment', 'minor'));
    expectSuccess(await guide.vwmp('run', 'from-changesets', '--increment', 'minor'));
    expect(bench.isReleased('v1.1.0')).toBe(true);
    expect(guide.changedOnRemote()).toEqual([
      'CHANGELOG.md',
      'packages/cli/package.json',
      'packages/core/package.json',
    ]);
    expect(guide.remoteFile('CHANGELOG.md').replaceAll(/\d{4}-\d\d-\d\d/g, 'DATE')).toBe(
      '# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - DATE\n\n### Added\n\n- A word for the people who use it.',
    );
    expect(guide.release('v1.1.0')).toMatchObject({
      draft: false,
      notes: '### Added\n\n- A word for the people who use it.',
    });
  });
});
