import { describe, expect, it } from 'vitest';
import { expectWrites, inAllForms, textsAt, written } from './marked-text.ts';

const plainCases = inAllForms([
  { title: 'nothing else', target: { path: 'VERSION' }, marked: '«1.2.3»\n' },
  {
    title: 'empty lines and blanks around it',
    target: { path: 'version.txt' },
    marked: '\n \t\n  «1.2.3-rc.1» \t\n\n',
  },
  { title: 'a leading v', target: { path: 'VERSION' }, marked: 'v«0.21.0.2+1»\n' },
]);

describe('a version in a file of its own', () => {
  it.each(plainCases)('is written with $title, $form', async (each) => {
    await expectWrites(each, '2.0.0');
  });

  it.each([
    ['', 'VERSION is empty: write the current version into it'],
    ['\n \n', 'VERSION is empty: write the current version into it'],
    ['1.2.3\n1.2.4\n', 'VERSION has 2 lines that are not empty, so it is not clear which one is the version'],
    ['version 1.2.3', '`version 1.2.3` in VERSION is not a version: it must be one word'],
  ])('is refused in %j', async (content, message) => {
    expect(await textsAt({ path: 'VERSION' }, content)).toBe(message);
  });
});

describe('a version in badges', () => {
  it.each([
    ['![v](https://x/badge/version-1.2.2-blue)', '1.2.3', '![v](https://x/badge/version-1.2.3-blue)'],
    [
      '# A\r\n\r\n![v](https://x/badge/version-v1.2.2-blue)\r\n',
      '1.2.3',
      '# A\r\n\r\n![v](https://x/badge/version-v1.2.3-blue)\r\n',
    ],
    [
      '\uFEFF![v](https://x/badge/version-1.2.2-blue)',
      '1.2.3-rc.1',
      '\uFEFF![v](https://x/badge/version-1.2.3--rc.1-blue)',
    ],
    ['![v](https://x/badge/version-1.2.3--rc.1-blue)', '1.2.3', '![v](https://x/badge/version-1.2.3-blue)'],
    [
      '![v](https://x/badge/release-0.21.0.2%2B1-blue)',
      '0.21.0.3+1',
      '![v](https://x/badge/release-0.21.0.3%2B1-blue)',
    ],
    [
      '![v](https://x/static/v1?label=version&message=v1.2.2&color=blue)',
      '1.2.3',
      '![v](https://x/static/v1?label=version&message=v1.2.3&color=blue)',
    ],
    [
      '[![Version 1.2.2](https://x/badge/version-1.2.2-blue)](https://y/v1.2.2) 1.2.2',
      '1.2.3',
      '[![Version 1.2.3](https://x/badge/version-1.2.3-blue)](https://y/v1.2.2) 1.2.2',
    ],
    [
      '![p](https://x/badge/python-3.11-blue) ![v](https://x/badge/version-1.2.2-blue) ![r](https://x/badge/release-1.2.1-blue)',
      '1.2.3',
      '![p](https://x/badge/python-3.11-blue) ![v](https://x/badge/version-1.2.3-blue) ![r](https://x/badge/release-1.2.3-blue)',
    ],
    [
      '<p><img alt="a" src="https://x/badge/version-1.2.2-blue"><img src="https://x/badge/release-1.2.1-blue"></p>',
      '1.2.3',
      '<p><img alt="a" src="https://x/badge/version-1.2.3-blue"><img src="https://x/badge/release-1.2.3-blue"></p>',
    ],
    [
      '```\n![v](https://x/badge/version-0.1.0-blue)\n```\n<!--\n![v](https://x/badge/version-0.1.0-blue)\n-->\n![v](https://x/badge/version-1.2.2-blue)\n',
      '1.2.3',
      '```\n![v](https://x/badge/version-0.1.0-blue)\n```\n<!--\n![v](https://x/badge/version-0.1.0-blue)\n-->\n![v](https://x/badge/version-1.2.3-blue)\n',
    ],
  ])('is written: %j with %s becomes %j', async (before, version, after) => {
    expect(await written({ path: 'README.md' }, before, version)).toBe(after);
    const texts = await textsAt({ path: 'README.md' }, after);
    expect(new Set(texts)).toEqual(new Set([version]));
  });

  it('is given without its escapes', async () => {
    const content = '![v](https://x/badge/version-v1.2.3--rc.1%2B4-blue)';
    expect(await textsAt({ path: 'docs/readme.de.md' }, content)).toEqual(['1.2.3-rc.1+4']);
  });

  it('is refused where there is none', async () => {
    expect(await textsAt({ path: 'README.md' }, '![p](https://x/badge/python-3.11-blue)\n1.2.3')).toBe(
      'README.md has no badge whose label is `version` or `release`',
    );
  });

  it('is refused where as many as are asked for are not there', async () => {
    expect(await textsAt({ path: 'README.md', count: 2 }, '![v](https://x/badge/version-1.2.2-blue)')).toBe(
      'README.md has 1 instead of 2 version badges: name the place more exactly or set `count`',
    );
  });

  it('is refused where one image has two', async () => {
    const content = 'https://x/badge/version-1.2.2-blue https://x/badge/version-1.2.1-blue';
    expect(await textsAt({ path: 'README.md' }, content)).toBe(
      'line 1 of README.md has badges side by side whose versions differ or cannot be read',
    );
  });
});

const patternCases = inAllForms([
  {
    title: 'the other way to name a group, and alternatives',
    target: { path: 'a.txt', pattern: 'one (?<version>\\d\\S*)|two' },
    marked: 'three\none «1.2.3»\n',
  },
  {
    title: 'a text around the version',
    target: { path: 'deploy.sh', pattern: 'ghcr.io/a/b:{version}"' },
    marked: 'IMAGE=ghcrXio/a/b:0.1.0"\nIMAGE="ghcr.io/a/b:v«1.2.3-rc.1+4»"\n',
  },
  {
    title: 'a text before the version, which ends with a word',
    target: { path: 'CITATION.cff', pattern: 'version: {version}' },
    marked: 'cff-version: 1\ntitle: a\nversion: «1.2.3».\n'.replace('cff-version: 1\n', ''),
  },
  {
    title: 'a text that has the version twice',
    target: { path: 'a.txt', pattern: '3 of {version} of' },
    marked: '3 of «3» of 3\n',
  },
  {
    title: 'as many places as are asked for, next to each other',
    target: { path: 'a.txt', pattern: '\\ba(?<version>\\d+),', count: 3 },
    marked: 'ba1,a«1»,a«2»,\nca4,a«3»,\n',
  },
  {
    title: 'Ruby',
    target: { path: 'lib/a/version.rb' },
    marked: 'module A\n  # VERSION = "0"\n  VERSION = "«1.2.3»".freeze\nend\n',
  },
  {
    title: 'a gem',
    target: { path: 'a.gemspec' },
    marked: "Gem::Specification.new do |s|\n  s.version = '«1.2.3»'\n  s.required_ruby_version = '>= 3'\nend\n",
  },
  {
    title: 'Elixir',
    target: { path: 'mix.exs' },
    marked: '  def project do\n    [\n      app: :a,\n      version: "«1.2.3»",\n',
  },
  {
    title: 'Elixir with an attribute',
    target: { path: 'mix.exs' },
    marked: '  @version "«1.2.3»"\n      version: @version,\n',
  },
]);

describe('a version that a pattern finds', () => {
  it.each(patternCases)('is written with $title, $form', async (each) => {
    await expectWrites(each, '7');
  });

  it.each([
    ['v(?<version>\\d+)', 'nothing', 'the pattern `v(?<version>\\d+)` matches nothing in a.txt'],
    [
      'v(?<version>\\d+)',
      'v1 v2 v3',
      'a.txt has 2 or more instead of 1 matches of `v(?<version>\\d+)`: name the place more exactly or set `count`',
    ],
    [
      '(?<version>\\d+)(',
      'x',
      'the pattern `(?<version>\\d+)(` cannot be read: error parsing regexp: missing closing ): `(?<version>\\d+)(` (for a.txt)',
    ],
    [
      '(?<version>a))(b',
      'ab',
      'the pattern `(?<version>a))(b` cannot be read: error parsing regexp: unexpected ): `(?<version>a))(b` (for a.txt)',
    ],
    ['v\\d+', 'v1', 'the pattern `v\\d+` has neither a group `(?<version>…)` nor `{version}` in it (for a.txt)'],
    [
      '{version} {version}',
      '1 1',
      'the pattern `{version} {version}` has `{version}` in it more than once (for a.txt)',
    ],
    ['a|(?<version>b)', 'a', 'the pattern `a|(?<version>b)` matches in a.txt without a version'],
    [
      'python 3 v(?<version>\\d+)',
      'python 3 v3',
      'the pattern `python 3 v(?<version>\\d+)` matches `python 3 v3` in a.txt, where `3` stands more than once: make it match less before the group',
    ],
    ['v(?<version>.*)', 'v1 or so', '`1 or so` in a.txt is not a version: it must be one word'],
    ['v(?<version>\\d*)', 'v', 'the pattern `v(?<version>\\d*)` matches in a.txt without a version'],
  ])('is refused for %s in %j', async (pattern, content, message) => {
    expect(await textsAt({ path: 'a.txt', pattern }, content)).toBe(message);
  });

  it.each(['', '\uFEFF'])('is written at the beginning of lines, after %j', async (before) => {
    const target = { path: 'a.txt', pattern: '(?m)^release: (?P<version>[0-9.]+)', count: 2 };
    const marked = `${before}release: «1.2.3»\r\nx release: 0\nrelease: «1.2.3»`;
    await expectWrites({ title: '', target, marked }, '2.0.0');
  });

  it('ends before the carriage return of its line', async () => {
    const pattern = '(?m)^VER=(?<version>.*)$';
    expect(await written({ path: 'a.env', pattern }, 'A=1\r\nVER=1.2.3\r\nB=2\r\n', '2.0.0')).toBe(
      'A=1\r\nVER=2.0.0\r\nB=2\r\n',
    );
  });

  it('is found in linear time by a pattern that others take for ever with', async () => {
    const pattern = '(?:a+)+b(?<version>\\d+)';
    expect(await textsAt({ path: 'a.txt', pattern }, 'a'.repeat(50_000))).toBe(
      `the pattern \`${pattern}\` matches nothing in a.txt`,
    );
  });
});
