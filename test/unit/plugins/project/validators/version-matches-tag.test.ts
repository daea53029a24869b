import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonMap } from '../../../../../src/plugin-api/index.ts';
import { TempFolder } from '../../../../rigs/temp-folder.ts';
import { findingsOf, hostileTexts, rowOf, runIn, said } from './review.ts';

let work: TempFolder;
beforeEach(() => {
  work = new TempFolder();
});
afterEach(() => work.remove());

const check = (options: JsonMap, env: { readonly [name: string]: string } = {}) =>
  runIn(work, { validators: [{ rule: 'version-matches-tag', ...options }] }, { env });

describe('version-matches-tag', () => {
  it.each<[string, string, Json | null, string]>([
    ['package.json', '{ "version": "1.2.3" }', null, 'v1.2.3'],
    ['package.json', '\ufeff{ "version": "1.2.3" }', null, '1.2.3'],
    ['pyproject.toml', '[tool.x]\nversion = "9"\n[project]\nname = "a"\nversion = "1.2.3" # now\n', null, 'v1.2.3'],
    ['pyproject.toml', "[tool.poetry]\r\nversion = '1.2.3'\r\n", null, 'v1.2.3'],
    ['Cargo.toml', '[package]\nversion = "1.2.3"\n[dependencies]\nversion = "0.1"\n', null, 'crate-v1.2.3'],
    ['VERSION', '1.2.3\n', null, 'pkg@1.2.3'],
    ['VERSION', 'v1.2.3-rc.1+b', null, 'pkg/v1.2.3-rc.1+b'],
    ['a.py', 'x = 1\n__version__ = "1.2.3"\n', { path: 'a.py', pattern: '__version__ = "([^"]+)"' }, 'v1.2.3'],
    ['a.py', '__version__ = "1.2.3"\n', { path: 'a.py', pattern: '(?m)^__version__ = "(?P<version>[^"]+)"' }, 'v1.2.3'],
  ])('passes where %s says the version of the tag', async (path, text, file, tag) => {
    work.write(path, text);
    const outcome = await check({ tag, ...(file === null ? {} : { files: [file] }) });
    expect(said(outcome)).toEqual([]);
    expect(rowOf(outcome).status).toBe('passed');
  });

  it('names both versions and the place where they differ', async () => {
    work.write('Cargo.toml', '[package]\nname = "a"\nversion = "1.2.2"\n');
    work.write('package.json', '{ "version": "1.2.3" }');
    const outcome = await check({}, { GITHUB_REF: 'refs/tags/v1.2.3' });
    expect(findingsOf(outcome)).toMatchObject([
      {
        level: 'error',
        message: 'Cargo.toml names the version "1.2.2", and the tag "v1.2.3" releases "1.2.3"',
        file: 'Cargo.toml',
        line: 3,
      },
    ]);
  });

  it.each(['1.2.30', '1.2.3.0', '1.2.3-rc.1', '01.2.3', ''])('does not take %j for 1.2.3', async (version) => {
    work.write('package.json', JSON.stringify({ version }));
    expect(said(await check({ tag: 'v1.2.3', files: ['package.json'] }))).toHaveLength(1);
  });

  it('has nothing to look at where no tag is released', async () => {
    for (const env of [{}, { GITHUB_REF: 'refs/heads/v1.2.3' }, { GITHUB_REF: 'refs/pull/1/merge' }]) {
      expect(rowOf(await check({}, env)).status).toBe('skipped');
    }
  });

  it('passes over usual files without a version, and fails where none is left', async () => {
    work.write('package.json', '{ "private": true }');
    work.write('pyproject.toml', '[project]\ndynamic = ["version"]\n');
    expect(rowOf(await check({ tag: 'v1.2.3' })).reason).toContain('names a version: list `files`');
    work.write('VERSION', '1.2.3');
    expect(rowOf(await check({ tag: 'v1.2.3' })).status).toBe('passed');
  });

  it('has a finding for each listed file that is missing or names no version', async () => {
    work.write('a.json', '{ broken');
    work.write('b.txt', 'two\nlines');
    work.write('d.toml', '[package]\nname = "d"\n\n[[bin]]\nversion = "1.2.3"\n');
    expect(said(await check({ tag: 'v1.2.3', files: ['a.json', 'b.txt', 'c.json', 'd.toml'] }))).toEqual([
      'error: a.json names no version that can be found',
      'error: b.txt names no version that can be found',
      'error: c.json does not exist, so it names no version',
      'error: d.toml names no version that can be found',
    ]);
  });

  it('takes a pattern for tags, and says where none fits', async () => {
    work.write('VERSION', '2026.1');
    expect(said(await check({ tag: 'rel_2026.1', tag_pattern: '^rel_(.+)$' }))).toEqual([]);
    expect(said(await check({ tag: 'nightly' }))[0]).toContain('names no version that the pattern');
  });

  it.each(hostileTexts)('takes the tag %j for data', async (text) => {
    work.write('VERSION', '1.2.3');
    const [finding] = findingsOf(await check({ tag: `v1 ${text}` }));
    expect(finding?.message).not.toMatch(/[\r\n]/);
    expect(work.has('pwned')).toBe(false);
  });

  it('refuses a file outside of the workspace', async () => {
    expect(rowOf(await check({ tag: 'v1', files: ['../x.json'] })).reason).toContain('outside the workspace');
  });
});
