import { describe, expect, it } from 'vitest';
import { expectWrites, inAllForms, type MarkedCase, textsAt, written } from './marked-text.ts';

const npm = { path: 'packages/cli/package.json', key: 'dependencies."@acme/core"', range: true } as const;

function manifest(range: string): string {
  return `{\n  "name": "@acme/cli",\n  "version": "9.9.9",\n  "dependencies": { "@acme/core": "${range}", "other": "1.2.0" }\n}\n`;
}

const cases: readonly MarkedCase[] = [
  ...['«1.2.0»', '^«1.2.0»', '~«1.2.0»', '=«1.2.0»', '>=«1.2.0»', '>= «1.2.0»', '^v«1.2.0»', 'workspace:^«1.2.0»'].map(
    (range) => ({ title: `${range} in package.json`, target: npm, marked: manifest(range) }),
  ),
  {
    title: 'the range of a package in the lock file of npm',
    target: {
      path: 'package-lock.json',
      format: 'json',
      key: 'packages."packages/cli".dependencies.core',
      range: true,
    },
    marked: '{ "lockfileVersion": 3, "packages": { "packages/cli": { "dependencies": { "core": "^«1.2.0»" } } } }\n',
  },
  {
    title: 'the requirement of a crate with a path',
    target: { path: 'cli/Cargo.toml', key: 'dependencies.core.version', range: true },
    marked: '[dependencies]\ncore = { path = "../core", version = "=«1.2.0»" } # exactly\nserde = "1"\n',
  },
  {
    title: 'a requirement of two numbers',
    target: { path: 'cli/Cargo.toml', key: 'dependencies.core.version', range: true },
    marked: '[dependencies]\ncore = { version = "«1.2»", path = "../core" }\n',
  },
  {
    title: 'a pessimistic range in a gemspec',
    target: { path: 'cli.gemspec', pattern: 'add_dependency "core", "(?<version>[^"]+)"', range: true },
    marked: 'Gem::Specification.new do |spec|\n  spec.add_dependency "core", "~> «1.2.0»"\nend\n',
  },
  {
    title: 'the specifier in the lock file of pnpm',
    target: { path: 'pnpm-lock.yaml', key: 'importers.cli.dependencies.core.specifier', range: true },
    marked:
      'importers:\n  cli:\n    dependencies:\n      core:\n        specifier: ^«1.2.0»\n        version: link:../core\n',
  },
];

describe('a range', () => {
  it.each(inAllForms(cases))('keeps what stands before its version: $title, $form', async (each) => {
    await expectWrites(each, '2.0.0-rc.1');
  });

  it.each([
    '*',
    'workspace:*',
    'workspace:^',
    'latest',
    '>=1.2.0 <2',
    '1.2.0 || 2.0.0',
    '1.2.0 - 1.4.0',
    '^',
    'file:../core',
  ])('with more or less than one version in it is refused: %s', async (range) => {
    expect(await textsAt(npm, manifest(range))).toBe(
      `\`${range}\` in packages/cli/package.json is no range with one version in it, such as \`^1.2.0\``,
    );
  });

  it('is no version where it is not said to be a range', async () => {
    const { range, ...target } = npm;
    expect(range).toBe(true);
    expect(await textsAt(target, manifest('^1.2.0'))).toEqual(['^1.2.0']);
    expect(await written(target, manifest('^1.2.0'), '1.3.0')).toBe(manifest('1.3.0'));
  });

  it.each(['README.md', 'VERSION', 'package-lock.json'])(
    'stands at a key or is found by a pattern, not in %s',
    async (path) => {
      expect(await textsAt({ path, range: true }, '{}')).toContain('a range stands at a key, or a pattern finds it');
    },
  );
});
