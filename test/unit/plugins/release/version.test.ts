import { describe, expect, it } from 'vitest';
import { type IncrementType, raiseVersion } from '../../../../plugins/release/version/raise-version.ts';
import { formatVersion, parseVersion } from '../../../../plugins/release/version/version.ts';
import { findVersion, withVersion } from '../../../../plugins/release/version/version-file.ts';

function raised(text: string, part: IncrementType): string | null {
  const version = parseVersion(text);
  const next = version === null ? null : raiseVersion(version, part);
  return next === null ? null : formatVersion(next);
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
  ])('is refused: %j', (text) => {
    expect(parseVersion(text)).toBeNull();
  });

  it('is refused when a number is too large to be raised exactly', () => {
    expect(parseVersion('1.2.9007199254740993')).toBeNull();
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
  ])('is replaced in %s and every other byte kept', (path, content, expected) => {
    const search = findVersion(path, content);
    if (search.kind !== 'found') throw new Error(search.message);
    expect(withVersion(content, search.place, '9.9.9')).toBe(expected);
  });

  it.each([
    ['v.py', 'x = 1\n', 'no line `__version__'],
    ['v.py', '__version__ = "1.2.3"\n__version__ = "1.2.4"\n', '2 assignments'],
    ['v.py', '__version__ = get_version()\n', 'no line'],
    ['v.py', '__version__ = "1.2"\n', '`1.2` in v.py is not a version'],
    ['package.json', '{"version": 3}', 'no text `version`'],
    ['package.json', '{"version": "1.2.3",}', 'not valid JSON'],
    ['package.json', '{"version": "1.2.3", "version": "1.2.4"}', '2 keys'],
    ['package.json', '{"a": {"version": "1.2.3"}}', 'no text `version`'],
    ['VERSION', '', 'is empty'],
    ['VERSION', '1.2.3\n1.2.4\n', '2 lines'],
    ['VERSION', 'version=1.2.3\n', 'is not a version'],
    ['VERSION', '2026.09.01\n', 'is not a version'],
  ])('is refused in %s: %j', (path, content, message) => {
    const search = findVersion(path, content);
    expect(search.kind === 'refused' ? search.message : 'found').toContain(message);
  });
});
