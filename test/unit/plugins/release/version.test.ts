import { describe, expect, it } from 'vitest';
import { readVersionFiles, versionTexts } from '../../../../plugins/release/bump/version-files.ts';
import { guessScheme, type SchemeConfig, schemeOf } from '../../../../plugins/release/scheme/scheme.ts';
import type { WorkspaceFiles } from '../../../../src/plugin-api/index.ts';

const today = { year: 2026, month: 11, day: 28 };

/** The version after, in the scheme that the version tells; `null` where it has no such part. */
function raised(text: string, increment: string): string | null {
  const guess = guessScheme([text], today);
  if (guess.kind === 'unknown') throw new Error(guess.message);
  const version = guess.scheme.parse(text);
  const request = { increment, prerelease: null, build: null, keepBuild: false, today };
  const next = version === null ? null : guess.scheme.raise(version, request);
  return next?.ok ? next.value.text : null;
}

const schemes: readonly SchemeConfig[] = [{ scheme: 'semver' }, { scheme: 'parts', count: 4 }];

async function parsed(text: string): Promise<readonly unknown[]> {
  const made = await Promise.all(schemes.map((config) => schemeOf(config)));
  return made.map((scheme) => (scheme.ok ? scheme.value.parse(text) : scheme.error));
}

/** A workspace of one file. */
function filesOf(content: string): { readonly files: WorkspaceFiles } {
  const files = { stat: async () => ({ kind: 'file' }), read: async () => content };
  return { files: files as unknown as WorkspaceFiles };
}

describe('raising a version of three parts', () => {
  it.each([
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'major', '2.0.0'],
    ['0.9.9', 'patch', '0.9.10'],
    ['1.2.3-rc.1', 'patch', '1.2.3'],
    ['1.2.3-rc.1', 'minor', '1.3.0'],
    ['1.3.0-rc.1', 'minor', '1.3.0'],
    ['2.0.0-rc.1', 'major', '2.0.0'],
    ['2.1.0-rc.1', 'major', '3.0.0'],
    ['1.4.0+local.1', 'patch', '1.4.1'],
  ] as const)('%s by %s gives %s', (text, part, expected) => {
    expect(raised(text, part)).toBe(expected);
  });

  it.each(['feature', 'feature_set', 'build'] as const)('has no part %s', (part) => {
    expect(raised('1.2.3', part)).toBeNull();
  });
});

describe('raising a version of four parts', () => {
  it.each([
    ['0.21.0.2+1', 'build', '0.21.0.2+2'],
    ['0.21.0.2+7', 'patch', '0.21.0.3+1'],
    ['0.21.3.2+7', 'feature', '0.21.4.0+1'],
    ['0.21.3.2+7', 'feature_set', '0.22.0.0+1'],
    ['0.21.3.2+7', 'major', '1.0.0.0+1'],
    ['0.21.3.2', 'patch', '0.21.3.3'],
    ['0.21.3.2', 'build', '0.21.3.2+1'],
  ] as const)('%s by %s gives %s', (text, part, expected) => {
    expect(raised(text, part)).toBe(expected);
  });

  it('has no part minor', () => {
    expect(raised('0.21.0.2+1', 'minor')).toBeNull();
  });
});

describe('a text that is no version', () => {
  it.each([
    '',
    '1',
    '1.2',
    '1.2.3.4.5',
    '01.2.3',
    '1.2.3.04',
    '1.2.3.4+x',
    '1.4.0rc2',
    '1.2.3-',
    '1.2.3-01',
    'dev',
    '2026.09.01',
  ])('is refused: %j', async (text) => {
    expect(await parsed(text)).toEqual([null, null]);
  });

  it('is refused when a number is too large to be raised exactly', async () => {
    expect(await parsed('1.2.9007199254740993')).toEqual([null, null]);
  });
});

describe('the version in a file', () => {
  it.each([
    ['v.py', '__version__ = "1.2.3"  # keep\n', '__version__ = "9.9.9"  # keep\n'],
    ['v.py', "x = 1\r\n__version__: str = 'v1.2.3'\r\n", "x = 1\r\n__version__: str = 'v9.9.9'\r\n"],
    ['v.py', '\uFEFF__version__="1.2.3"', '\uFEFF__version__="9.9.9"'],
    ['v.py', '# __version__ = "0.0.1"\n__version__ = "1.2.3"\n', '# __version__ = "0.0.1"\n__version__ = "9.9.9"\n'],
    ['VERSION', '1.2.3\n', '9.9.9\n'],
    ['VERSION', '\uFEFFv1.2.3', '\uFEFFv9.9.9'],
    ['VERSION', '\r\n  1.2.3  \r\n\r\n', '\r\n  9.9.9  \r\n\r\n'],
    [
      'package.json',
      '{\n\t"name": "version",\n\t"nested": {"version": "0.0.1", "a": ["version", {"version": "3"}]},\n\t"version" : "1.2.3",\n\t"x": 1.0\n}',
      '{\n\t"name": "version",\n\t"nested": {"version": "0.0.1", "a": ["version", {"version": "3"}]},\n\t"version" : "9.9.9",\n\t"x": 1.0\n}',
    ],
    [
      'a.json',
      '{"a":"\\"version\\": \\"8.8.8\\"","version":"v1.2.3"}',
      '{"a":"\\"version\\": \\"8.8.8\\"","version":"v9.9.9"}',
    ],
  ])('is replaced in %s and every other byte kept', async (path, content, expected) => {
    const texts = async (before: string) => versionTexts(await readVersionFiles(filesOf(before), [{ path }]), '9.9.9');
    expect(await texts(content)).toEqual([{ path, before: content, after: expected }]);
    expect(await texts(expected)).toEqual([{ path, before: expected, after: expected }]);
  });

  it('is replaced for several targets of one file at once, for a target that is named twice as well', async () => {
    const lock = (one: string, two: string) =>
      `[[package]]\nname = "one"\nversion = "${one}"\n\n[[package]]\nname = "two"\nversion = "${two}"\n`;
    const path = 'Cargo.lock';
    const targets = ['two', 'one', 'two'].map((name) => ({ path, package: name }));
    const texts = async (before: string) => versionTexts(await readVersionFiles(filesOf(before), targets), '2.0.0');
    const after = lock('2.0.0', '2.0.0');
    for (const before of [lock('1.0.0', '1.0.0'), lock('2.0.0', '1.0.0'), after]) {
      expect(await texts(before)).toEqual([{ path, before, after }]);
    }
  });

  it.each([
    ['v.py', 'x = 1\n', 'has none of `__version__`'],
    ['v.py', '__version__ = "1.2.3"\n__version__ = "1.2.4"\n', '2 instead of 1 assignments'],
    ['v.py', '__version__ = get_version()\n', 'v.py'],
    ['package.json', '{"version": 3}', '`version` in package.json is a number'],
    ['package.json', '{"version": "1.2.3", "version": "1.2.4"}', 'has the key `version` twice'],
    ['package.json', '{"a": {"version": "1.2.3"}}', 'has no `version`'],
    ['VERSION', '', 'is empty'],
    ['VERSION', '1.2.3\n1.2.4\n', '2 lines'],
  ])('is refused in %s: %j', async (path, content, message) => {
    await expect(readVersionFiles(filesOf(content), [{ path }])).rejects.toThrow(message);
  });

  it.each(['1.2', 'version=1.2.3'])('is refused before it is raised where it tells no scheme: %j', (text) => {
    expect(guessScheme([text], today).kind).toBe('unknown');
  });
});
