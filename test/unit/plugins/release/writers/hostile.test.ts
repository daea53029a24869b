import { describe, expect, it } from 'vitest';
import { findPlaces } from '../../../../../plugins/release/writers/find-places.ts';
import type { VersionTarget } from '../../../../../plugins/release/writers/version-target.ts';

/** Brackets, quotes and comments come by the megabyte; more than linear time would not end with either. */
const length = (unit: string) => (/\w/.test(unit) ? 300_000 : 1_000_000);

const targets: readonly (readonly [VersionTarget, readonly string[]])[] = [
  [{ path: 'a.json' }, ['[', '{"a":', '"', '\\', '//\n', '/*', '{},', ' ', '"version":']],
  [{ path: 'a.toml' }, ['[', '[[a]]\n', 'a.', 'a={a=', 'a=[', '"', "'''", '"""', '#', 'a=1\n', '\n']],
  [
    { path: 'a.yaml' },
    ['[', '{a: ', '- ', 'a:\n ', '"', "''", ' #', 'a: |\n b\n', '---\n', '&a ', '*a ', ': ', 'a\n\n', '\t'],
  ],
  [{ path: 'pom.xml' }, ['<', '<a>', '<a/>', '</a>', '<!--', '<![CDATA[', '<!DOCTYPE [', '<?', '&', '<a b="', 'a']],
  [{ path: 'setup.cfg' }, ['[', '[a]\n', ' a\n', 'a=', '"', ' #', '\\\n']],
  [{ path: 'a.properties' }, ['a=\\\n', '=', '!', ' ']],
  [{ path: 'a.py' }, ['"', "'''", '(', ')', '#', '\\\n', 'version=', 'version: ', 'version="1"\n', 'f"{']],
  [
    { path: 'build.gradle' },
    ['"', '"${', '(', '{', '}', 'a{', "a{b='1'\n", 'val ', 'a.', '/', '(/', '/*', '//', "version'"],
  ],
  [{ path: 'package-lock.json' }, ['{"packages":', '"', '[']],
  [{ path: 'Cargo.lock', package: 'a' }, ['[[package]]\n', '[[package]]\nname="a"\n', '[']],
  [{ path: 'README.md' }, ['![', '/badge/', '/badge/version-1-b ', '![a](x/badge/version-1-b)', '<!--', '`', '-']],
  [{ path: 'VERSION' }, ['1', ' ', '\n', '1\n', '\r']],
  [{ path: 'mix.exs' }, ['version: ', '@version ', '"', '\n']],
  [{ path: 'CMakeLists.txt' }, ['project(', ' VERSION ', '1', '\n']],
];

const cases = targets.flatMap(([target, units]) => units.map((unit) => ({ target, path: target.path, unit })));

describe('a long hostile text', () => {
  it.each(cases)('is answered where $path is full of $unit', async ({ target, unit }) => {
    const content = unit.repeat(Math.floor(length(unit) / unit.length));
    const found = await findPlaces(target, content);
    if (found.kind === 'refused') {
      expect(found.message).toContain(target.path);
      expect(found.message.length).toBeLessThan(700);
    } else {
      expect(found.places.length).toBeGreaterThan(0);
    }
  });
});
