import { describe, expect, it } from 'vitest';
import { expectWrites, inAllForms, textsAt } from './marked-text.ts';

const workspace = (root: string, a: string) => `{
  "name": "root",
  "version": "${root}",
  "lockfileVersion": 3,
  "requires": true,
  "packages": {
    "": {
      "name": "root",
      "version": "${root}",
      "workspaces": ["packages/*"]
    },
    "node_modules/@x/a": { "resolved": "packages/a", "link": true },
    "node_modules/b": { "version": "1.2.3", "resolved": "https://x/b-1.2.3.tgz" },
    "packages/a": { "name": "@x/a", "version": "${a}", "dependencies": { "b": "^1.2.3" } },
    "packages/c": { "name": "c", "version": "0.0.1" },
    "packages/c/node_modules/d": { "name": "d", "version": "0.0.2" }
  }
}
`;

const cases = inAllForms([
  {
    title: 'both places of the root package',
    target: { path: 'package-lock.json' },
    marked: workspace('«1.2.3»', '0.1.0'),
  },
  {
    title: 'both places of the root package by its name',
    target: { path: 'package-lock.json', package: 'root' },
    marked: workspace('«1.2.3»', '0.1.0'),
  },
  {
    title: 'a package of the workspace by its folder',
    target: { path: 'web/package-lock.json', package: 'packages/a' },
    marked: workspace('0.1.0', '«1.2.3»'),
  },
  {
    title: 'a package of the workspace by its link',
    target: { path: 'npm-shrinkwrap.json', package: '@x/a' },
    marked: workspace('0.1.0', '«1.2.3»'),
  },
  {
    title: 'a package of the workspace by its name alone',
    target: { path: 'package-lock.json', package: 'c' },
    marked: workspace('0.1.0', '0.2.0').replace('"0.0.1"', '"«0.0.1»"'),
  },
  {
    title: 'the one place of the first kind',
    target: { path: 'package-lock.json' },
    marked: '{ "dependencies": { "a": { "version": "0.1.0" } }, "lockfileVersion": 1, "version": "«1.2.3»" }\n',
  },
  {
    title: 'the second kind, which has both forms of the tree',
    target: { path: 'package-lock.json' },
    marked:
      '{ "version": "«1.2.3»", "lockfileVersion": 2, "packages": { "": { "version": "«1.2.2»" } }, "dependencies": { "a": { "version": "0.1.0" } } }\n',
  },
]);

describe("a version in npm's lock file", () => {
  it.each(cases)('is written at $title, $form', async (each) => {
    await expectWrites(each, '2.0.0');
  });

  it.each([
    [
      '{ "version": "1.2.3" }',
      'package-lock.json is no lock file of npm that is known here: `lockfileVersion` must be 1, 2 or 3',
    ],
    ['[]', 'package-lock.json is no lock file of npm that is known here: `lockfileVersion` must be 1, 2 or 3'],
    [
      '{ "version": "1.2.3", "lockfileVersion": 4 }',
      'package-lock.json is no lock file of npm that is known here: `lockfileVersion` must be 1, 2 or 3',
    ],
    [
      '{ "version": "1.2.3", "lockfileVersion": "3" }',
      'package-lock.json is no lock file of npm that is known here: `lockfileVersion` must be 1, 2 or 3',
    ],
    [
      '{ "version": "1.2.3", "lockfileVersion": 3, "packages": { "": {} } }',
      'package-lock.json has no packages › "" › version: run `npm install` after a version was written into package.json',
    ],
    [
      '{ "version": "1.2.3", "lockfileVersion": 3 }',
      'package-lock.json has no packages › "" › version: run `npm install` after a version was written into package.json',
    ],
    ['{ "version": 1, "lockfileVersion": 1 }', 'version in package-lock.json must be a text'],
    [
      '{ "version": "1.2.3", "lockfileVersion": 1, "version": "1.2.3" }',
      'package-lock.json has the key `version` twice, so it is not clear which version counts',
    ],
    ['{', 'package-lock.json cannot be read as JSON: it ends inside a map or list (line 1)'],
  ])('is refused in %s', async (content, message) => {
    expect(await textsAt({ path: 'package-lock.json' }, content)).toBe(message);
  });

  it.each(['b', 'd', 'nobody', 'node_modules/b'])('is not taken from the foreign package %s', async (name) => {
    expect(await textsAt({ path: 'package-lock.json', package: name }, workspace('1.0.0', '1.0.0'))).toBe(
      `package-lock.json has no package of the workspace with the folder or the name \`${name}\``,
    );
  });

  it('has no entries for packages in its first kind', async () => {
    expect(
      await textsAt({ path: 'package-lock.json', package: 'a' }, '{ "version": "1.2.3", "lockfileVersion": 1 }'),
    ).toBe('package-lock.json has `lockfileVersion` 1, which has no entries for packages of a workspace');
  });

  it('is found in a file of ten megabytes', async () => {
    const entries = Array.from(
      { length: 60_000 },
      (_, at) =>
        `"node_modules/p${at}": { "version": "1.2.3", "resolved": "https://registry.example/p${at}/-/p${at}-1.2.3.tgz", "integrity": "sha512-${'x'.repeat(60)}" }`,
    );
    const content = `{ "version": "1.2.3", "lockfileVersion": 3, "packages": { "": { "version": "1.2.3" }, ${entries.join(', ')} } }`;
    expect(content.length).toBeGreaterThan(10_000_000);
    expect(await textsAt({ path: 'package-lock.json' }, content)).toEqual(['1.2.3', '1.2.3']);
  });
});

const cargo = `# This file is automatically @generated by Cargo.
version = 4

[[package]]
name = "b"
version = "1.2.3"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "00"

[[package]]
name = "a"
version = "«1.2.3»"
dependencies = [
 "b",
]

[[package]]
name = "a-macros"
version = "0.1.0"

[[package]]
name = "a"
version = "0.9.0"
source = "git+https://x/a"
`;

/** Another package of the same name makes Cargo write the version beside the name. */
const namesakes = `[[package]]
name = "app"
version = "0.1.0"
dependencies = [
 "mylib 0.9.0",
 "mylib «1.2.3»",
 "mylib 1.2.3 (registry+https://github.com/rust-lang/crates.io-index)",
 "other-mylib 1.2.3",
]

[[package]]
name = "mylib"
version = "0.9.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "mylib"
version = "«1.2.3»"
dependencies = [
 "mylib 0.9.0",
]
`;

const uv = `version = 1

[[package]]
name = "tool"
version = "«1.2.3»"
source = { editable = "." }
dependencies = [{ name = "idna" }]

[[package]]
name = "idna"
version = "3.10"
source = { registry = "https://pypi.org/simple" }
`;

describe("a version in uv's lock file", () => {
  it.each(
    inAllForms([
      { title: 'editable', target: { path: 'uv.lock', package: 'tool' }, marked: uv },
      { title: 'virtual', target: { path: 'uv.lock', package: 'tool' }, marked: uv.replace('editable', 'virtual') },
    ]),
  )('is written in the entry of the project itself, $title, $form', async (each) => {
    await expectWrites(each, '2.0.0');
  });
});

describe("a version in Cargo's lock file", () => {
  it.each(inAllForms([{ title: 'own', target: { path: 'Cargo.lock', package: 'a' }, marked: cargo }]))(
    'is written in the entry without a source, $form',
    async (each) => {
      await expectWrites(each, '2.0.0');
    },
  );

  it.each(inAllForms([{ title: 'named', target: { path: 'Cargo.lock', package: 'mylib' }, marked: namesakes }]))(
    'is written where another package asks for it by name and version, $form',
    async (each) => {
      await expectWrites(each, '2.0.0');
    },
  );

  it.each([
    [
      'b',
      cargo,
      'Cargo.lock has no package `b` of this workspace, only one that comes from elsewhere: set `package` to its name',
    ],
    ['c', cargo, 'Cargo.lock has no package `c` of this workspace: set `package` to its name'],
    ['a', '', 'Cargo.lock has no package `a` of this workspace: set `package` to its name'],
    [
      'a',
      '[[package]]\nname = "a"\nversion = "1.2.3"\n[[package]]\nname = "a"\nversion = "1.2.4"\n',
      'Cargo.lock has 2 packages `a` without a source, so it is not clear which one is meant',
    ],
    ['a', '[[package]]\nname = "a"\n', 'the package `a` in Cargo.lock has not exactly one version that is a text'],
    [
      'a',
      '[[package]]\nname = "a"\nversion = "1.2.3"\nversion = "1.2.3"\n',
      'the package `a` in Cargo.lock has not exactly one version that is a text',
    ],
  ])('is refused for %s where it is not clear', async (name, content, message) => {
    expect(await textsAt({ path: 'Cargo.lock', package: name }, content.replaceAll(/[«»]/g, ''))).toBe(message);
  });

  it('needs the name of the package', async () => {
    expect(await textsAt({ path: 'Cargo.lock' }, cargo)).toBe(
      'Cargo.lock has an entry for each package: say with `package` which one is meant',
    );
  });
});
