import { describe, expect, it } from 'vitest';
import { formatOfFile, keysOfFile } from '../../../../../plugins/release/writers/format-of-file.ts';
import {
  targetFormats,
  versionTargetOf,
  versionTargetSchema,
} from '../../../../../plugins/release/writers/version-target.ts';
import { checkValue } from '../../../../../src/core/schema/check-value.ts';
import { textsAt } from './marked-text.ts';

describe('the format of a file', () => {
  it.each([
    ['package.json', 'json'],
    ['a/Composer.JSON', 'json'],
    ['tsconfig.jsonc', 'json'],
    ['package-lock.json', 'npm-lock'],
    ['a/npm-shrinkwrap.json', 'npm-lock'],
    ['my-package-lock.json', 'json'],
    ['Cargo.toml', 'toml'],
    ['Cargo.lock', 'cargo-lock'],
    ['pyproject.toml', 'toml'],
    ['a.toml', 'toml'],
    ['Chart.yaml', 'yaml'],
    ['a/pubspec.yml', 'yaml'],
    ['pom.xml', 'xml'],
    ['A.csproj', 'xml'],
    ['a/Directory.Build.props', 'xml'],
    ['setup.cfg', 'ini'],
    ['gradle.properties', 'ini'],
    ['a/__init__.py', 'python'],
    ['a.pyi', 'python'],
    ['build.gradle', 'gradle'],
    ['build.gradle.kts', 'gradle'],
    ['README.md', 'badge'],
    ['CHANGELOG.md', 'plain'],
    ['lib/version.rb', 'pattern'],
    ['mix.exs', 'pattern'],
    ['a.gemspec', 'pattern'],
    ['a.podspec', 'pattern'],
    ['CMakeLists.txt', 'pattern'],
    ['DESCRIPTION', 'pattern'],
    ['VERSION', 'plain'],
    ['a.json.txt', 'plain'],
    ['json', 'plain'],
    ['', 'plain'],
  ])('of %s is %s', (path, format) => {
    expect(formatOfFile(path)).toBe(format);
  });

  it.each([
    ['pyproject.toml', 'toml', ['project.version', 'tool.poetry.version']],
    ['Cargo.toml', 'toml', ['package.version', 'workspace.package.version']],
    ['pom.xml', 'xml', ['/project/version']],
    ['a.json', 'json', ['version']],
    ['VERSION', 'json', ['version']],
    ['pom.xml', 'plain', []],
  ] as const)('gives %s as %s its keys', (path, format, keys) => {
    expect(keysOfFile(path, format)).toEqual(keys);
  });

  it('can be another than the name says', async () => {
    expect(await textsAt({ path: 'VERSION', format: 'json' }, '{ "version": "1.2.3" }')).toEqual(['1.2.3']);
    expect(await textsAt({ path: 'a.json', format: 'plain' }, '1.2.3')).toEqual(['1.2.3']);
  });

  it('is a pattern where there is one', async () => {
    expect(await textsAt({ path: 'a.json', pattern: '{version}' }, '1.2.3')).toEqual(['1.2.3']);
  });
});

describe('a target', () => {
  it.each([
    [
      { path: 'VERSION', key: 'version' },
      '`key` means nothing for VERSION, which is read as plain: leave it out or set `format`',
    ],
    [
      { path: 'README.md', key: 'x' },
      '`key` means nothing for README.md, which is read as badge: leave it out or set `format`',
    ],
    [
      { path: 'a.json', format: 'json', pattern: '{version}' },
      '`pattern` means nothing for a.json, which is read as json: leave one of `format` and `pattern` out',
    ],
    [
      { path: 'a.json', package: 'a' },
      '`package` means nothing for a.json, which is read as json: it belongs to lock files',
    ],
    [{ path: 'a.txt', format: 'pattern' }, 'a.txt is read by a pattern: set `pattern`'],
  ] as const)('is refused where a setting means nothing: %j', async (target, message) => {
    expect(await textsAt(target, '{}')).toBe(message);
  });

  it.each([
    { path: 'VERSION' },
    { path: 'a.json', format: 'json', key: 'a.b', count: 2 },
    { path: 'a.txt', pattern: '{version}' },
    { path: 'Cargo.lock', package: 'a' },
  ])('may be %j', (item) => {
    expect(checkValue(versionTargetSchema, item)).toEqual([]);
    expect(versionTargetOf(item)).toEqual(item);
  });

  it.each([
    {},
    { path: '' },
    { path: 1 },
    { path: 'a', format: 'csv' },
    { path: 'a', key: '' },
    { path: 'a', count: 0 },
    { path: 'a', count: 1.5 },
    { path: 'a', count: 101 },
    { path: 'a', other: true },
    'a',
  ])('may not be %j', (item) => {
    expect(checkValue(versionTargetSchema, item)).not.toEqual([]);
  });

  it.each(targetFormats)('may have the format %s', (format) => {
    expect(checkValue(versionTargetSchema, { path: 'a', format })).toEqual([]);
  });

  it('needs as many places as it asks for', async () => {
    expect(await textsAt({ path: 'a.json', count: 2 }, '{ "version": "1.2.3" }')).toBe(
      'a.json has 1 instead of 2 places of `version`: name the place more exactly or set `count`',
    );
  });

  it('gets a message of a length for people', async () => {
    const message = await textsAt({ path: 'a.toml' }, `${'a'.repeat(100_000)} = 1\n[${'a'.repeat(100_000)}]\n`);
    expect(message.length).toBeLessThan(700);
  });
});
