import { describe, expect, it } from 'vitest';
import { expectWrites, inAllForms, textsAt } from './marked-text.ts';

const cases = inAllForms([
  {
    title: 'a package of Rust',
    target: { path: 'crates/a/Cargo.toml' },
    marked:
      '# version = "0"\n[dependencies.x]\nversion = "0.1.0"\n\n[package] # the crate\nname = "a"\nversion   = "«1.2.3»"   # now\nedition = "2024"\n\n[dependencies]\ny = { version = "3" }\nz = "4"\n',
  },
  {
    title: 'a workspace of Rust',
    target: { path: 'Cargo.toml' },
    marked: '[workspace]\nmembers = [\n  "a", # one\n  "b",\n]\n[workspace.package]\nversion = "«1.2.3»"\n',
  },
  {
    title: 'the root package of a workspace that takes its version from itself',
    target: { path: 'Cargo.toml' },
    marked: '[package]\nversion.workspace = true\n[workspace.package]\nversion = "«1.2.3»"\n',
  },
  {
    title: 'a project of Python',
    target: { path: 'pyproject.toml' },
    marked:
      '[tool.x]\nversion = "0"\n[project]\nname = "a"\ndependencies = [\n  "b==1.2.3",\n]\nversion = \'«1.2.3»\'\n',
  },
  {
    title: 'a project of Poetry',
    target: { path: 'pyproject.toml' },
    marked: '[tool.poetry]\nversion = "«1.2.3»"\n[tool.poetry.dependencies]\npython = "^3.12"\nversion = "9"\n',
  },
  {
    title: 'dotted keys',
    target: { path: 'pyproject.toml' },
    marked: 'tool.version = "0"\nproject . name = "a"\nproject."version" = "«1.2.3»"\n',
  },
  {
    title: 'an inline table',
    target: { path: 'pyproject.toml' },
    marked: 'project = { name = "a", urls = { version = "0" }, version = "«1.2.3»" }\n',
  },
  {
    title: 'an item of a list of tables',
    target: { path: 'a.toml', key: 'bin[1].version' },
    marked:
      '[[bin]]\nversion = "0.1.0"\n[bin.extra]\nversion = "0.2.0"\n[[bin]]\nversion = "«1.2.3»"\n[[bin]]\nversion = "0.3.0"\n',
  },
  {
    title: 'a table below the last item of a list',
    target: { path: 'a.toml', key: 'bin[1].extra.version' },
    marked: '[[bin]]\n[bin.extra]\nversion = "0.2.0"\n[[bin]]\n[bin.extra]\nversion = "«1.2.3»"\n',
  },
  {
    title: 'an item of a list in brackets',
    target: { path: 'a.toml', key: 'a[1].v' },
    marked: 'a = [ { v = "0" }, # one\n  { v = "«1.2.3»" },\n]\n',
  },
  {
    title: 'texts over several lines before it',
    target: { path: 'a.toml' },
    marked:
      'a = """\nversion = "0"\n\\""" ]\n"""""\nb = \'\'\'\n[x]\nversion = "0"\n\'\'\'\'\nc = "[x] # \\" \\\\"\nversion = "«1.2.3»"\n',
  },
  {
    title: 'dates and numbers before it',
    target: { path: 'a.toml' },
    marked: 'a = 1979-05-27 07:32:00Z\nb = -1_000.5e+3\nc = +inf\nd = true\nversion = "«1.2.3»"\n',
  },
  {
    title: 'a header with blanks and quotes',
    target: { path: 'a.toml', key: 'a."b.c".version' },
    marked: '[a.b.c]\nversion = "0"\n[ a . "b.c" ]\n\tversion = "«1.2.3»"\n',
  },
]);

describe('a version in TOML', () => {
  it.each(cases)('is written in $title, $form', async (each) => {
    await expectWrites(each, '2.0.0-beta.1');
  });

  it.each(['version.workspace = true', 'version = { workspace = true }', 'version = {workspace=true} # x'])(
    'is looked for in the workspace where the package says %s',
    async (line) => {
      expect(await textsAt({ path: 'crates/a/Cargo.toml' }, `[package]\nname = "a"\n${line}\n`)).toBe(
        '`package.version` in crates/a/Cargo.toml comes from its workspace: name the Cargo.toml of the workspace, with the key `workspace.package.version`',
      );
    },
  );

  it.each([
    [
      '[dependencies.x]\nversion = "1.2.3"',
      'Cargo.toml has none of `package.version`, `workspace.package.version`: name the place with `key`',
    ],
    [
      '[[package]]\nversion = "1.2.3"',
      'Cargo.toml has none of `package.version`, `workspace.package.version`: name the place with `key`',
    ],
    [
      '[package]\nversion = 1.2',
      '`package.version` in Cargo.toml is a value without quotes, and it must be a text on one line',
    ],
    [
      '[package]\nversion = """1.2.3"""',
      '`package.version` in Cargo.toml is a text in three quotes, and it must be a text on one line',
    ],
    [
      '[package]\nversion = "1.2\\u002E3"',
      '`package.version` in Cargo.toml is a text with escapes, and it must be a text on one line',
    ],
    [
      '[package]\nversion = "1.2.3"\nversion = "1.2.3"',
      'Cargo.toml has the key `version` twice, so it is not clear which `package.version` counts',
    ],
    [
      'package.version = "1.2.3"\n[package]\nversion = "1.2.3"',
      'Cargo.toml has the key `version` twice, so it is not clear which `package.version` counts',
    ],
    [
      '[package]\nversion = "1.2.3"\n[package]\nname = "a"',
      'Cargo.toml has the key `package` twice, so it is not clear which `package.version` counts',
    ],
    ['[package\nversion = "1.2.3"', 'Cargo.toml cannot be read as TOML: the header of a table is not closed (line 1)'],
    ['[package]\nversion = "1.2.3', 'Cargo.toml cannot be read as TOML: a text is not closed (line 2)'],
    [
      '[package]\nversion "1.2.3"',
      'Cargo.toml cannot be read as TOML: an equals sign is missing behind the key (line 2)',
    ],
    [
      '[package]\nversion = "1.2.3" x',
      'Cargo.toml cannot be read as TOML: something follows the value on its line (line 2)',
    ],
    ['[package]\nversion =', 'Cargo.toml cannot be read as TOML: a value is missing (line 2)'],
    [
      'a = [1, 2\n[package]\nversion = "1.2.3"',
      'Cargo.toml cannot be read as TOML: a comma or the end of the collection is missing (line 2)',
    ],
    ['a = """\n[package]\nversion = "1.2.3"', 'Cargo.toml cannot be read as TOML: a text is not closed (line 3)'],
    [
      'package = 1\n[package]\nversion = "1.2.3"',
      'Cargo.toml cannot be read as TOML: `package` is a value without quotes and not a table (line 2)',
    ],
    ['= 1', 'Cargo.toml cannot be read as TOML: a key is missing (line 1)'],
  ])('is refused in %j', async (content, message) => {
    expect(await textsAt({ path: 'Cargo.toml' }, content)).toBe(message);
  });
});
