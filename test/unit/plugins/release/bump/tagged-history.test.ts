import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import gitPlugin from '../../../../../plugins/git/index.ts';
import { versionBump } from '../../../../../plugins/release/version-bump.ts';
import type { JsonMap } from '../../../../../src/plugin-api/index.ts';
import { pluginContext } from '../../../../rigs/plugin-context.ts';
import { TempFolder } from '../../../../rigs/temp-folder.ts';
import { decidedVersion, now } from './decided-version.ts';

const folders: TempFolder[] = [];
afterEach(() => {
  for (const made of folders.splice(0)) made.remove();
});

const adapters = gitPlugin.adapters ?? {};

/** A commit for each list of tags, and one more. */
function repository(ages: readonly (readonly string[])[], files: { readonly [path: string]: string } = {}): TempFolder {
  const at = new TempFolder(files);
  folders.push(at);
  at.git('init', '--quiet', '--initial-branch', 'main');
  at.git('add', '--all');
  for (const tags of ages) {
    at.git('commit', '--quiet', '--allow-empty', '--message', 'fix: some');
    for (const tag of tags) at.git('tag', tag);
  }
  at.git('commit', '--quiet', '--allow-empty', '--message', 'fix: more');
  return at;
}

/** The tag that would be made, or what stops it. */
async function tagOf(at: TempFolder, config: JsonMap): Promise<string> {
  const usual = { increment_type: 'patch', version_file: '' };
  const outcome = await versionBump.execute(pluginContext(at.path, { adapters, now, config: { ...usual, ...config } }));
  return outcome.kind === 'success' ? String(outcome.outputs.tag_name) : outcome.kind;
}

describe('a version that tags alone tell', () => {
  it.each([
    [['v9.1.0', 'v9.0.0', 'v10.0.0'], {}, 'v10.0.1'],
    [['v9.0.0', 'v9.1.0', 'v10.0.0.0'], {}, 'v10.0.0.1'],
    [['v1.9.0', 'v1.10.0.1'], {}, 'v1.10.0.2'],
    [['v0.9.2', 'v0.10.0rc1'], {}, 'v0.10.0'],
    [['v0.9.2', 'v0.10.0rc1'], { prerelease: 'rc', increment_type: 'minor' }, 'v0.10.0rc2'],
    [['v1', 'v1.2', 'v1.2.3', 'v0.1'], {}, 'v1.2.4'],
    [['v1.2.3', '2023-04-01'], {}, 'v1.2.4'],
    [['pkg-a@2.0.0'], { tag_template: { template: ['pkg-b@', { name: 'version', otherwise: null }] } }, 'pkg-b@0.1.0'],
    [['nightly'], {}, 'v0.1.0'],
    [[], { prerelease: 'rc' }, 'v0.1.0-rc.1'],
    [[], { scheme: 'pep440', prerelease: 'rc', build: 'x.1' }, 'v0.1.0rc1+x.1'],
    [[], { scheme: { name: 'calver', format: 'YYYY.0M.MICRO' }, increment_type: 'auto' }, 'v2026.11.0'],
    [['release-1.1.0'], { version: '0.1.0' }, 'v0.1.0'],
  ])('after %j with %j is %s', async (tags, config, expected) => {
    expect(await tagOf(repository([tags]), config)).toBe(expected);
  });

  it.each([
    [['v9.1.0', 'v10.0'], {}, '`10.0` is nothing but 2 numbers'],
    [['v1.0.0', 'v2.0'], {}, '`2.0` is nothing but 2 numbers'],
    [['v1.9.0', 'v1.10.0.1'], { scheme: 'semver' }, '`v1.10.0.1` looks newer than `v1.9.0`'],
    [['v1.2.3', '2.0'], {}, '`2.0` looks newer than `v1.2.3`'],
    [['release-1.1.0'], {}, 'set `tag_template`'],
    [['V1.1.0'], {}, 'set `tag_template`'],
    [['rel/1.3.0', 'mypkg@1.1.0'], {}, '(`mypkg@1.1.0`, `rel/1.3.0`)'],
    [[], { scheme: 'parts' }, 'set `initial_version`'],
  ])('is not made up after %j with %j', async (tags, config, message) => {
    await expect(tagOf(repository([tags]), config)).rejects.toThrow(message);
  });

  it('is not stopped by tags of an age when releases were numbered otherwise', async () => {
    const at = repository([['v2021.01.01'], ['v1.2.3']]);
    expect(await tagOf(at, { scheme: 'semver' })).toBe('v1.2.4');
  });
});

describe('a version in a file beside tags of which none counts', () => {
  const core = { tag_template: { template: ['core@', { name: 'version', otherwise: null }] } };
  const files = { VERSION: '8.9.1\n', DESCRIPTION: 'Package: x\nVersion: 1.2.3.9000\n' };
  const at = (tags: readonly string[]) => repository([tags], files);
  const auto = { increment_type: 'auto', version_file: 'VERSION' };
  const warning = 'there are tags that look like versions';

  it.each<[string, readonly string[], JsonMap, string]>([
    [
      'the version of the file in another shape',
      ['release-8.9.1', 'release-8.9.0'],
      {},
      'of another shape than `v{version}` (`release-8.9.1`), and VERSION says 8.9.1, so nobody knows which commits came since the last release: set `tag_template: release-{version}`, tag its commit as `v{version}` (git tag v8.9.1 release-8.9.1^{}; git push origin v8.9.1), or',
    ],
    [
      'it with other signs',
      ['curl-8_9_1', 'curl-8_9_0'],
      {},
      'the last release: tag its commit as `v{version}` (git tag v8.9.1 curl-8_9_1^{};',
    ],
    [
      'what is no version of the scheme',
      ['v1.2.3', 'v1.2.2'],
      { version_file: 'DESCRIPTION' },
      '(`v1.2.3`, `v1.2.2`), and DESCRIPTION says 1.2.3.9000, so nobody knows which commits came since the last release: set `scheme` to one that reads tags and file, tag its commit as `v{version}` (git tag v1.2.3.0 v1.2.3^{};',
    ],
    ['the version of the package', ['core@8_9'], core, 'git tag core@8.9.0 core@8_9^{}'],
  ])('is not raised by all commits where one says %s', async (_, tags, config, message) => {
    await expect(tagOf(at(tags), { ...auto, ...config })).rejects.toThrow(message);
  });

  it.each<[string, readonly string[], JsonMap]>([
    ['of other packages', ['cli@8.9.1', 'web-v8.9.1'], core],
    ['that are no versions', ['nightly', 'latest', 'v8', 'deploy-2024-01-01', 'deploy-2024.01.01', '2024.01.01'], {}],
  ])('is raised without a word beside tags %s', async (_, tags, config) => {
    const { outcome } = await decidedVersion(at(tags), { ...auto, ...config }, 'few');
    expect(outcome).toMatchObject({ outputs: { new_version: '8.9.2' }, findings: [] });
  });

  it.each<[string, readonly string[], JsonMap]>([
    ['where a part is asked for', ['release-8.9.1'], { increment_type: 'patch' }],
    ['where they say another version', ['release-8.9.0'], {}],
    ['where they name a package', ['cli@8.9.1'], {}],
    ['where a package begins to have tags of its own', ['v8.9.1'], core],
  ])('is raised with a warning %s', async (_, tags, config) => {
    const { outcome } = await decidedVersion(at(tags), { ...auto, ...config }, 'few');
    const findings = [{ level: 'warning', message: expect.stringContaining(warning) }];
    expect(outcome).toMatchObject({ outputs: { new_version: '8.9.2' }, findings });
  });

  it('is not raised by all commits in a clone that lacks them', async () => {
    const clone = new TempFolder();
    folders.push(clone);
    clone.git('clone', '--quiet', '--no-tags', `file://${at(['release-8.9.1']).path}`, '.');
    await expect(tagOf(clone, auto)).rejects.toThrow('git tag v8.9.1 release-8.9.1^{}');
  });

  it('is raised by the commits after a tag that counts, with no process more for the others', async () => {
    const folder = at(['release-8.9.1', 'v8.9.1', 'v8.9']);
    const { outcome, listed } = await decidedVersion(folder, auto, 'few');
    expect(outcome).toMatchObject({ outputs: { new_version: '8.9.2', previous_tag: 'v8.9.1' }, findings: [] });
    expect(listed).toBe(1);
  });
});

describe('a version with two tags', () => {
  it.each<[string, readonly (readonly string[])[], string]>([
    ['where the other one is older', [['v1.0.0'], ['1.1.0'], ['v1.1.0']], 'v1.1.0'],
    ['where the other one is newer', [['v1.0.0'], ['v1.1.0'], ['1.1.0']], 'v1.1.0'],
    ['where both stand on one commit', [['v1.0.0'], ['1.1.0', 'v1.1.0']], 'v1.1.0'],
    ['unless there is the other one alone', [['v1.0.0'], ['1.1.0']], '1.1.0'],
  ])('is counted from the one that fits the template %s', async (_, ages, previous) => {
    const at = repository(ages, { VERSION: '1.1.0\n' });
    for (const increment_type of ['auto', 'patch']) {
      const { outcome } = await decidedVersion(at, { increment_type }, 'few');
      expect(outcome).toMatchObject({ outputs: { new_version: '1.1.1', previous_tag: previous } });
    }
  });

  it('is not released by the other one on the newest commit', async () => {
    const at = repository([['v1.0.0'], ['v1.1.0']], { VERSION: '1.1.0\n' });
    at.git('tag', '1.1.0');
    const { outcome } = await decidedVersion(at, { increment_type: 'patch' }, 'few');
    expect(outcome).toMatchObject({ outputs: { outcome: 'new', new_version: '1.1.1' } });
  });
});

describe('a release that ends with a commit that opens the next version', () => {
  const released = (...after: readonly string[]) => {
    const at = repository([['v1.3.0']], { 'pom.xml': pom('1.4.0-SNAPSHOT') });
    const commit = (message: string) => at.git('commit', '--quiet', '--all', '--allow-empty', '--message', message);
    at.write('pom.xml', pom('1.4.0'));
    commit('chore(release): 1.4.0');
    at.git('tag', 'v1.4.0');
    for (const message of after) commit(message);
    at.write('pom.xml', pom('1.5.0-SNAPSHOT'));
    commit('chore(release): open the next version');
    return at;
  };
  const pom = (version: string) => `<project><artifactId>a</artifactId><version>${version}</version></project>\n`;
  const config = { version_file: 'pom.xml', increment_type: 'release' };

  it.each([{}, { increment_type: 'patch' }, { increment_type: 'auto' }, { prerelease: 'rc' }])(
    'is found by the next start: %j',
    async (more) => {
      const { outcome } = await decidedVersion(released(), { ...config, ...more }, 'few');
      expect(outcome).toMatchObject({ outputs: { outcome: 'nothing', previous_tag: 'v1.4.0' } });
    },
  );

  it('is found on a detached head', async () => {
    const at = released();
    at.git('checkout', '--quiet', '--detach');
    expect((await decidedVersion(at, config, 'few')).outcome).toMatchObject({ outputs: { outcome: 'nothing' } });
  });

  it.each<[string, JsonMap, readonly string[]]>([
    ['after a change', {}, ['fix: a bug']],
    ['after a commit that is not conventional', {}, ['Mend it']],
    ['where an empty one is allowed', { allow_empty: true }, []],
  ])('is followed by another one %s', async (_, more, after) => {
    const { outcome } = await decidedVersion(released(...after), { ...config, ...more }, 'few');
    expect(outcome).toMatchObject({ outputs: { outcome: 'new', new_version: '1.5.0' } });
  });

  it('is looked for among commits only where the newest one is of a release', async () => {
    const at = released();
    expect((await decidedVersion(at, config, 'few')).ranges).toEqual(['refs/tags/v1.4.0..HEAD']);
    at.git('commit', '--quiet', '--allow-empty', '--message', 'fix: a bug');
    expect((await decidedVersion(at, config, 'few')).ranges).toEqual([]);
  });
});

describe('the scheme of a version in a file', () => {
  const pyproject = '[project]\nversion = "1.4.0"\n';
  it.each([
    [{ VERSION: '1.3.0\n' }, ['v1.4.0rc1'], { increment_type: 'minor', prerelease: 'rc' }, 'v1.4.0rc2'],
    [{ 'pyproject.toml': pyproject }, ['v1.4.0'], { increment_type: 'minor', prerelease: 'rc' }, 'v1.5.0rc1'],
    [{ 'pyproject.toml': pyproject }, ['v1.4.0-rc.1'], { increment_type: 'minor', prerelease: 'rc' }, 'v1.5.0-rc.1'],
    [{ 'pyproject.toml': pyproject }, [], {}, 'v1.4.1'],
    [{ 'package.json': '{"version": "1.4.0"}' }, ['v0.1.0rc1'], { prerelease: 'rc' }, 'v1.4.1-rc.1'],
    [
      { VERSION: '1.29.0\n' },
      ['v1.9.0rc1', ...Array.from({ length: 19 }, (_, at) => `v1.${at + 11}.0`)],
      { increment_type: 'minor', prerelease: 'rc' },
      'v1.30.0rc1',
    ],
    [{ VERSION: '2.3.4\n' }, ['v1.0-beta'], { prerelease: 'rc' }, 'v2.3.5-rc.1'],
    [
      { VERSION: '2026.10.12\n' },
      ['v2026.09.01', 'v2026.10.12'],
      { increment_type: 'auto', rules: { '*': 'patch' } },
      'v2026.11.28',
    ],
  ])('in %j is told by the tags %j, too', async (files, tags, config, expected) => {
    const at = repository([tags], files);
    expect(await tagOf(at, { version_file: Object.keys(files)[0] ?? '', ...config })).toBe(expected);
  });

  it('makes no date of tomorrow', async () => {
    const tags = ['v2026.09.01', 'v2026.10.12', 'v2026.11.28'];
    const at = repository([tags], { VERSION: '2026.11.28\n' });
    await expect(tagOf(at, { version_file: 'VERSION', increment_type: 'auto' })).rejects.toThrow('is of today');
  });
});

/** Adds a pack of that many objects. */
function fill(at: TempFolder, count: number): void {
  const stream = Array.from({ length: count }, (_, number) => `blob\ndata 6\n${String(number).padStart(6, '0')}\n`);
  const env = { PATH: process.env.PATH ?? '' };
  execFileSync('git', ['-c', 'fastimport.unpackLimit=0', 'fast-import', '--quiet'], {
    cwd: at.path,
    env,
    input: stream.join(''),
  });
}

const many = <T>(made: (at: number) => T) => Array.from({ length: 30 }, (_, at) => made(at));

describe('a version in a repository of which git tells nothing', () => {
  it('is not raised where there is no git to ask', async () => {
    const at = repository([['v1.0.0']], { VERSION: '1.0.0\n' });
    const config = { version_file: 'VERSION', increment_type: 'patch' };
    const context = pluginContext(at.path, { adapters, now, config, env: { PATH: '/nonexistent' } });
    await expect(versionBump.execute(context)).rejects.toThrow('git cannot be started');
    expect(at.read('VERSION')).toBe('1.0.0\n');
  });
});

describe('a long history', () => {
  const releases = many((minor) => [`v1.${minor}.0`]);
  /** Tags on commits that head is not built on. */
  const beside = (at: TempFolder, tags: readonly string[]) => {
    at.git('checkout', '--quiet', '--detach');
    at.git('commit', '--quiet', '--allow-empty', '--message', 'feat: elsewhere');
    for (const tag of tags) at.git('tag', tag);
    at.git('checkout', '--quiet', 'main');
  };

  it.each<[string, readonly (readonly string[])[], string, JsonMap, (at: TempFolder) => void]>([
    ['of a plain line of releases', releases, '1.29.0', {}, () => {}],
    ['whose newest releases are on another branch', releases, '1.29.0', {}, (at) => beside(at, ['v2.0.0', 'v2.1.0'])],
    [
      'with many releases on another branch',
      releases,
      '1.29.0',
      {},
      (at) =>
        beside(
          at,
          many((n) => `v2.${n}.0`),
        ),
    ],
    [
      'whose own tags tell another scheme than those of another branch',
      [['v1.2.0'], ['v1.3.0'], ['v1.4.0rc1']],
      '1.3.0',
      { increment_type: 'minor', prerelease: 'rc' },
      (at) =>
        beside(
          at,
          many((n) => `v2.${n}.0`),
        ),
    ],
    ['whose file lags behind', releases, '0.0.0', {}, () => {}],
    ['whose file says what an old tag says', releases, '1.2.0', {}, () => {}],
    ['whose file has gone ahead', releases, '1.30.0', {}, () => {}],
    ['that ends in pre-releases', [...releases, many((n) => `v1.30.0-rc.${n}`)], '1.29.0', {}, () => {}],
    ['that goes on with a pre-release', [...releases, ['v1.30.0-rc.1']], '1.30.0-rc.1', { prerelease: 'rc' }, () => {}],
    ['with an old tag on head', releases, '1.29.0', {}, (at) => at.git('tag', '--force', 'v1.3.0')],
    ['whose head is released', releases, '1.30.0', {}, (at) => at.git('tag', 'v1.30.0')],
    ['whose oldest releases were of another scheme', [many((n) => `2019.${n}`), ...releases], '1.29.0', {}, () => {}],
    ['whose tags are named in two ways', [...releases, ['1.30.0'], ['1.31.0']], '1.31.0', {}, () => {}],
    ['with tags of packages', [many((n) => `pkg@9.${n}.0`), ...releases], '1.29.0', {}, () => {}],
    ['of few releases', releases.slice(0, 3), '1.2.0', {}, () => {}],
    ['of calendar versions', many((n) => [`v2024.${n + 1}.0`]), '2024.30.0', {}, () => {}],
  ])('%s is decided by the newest tags as by all', async (_, ages, version, config, change) => {
    const files = { VERSION: `${version}\n`, 'package.json': `{ "version": "${version}" }\n` };
    const at = repository(ages, files);
    change(at);
    for (const packed of [false, true]) {
      if (packed) at.git('pack-refs', '--all');
      for (const file of Object.keys(files)) {
        const own = { version_file: file, ...config };
        const [few, all] = [await decidedVersion(at, own, 'few'), await decidedVersion(at, own, 'all')];
        expect(few.outcome).toEqual(all.outcome);
      }
    }
  });

  it.each<[string, JsonMap, (at: TempFolder) => void, number, readonly string[]]>([
    ['for no tag where the commits after its release tell enough', {}, () => {}, 0, []],
    ['for none where a newer tag stands among them', {}, (at) => at.git('tag', 'v1.30.0-rc.1'), 0, []],
    [
      'for three releases where no commits are read',
      { increment_type: 'patch' },
      () => {},
      1,
      ['v1.29.0', 'v1.28.0', 'v1.27.0'],
    ],
    [
      'for newer ones too that stand elsewhere',
      {},
      (at) => beside(at, ['v2.0.0']),
      1,
      ['v2.0.0', 'v1.29.0', 'v1.28.0', 'v1.27.0'],
    ],
    [
      'for all where somebody has taken the version in it back',
      {},
      (at) => at.write('package.json', '{ "version": "1.3.0" }\n'),
      1,
      [''],
    ],
    [
      'where head may be a release itself',
      {},
      (at) => at.git('commit', '--quiet', '--allow-empty', '--message', 'chore: 1.29.0 is out'),
      1,
      ['v1.29.0', 'v1.28.0', 'v1.27.0'],
    ],
  ])('whose file tells the scheme is asked %s', async (_, config, change, processes, tags) => {
    const at = repository(releases, { 'package.json': '{ "version": "1.29.0" }\n' });
    change(at);
    at.git('pack-refs', '--all');
    const { asked, listed } = await decidedVersion(at, { version_file: 'package.json', ...config }, 'few');
    expect([listed, asked]).toEqual([processes, tags.map((tag) => `refs/tags/${tag}`)]);
  });

  it.each([
    ['packed tags', (at: TempFolder) => void at.git('pack-refs', '--all'), 1],
    ['loose tags and many objects', (at: TempFolder) => fill(at, 40_000), 2],
  ])('is not walked to its beginning in a repository with %s', async (_, prepare, processes) => {
    const at = repository(releases, { VERSION: '1.29.0\n' });
    prepare(at);
    const { asked, listed } = await decidedVersion(at, {}, 'few');
    expect(asked).toContain('refs/tags/v1.29.0');
    expect(asked).not.toContain('refs/tags/v1.0.0');
    expect(listed).toBe(processes);
  });

  it.each([
    ['the file says the newest release', '1.29.0', ['v1.29.0']],
    ['the file says an older one', '1.2.0', ['v1.2.0', 'v1.29.0']],
    ['what the file says was not released', '1.30.0', ['v1.30.0', 'v1.29.0']],
  ])(
    'is read from the release that the file says, and anew where that is not the one: %s',
    async (_, version, since) => {
      const { ranges } = await decidedVersion(repository(releases, { VERSION: `${version}\n` }), {}, 'few');
      expect(ranges).toEqual(since.map((tag) => `refs/tags/${tag}..HEAD`));
    },
  );

  it('that is short costs one process for loose tags, too', async () => {
    const { listed } = await decidedVersion(repository(releases, { VERSION: '1.29.0\n' }), {}, 'few');
    expect(listed).toBe(1);
  });
});
