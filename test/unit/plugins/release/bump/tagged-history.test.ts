import { afterEach, describe, expect, it } from 'vitest';
import gitPlugin from '../../../../../plugins/git/index.ts';
import { versionBump } from '../../../../../plugins/release/version-bump.ts';
import type { JsonMap } from '../../../../../src/plugin-api/index.ts';
import { pluginContext } from '../../../../rigs/plugin-context.ts';
import { TempFolder } from '../../../../rigs/temp-folder.ts';

const folders: TempFolder[] = [];
afterEach(() => {
  for (const made of folders.splice(0)) made.remove();
});

const adapters = gitPlugin.adapters ?? {};
const now = Date.parse('2026-11-28T12:00:00Z');

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

describe('the scheme of a version in a file', () => {
  const pyproject = '[project]\nversion = "1.4.0"\n';
  it.each([
    [{ VERSION: '1.3.0\n' }, ['v1.4.0rc1'], { increment_type: 'minor', prerelease: 'rc' }, 'v1.4.0rc2'],
    [{ 'pyproject.toml': pyproject }, ['v1.4.0'], { increment_type: 'minor', prerelease: 'rc' }, 'v1.5.0rc1'],
    [{ 'pyproject.toml': pyproject }, ['v1.4.0-rc.1'], { increment_type: 'minor', prerelease: 'rc' }, 'v1.5.0-rc.1'],
    [{ 'pyproject.toml': pyproject }, [], {}, 'v1.4.1'],
    [{ 'package.json': '{"version": "1.4.0"}' }, ['v0.1.0rc1'], { prerelease: 'rc' }, 'v1.4.1-rc.1'],
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
