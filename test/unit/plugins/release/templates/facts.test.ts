import { afterEach, describe, expect, it } from 'vitest';
import gitPlugin from '../../../../../plugins/git/index.ts';
import { changelogFacts, styleOf } from '../../../../../plugins/release/templates/facts/changelog-facts.ts';
import { checkCommand } from '../../../../../plugins/release/templates/facts/check-command.ts';
import { foldersLike } from '../../../../../plugins/release/templates/facts/folder-search.ts';
import { gitFacts } from '../../../../../plugins/release/templates/facts/git-facts.ts';
import { packagesFacts } from '../../../../../plugins/release/templates/facts/package-facts.ts';
import { readmeFacts } from '../../../../../plugins/release/templates/facts/readme-facts.ts';
import {
  folderTags,
  releaseTags,
  type TagEvidence,
} from '../../../../../plugins/release/templates/facts/release-tags.ts';
import { schemeFacts, schemeNamed } from '../../../../../plugins/release/templates/facts/scheme-facts.ts';
import { packageTagStyle, tagStyles } from '../../../../../plugins/release/templates/facts/tag-style.ts';
import {
  doubtfulCandidates,
  versionCandidates,
} from '../../../../../plugins/release/templates/facts/version-candidates.ts';
import { pluginContext } from '../../../../rigs/plugin-context.ts';
import { TempFolder } from '../../../../rigs/temp-folder.ts';

const folders: TempFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function contextOver(files: { readonly [path: string]: string }) {
  const folder = new TempFolder(files);
  folders.push(folder);
  return { folder, context: pluginContext(folder.path, { adapters: gitPlugin.adapters ?? {} }) };
}

describe('files that hold a version', () => {
  const found = async (files: { readonly [path: string]: string }, folder = '') =>
    (await versionCandidates(contextOver(files).context, folder)).map(({ target, version }) => [target.path, version]);

  it('are those that really hold one', async () => {
    expect(
      await found({
        'package.json': '{ "name": "no version" }',
        'pyproject.toml': '[project]\nname = "x"\ndynamic = ["version"]\n',
        'setup.cfg': '[metadata]\nversion = attr: x.__version__\n',
        'pom.xml': '<project><version>@VERSION@</version></project>',
        'composer.json': 'not json',
        VERSION: 'two words\n',
        'gradle.properties': 'version=1.0.0\n',
      }),
    ).toEqual([['gradle.properties', '1.0.0']]);
  });

  it('are not those of what is installed, tested or built', async () => {
    const python = '__version__ = "1.0.0"\n';
    expect(
      await found({
        'node_modules/__init__.py': python,
        'tests/__init__.py': python,
        'dist/version.py': python,
        '.venv/version.py': python,
        'pkg/version.py': python,
      }),
    ).toEqual([['pkg/version.py', '1.0.0']]);
  });

  it('take a package root for one only where it says so itself', async () => {
    expect(await found({ 'pkg/__init__.py': 'version = "1.0.0"\n' })).toEqual([]);
  });

  it.each([
    ['[tool.hatch.version]\npath = "lib/tool/about.py"\n', 'lib/tool/about.py', undefined],
    ['[tool.pdm.version]\nsource = "file"\npath = "lib/tool/about.py"\n', 'lib/tool/about.py', undefined],
    ['[tool.setuptools.dynamic]\nversion = { attr = "tool.meta.release" }\n', 'src/tool/meta.py', 'release'],
    ['[tool.setuptools.dynamic]\nversion = { attr = "tool.__version__" }\n', 'src/tool/__init__.py', undefined],
    ['[tool.setuptools.dynamic]\nversion = { file = ["NUMBER"] }\n', 'NUMBER', undefined],
  ])('are those that the settings of Python name: %j', async (settings, path, key) => {
    const { context } = contextOver({
      'pyproject.toml': `[project]\nname = "tool"\ndynamic = ["version"]\n\n${settings}`,
      'lib/tool/about.py': '__version__ = "1.2.3"\n',
      'src/tool/meta.py': 'release = "1.2.3"\n',
      'src/tool/__init__.py': '__version__ = "1.2.3"\n',
      NUMBER: '1.2.3\n',
    });
    const [first] = await versionCandidates(context);
    expect(first).toEqual({ target: { path, ...(key !== undefined && { key }) }, version: '1.2.3' });
  });

  it('are those that setup.cfg names, and none that lead out of the workspace', async () => {
    const about = { 'tool/about.py': 'number = "1.2.3"\n' };
    expect(await found({ ...about, 'setup.cfg': '[metadata]\nversion = attr: tool.about.number\n' })).toEqual([
      ['tool/about.py', '1.2.3'],
    ]);
    expect(await found({ 'setup.cfg': '[metadata]\nversion = file: ../VERSION\n' })).toEqual([]);
  });

  it('are modules about the package too', async () => {
    expect(await found({ 'src/tool/__about__.py': '__version__ = "1.2.3"\n' })).toEqual([
      ['src/tool/__about__.py', '1.2.3'],
    ]);
  });

  it('of doubtful names are told apart', async () => {
    const json = '{ "version": "1.2.3" }\n';
    const { context } = contextOver({
      'custom_components/tool/manifest.json': json,
      'module.json': json,
      'library.properties': 'name=Tool\nversion=1.2.3\n',
      'CMakeLists.txt': 'cmake_minimum_required(VERSION 3.20)\nproject(tool VERSION 1.2.3 LANGUAGES CXX)\n',
      DESCRIPTION: 'Package: tool\nVersion: 1.2.3\n',
      'Tool.podspec': "Pod::Spec.new do |s|\n  s.version = '1.2.3'\nend\n",
      'galaxy.yml': 'namespace: acme\nversion: 1.2.3\n',
    });
    expect(await versionCandidates(context)).toEqual([]);
    expect((await doubtfulCandidates(context)).map(({ target }) => target.path)).toEqual([
      'custom_components/tool/manifest.json',
      'module.json',
      'library.properties',
      'CMakeLists.txt',
      'DESCRIPTION',
      'Tool.podspec',
      'galaxy.yml',
    ]);
  });

  it('come with the lock file beside them, by its own entry', async () => {
    expect(
      await found(
        {
          'a/Cargo.toml': '[package]\nname = "b"\nversion = "0.2.0"\n',
          'a/Cargo.lock': '[[package]]\nname = "c"\nversion = "9.0.0"\n\n[[package]]\nname = "b"\nversion = "0.2.0"\n',
        },
        'a',
      ),
    ).toEqual([
      ['a/Cargo.toml', '0.2.0'],
      ['a/Cargo.lock', '0.2.0'],
    ]);
  });
});

describe('the style of a changelog', () => {
  it.each([
    ['# Changelog\n\n## [1.0.0] - 2025-01-01\n\n### Added\n\n- x\n', 'keep-a-changelog'],
    ['# Changelog\n\n## Unreleased\n\n## 1.0.0\n\n- x\n', 'keep-a-changelog'],
    ['# Changelog\n\n## [1.0.0](https://x) (2025-01-01)\n\n### Bug Fixes\n\n* x\n', 'conventional'],
    ['# Changelog\n\n## 1.0.0\n\n### ⚠ BREAKING CHANGES\n\n* x\n', 'conventional'],
    ['# Changelog\n\n## v1.0.0 - 2025-01-01\n\nA summary.\n', 'entry'],
    ['# Changelog\n\nWhat has changed.\n', 'keep-a-changelog'],
  ])('of %j is %s', (content, style) => {
    expect(styleOf(content).style).toBe(style);
  });

  it.each([
    ['## 1.0.0\n\n- x\n', 'its versions have no headings below them'],
    [
      '## 18.2.0 (June 14, 2022)\n\n### React DOM\n\n* x\n\n## 18.1.0 (April 26, 2022)\n',
      'the headings below its versions, such as "React DOM", are no kinds of changes',
    ],
    [
      'Changelog\n=========\n\n2026.09.01 (2026-09-01)\n-----------------------\n\n- x\n',
      'its versions have no headings below them',
    ],
    ['# Changelog\n\n- 1.0.0: x\n- 0.9.0: y\n', 'it lists its versions'],
  ])('is an entry for %j, and the reason says what is there', async (content, why) => {
    const { context } = contextOver({ 'CHANGELOG.md': content });
    expect(await changelogFacts(context, { version: '2026.09.01' })).toMatchObject({ style: 'entry', why });
  });

  it('is that of the file which is the changelog more likely', async () => {
    const { context } = contextOver({ 'CHANGES.md': '# C\n', 'Changelog.md': '# C\n\n## 1.0.0\n\nx\n' });
    expect(await changelogFacts(context)).toMatchObject({ path: 'Changelog.md', style: 'entry' });
  });

  it('is that of a file for news or releases only where it has versions, and of one in `docs` where the top has none', async () => {
    const versions = '# x\n\n## 1.0.0\n\n- x\n';
    const pathOf = async (files: { readonly [path: string]: string }) =>
      (await changelogFacts(contextOver(files).context))?.path ?? null;
    expect(await pathOf({ 'NEWS.md': versions, 'docs/CHANGELOG.md': versions })).toBe('NEWS.md');
    expect(await pathOf({ 'NEWS.md': '# News\n\nWe have moved.\n', 'RELEASES.md': versions })).toBe('RELEASES.md');
    expect(await pathOf({ 'RELEASE_NOTES.md': versions })).toBe('RELEASE_NOTES.md');
    expect(await pathOf({ 'Release-Notes.md': '# Release notes\n\n- soon\n' })).toBeNull();
    expect(await pathOf({ 'NEWS.md': '# News\n', 'docs/changelog.md': '# Changelog\n' })).toBe('docs/changelog.md');
    expect(await pathOf({ 'CHANGES.rst': versions, 'news.md': '# News\n' })).toBeNull();
  });
});

describe('a README', () => {
  it('counts where it speaks of the version, code left aside', async () => {
    const badge = '![v](https://img.shields.io/badge/version-1.0.0-blue)';
    expect(await readmeFacts(contextOver({ 'README.md': `# x\n\n${badge}\n` }).context)).toEqual({
      path: 'README.md',
      badge: true,
      latestRelease: false,
    });
    expect(await readmeFacts(contextOver({ 'readme.md': '**Latest release:** v1.0.0\n' }).context)).toMatchObject({
      path: 'readme.md',
      latestRelease: true,
    });
    expect(await readmeFacts(contextOver({ 'README.md': `\`\`\`\n${badge}\n\`\`\`\n` }).context)).toBeNull();
  });
});

describe('the style of tags', () => {
  it.each([
    [['v1.0.0', 'v1.1.0', '1.2.0'], 'v{version}'],
    [['1.0.0', '1.1.0'], '{version}'],
    [['release-1.0.0'], 'release-{version}'],
    [['tool@1.0.0'], 'tool@{version}'],
    [['tool/v1.0.0'], 'tool/v{version}'],
    [['@acme/tool@v1.0.0'], '@acme/tool@v{version}'],
    [['v1.0.0-rc.1'], 'v{version}'],
    [['v2025.03.1'], 'v{version}'],
    [['v0.21.0.2+1'], 'v{version}'],
    [['my-app-0.4.2'], 'my-app-{version}'],
    [['my-app-v0.4.2-rc.1'], 'my-app-v{version}'],
    [['log4j-1.2.17'], 'log4j-{version}'],
    [['k8s-v1.2.0'], 'k8s-v{version}'],
    [['python3-2.0.0'], 'python3-{version}'],
    [['python-3-1.2.0'], 'python-3-{version}'],
    [['1.2.0-rc.1'], '{version}'],
    [['1.2.0-1.2'], '{version}'],
    [['2024-05-01'], '{version}'],
    [['2024-05-01.1'], '{version}'],
    [['@acme/my-core@1.2.0'], '@acme/my-core@{version}'],
    [['svc/my-api/v1.2.0'], 'svc/my-api/v{version}'],
  ])('%j is %s', (tags, template) => {
    expect(tagStyles(tags)[0]?.template).toBe(template);
  });

  it('is none where tags name no version', () => {
    const hostile = ['x'.repeat(5000), `${'a-'.repeat(2000)}1.0.0`, `${'1-'.repeat(2000)}x`];
    expect(tagStyles(['v1', 'nightly', 'latest', 'build-7', ...hostile])).toEqual([]);
  });

  it('of packages is told from that of the longest name that fits', () => {
    expect(packageTagStyle(['a/v1.0.0', 'ab/v1.0.0', 'v9.0.0'], ['a', 'ab'], '{name}')?.template).toBe(
      '{name}/v{version}',
    );
    expect(packageTagStyle(['my-a-v0.1.0'], ['my', 'my-a', 'my-b'], '{name}')?.template).toBe('{name}-v{version}');
    expect(packageTagStyle(['@x/a@1.0.0'], ['@x/a', 'b'], '{name}')?.template).toBe('{name}@{version}');
    expect(packageTagStyle(['v1.0.0'], ['a'], '{name}')).toBeNull();
  });
});

describe('tags of releases', () => {
  const found = (tags: readonly string[], more: Partial<TagEvidence> = {}) =>
    releaseTags({
      tags,
      nearest: null,
      files: [],
      parts: [],
      today: { year: 2025, month: 11, day: 20 },
      ...more,
    });
  const templates = (...args: Parameters<typeof found>) => found(...args).styles.map(({ template }) => template);
  const nightly = ['nightly-2024.05.01', 'nightly-2024.05.02', 'nightly-2024.05.03'];

  it('name versions of the scheme, however many do not', () => {
    const tags = ['v1.1.0', 'v1.2.0', ...nightly];
    expect(found(tags, { files: ['1.2.0'] })).toMatchObject({ styles: [{ template: 'v{version}' }], certain: true });
    expect(templates(tags, { nearest: 'nightly-2024.05.03' })).toEqual(['v{version}']);
    expect(found(nightly, { files: ['1.2.0'] })).toMatchObject({ styles: [], certain: false });
    expect(found(['curl-8_9_0', 'curl-8_9_1'], { files: ['8.9.1'] })).toMatchObject({ unread: 'curl-8_9_1' });
    expect(found(['nightly', 'v1.2.0', 'curl-8_9_1'], { files: ['1.2.0'] })).toMatchObject({ unread: null });
  });

  const moved = ['release-1.0.0', 'release-1.1.0', 'release-1.2.0', 'v2.0.0', 'v2.0.1'];

  it('name the version of the file', () => {
    expect(found(moved, { files: ['2.0.1'] })).toMatchObject({
      styles: [{ template: 'v{version}', newest: '2.0.1' }, {}],
      certain: true,
    });
    expect(found(moved, { files: ['1.2.0'] })).toMatchObject({
      styles: [{ template: 'release-{version}' }, {}],
      certain: false,
      why: 'release-1.2.0 is the version of the file',
    });
  });

  it('name the highest version, or are the nearest, where no file tells', () => {
    expect(found(moved)).toMatchObject({
      styles: [{ template: 'v{version}' }, {}],
      certain: false,
      why: 'v2.0.1 is the highest version',
    });
    const equal = ['a-1.0.0', 'b-1.0.0'];
    expect(templates(equal, { nearest: 'b-1.0.0' })).toEqual(['b-{version}', 'a-{version}']);
    expect(found(['v1.9.0', 'v1.10.0']).styles[0]).toMatchObject({ newest: '1.10.0', example: 'v1.10.0' });
  });

  it('name no part of the repository', () => {
    const parts = ['a', '@x/b', 'b'];
    expect(found(['a@1.0.0', 'b@1.0.0'], { parts })).toMatchObject({ styles: [], certain: false, ofPart: 'a@1.0.0' });
    expect(found(['v1.0.0', 'a@1.0.0'], { parts })).toMatchObject({
      styles: [{ template: 'v{version}' }],
      certain: true,
    });
  });
});

describe('tags of a folder of a repository', () => {
  const found = (tags: readonly string[], file: string) =>
    folderTags({ tags, nearest: null, files: [file], parts: [], today: { year: 2025, month: 11, day: 20 } }, [
      'svc/api',
      'api',
      '@acme/api',
    ]);

  it('name it', () => {
    expect(found(['v1.0.0', 'svc/api/v0.3.0'], '1.0.0')).toMatchObject({
      styles: [{ template: 'svc/api/v{version}' }],
      certain: true,
    });
    expect(found(['v1.0.0', '@acme/api@0.3.0'], '0.3.0').styles).toMatchObject([{ template: '@acme/api@{version}' }]);
  });

  it('are those of the whole only where the version is the same, and not for certain', () => {
    expect(found(['v1.0.0'], '0.3.0')).toMatchObject({ styles: [], certain: false });
    expect(found(['v1.0.0'], '1.0.0')).toMatchObject({ styles: [{ template: 'v{version}' }], certain: false });
  });
});

describe('the scheme of versions', () => {
  const of = (versions: readonly string[], usual: 'semver' | 'pep440' | null = null) =>
    schemeFacts(versions, { today: { year: 2025, month: 11, day: 20 }, alone: 1, usual });

  it('is left to the step where that finds the same out', async () => {
    expect(await of(['1.2.3'])).toMatchObject({ scheme: 'auto', title: 'semver' });
    expect(await of(['1.2.3'], 'semver')).toMatchObject({ scheme: 'auto', title: 'semver' });
    expect(await of(['0.21.0.2+1'])).toMatchObject({ scheme: 'auto', title: 'parts 4' });
  });

  it('is written down where tags tell more than the file alone', async () => {
    expect(await of(['1.4.0', '1.4.0rc2'])).toMatchObject({ scheme: 'pep440', title: 'pep440' });
  });

  it('is written down in files of Python, where a step takes another one for pre-releases', async () => {
    expect(await of(['1.2.3'], 'pep440')).toMatchObject({ scheme: 'pep440', title: 'pep440' });
    expect(await of(['1.2.3', '1.2.3-rc.1'], 'pep440')).toMatchObject({ scheme: 'semver', title: 'semver' });
    expect(await of(['0.21.0.2+1'], 'pep440')).toMatchObject({ scheme: 'parts', title: 'parts 4' });
    expect(await of(['1.4.0rc2'], 'pep440')).toMatchObject({ scheme: 'auto', title: 'pep440' });
  });

  it('is unknown where nothing tells it', async () => {
    expect(await of(['24.10'])).toBeNull();
  });

  it.each([
    ['semver', 'semver'],
    ['calver YYYY.0M.MICRO', { name: 'calver', format: 'YYYY.0M.MICRO' }],
    ['parts 3', { name: 'parts', count: 3 }],
    ['parts', 'parts'],
  ])('can be named: %s', async (text, scheme) => {
    expect(await schemeNamed(text)).toMatchObject({ kind: 'scheme', facts: { scheme } });
  });

  it.each(['', 'roman', 'calver', 'calver NO', 'parts 12', 'semver 2'])('cannot be "%s"', async (text) => {
    expect(await schemeNamed(text)).toMatchObject({ kind: 'wrong' });
  });
});

describe('a check', () => {
  const commandFor = async (files: { readonly [path: string]: string }) =>
    (await checkCommand(contextOver(files).context))?.command ?? null;
  const tested = '{ "scripts": { "test": "node --test" } }';

  it.each([
    [{ 'package.json': tested, 'package-lock.json': '{}' }, 'npm ci && npm test'],
    [{ 'package.json': tested, 'pnpm-lock.yaml': '' }, 'pnpm install --frozen-lockfile && pnpm test'],
    [{ 'package.json': tested, 'yarn.lock': '' }, 'yarn install --frozen-lockfile && yarn test'],
    [{ 'package.json': tested }, 'npm install --no-save --no-package-lock && npm test'],
    [{ 'Cargo.toml': '' }, 'cargo test'],
    [{ gradlew: '' }, './gradlew check'],
    [{ 'tool.sln': '' }, 'dotnet test'],
  ])('of %j', async (files, command) => {
    expect(await commandFor(files)).toBe(command);
  });

  it('is not what npm puts there for want of one', async () => {
    const script = '{ "scripts": { "test": "echo \\"Error: no test specified\\" && exit 1" } }';
    expect(await commandFor({ 'package.json': script })).toBeNull();
    expect(await commandFor({ 'package.json': 'no json' })).toBeNull();
  });
});

describe('folders of a workspace', () => {
  it('are those that a pattern names', async () => {
    const { context } = contextOver({
      'packages/a/x': '',
      'packages/b-one/x': '',
      'packages/node_modules/c/x': '',
      'packages/.hidden/x': '',
      'packages/file': '',
      'apps/web/deep/x': '',
    });
    expect(await foldersLike(context, 'packages/*')).toEqual(['packages/a', 'packages/b-one']);
    expect(await foldersLike(context, './packages/b-*/')).toEqual(['packages/b-one']);
    expect(await foldersLike(context, 'packages/*n*e')).toEqual(['packages/b-one']);
    expect(await foldersLike(context, 'apps/**')).toEqual(['apps', 'apps/web', 'apps/web/deep']);
    expect(await foldersLike(context, 'nothing/*')).toEqual([]);
  });

  it('do not lead out of the workspace', async () => {
    const { context } = contextOver({ 'a/x': '' });
    expect(await foldersLike(context, '../*')).toEqual([]);
  });

  it('take no longer for a hostile pattern', async () => {
    const { context } = contextOver({ [`${'a'.repeat(200)}/x`]: '' });
    expect(await foldersLike(context, `${'*a'.repeat(2000)}b`)).toEqual([]);
  });
});

describe('packages', () => {
  const namesOf = async (files: { readonly [path: string]: string }) =>
    (await packagesFacts(contextOver(files).context)).packages.map(({ name, folder }) => `${name} in ${folder}`);
  const manifest = (name: string) => `{ "name": "${name}", "version": "1.0.0" }`;

  it('are those of an npm or yarn workspace', async () => {
    const libs = {
      'libs/a/package.json': manifest('a'),
      'libs/b/package.json': manifest('b'),
      'packages/c/VERSION': '1.0.0',
    };
    expect(await namesOf({ ...libs, 'package.json': '{ "workspaces": ["libs/*", "!libs/b"] }' })).toEqual([
      'a in libs/a',
    ]);
    expect(await namesOf({ ...libs, 'package.json': '{ "workspaces": { "packages": ["libs/b"] } }' })).toEqual([
      'b in libs/b',
    ]);
  });

  it.each(['packages: ["libs/*", \'!libs/b\'] # all\n', '{ packages: [libs/a] }\n', 'packages:\n- libs/a\n'])(
    'are those of pnpm in any style: %j',
    async (text) => {
      const libs = { 'libs/a/package.json': manifest('a'), 'libs/b/package.json': manifest('b') };
      expect(await namesOf({ ...libs, 'pnpm-workspace.yaml': text })).toEqual(['a in libs/a']);
    },
  );

  it('of pnpm are none where its file is broken', async () => {
    const files = { 'libs/a/package.json': manifest('a'), 'pnpm-workspace.yaml': 'packages: ["libs/*"\n: x\n' };
    expect(await namesOf(files)).toEqual([]);
  });

  it('are those of pnpm, whatever else its file says', async () => {
    expect(
      await namesOf({
        'pnpm-workspace.yaml': 'packages:\n  # all\n  - "libs/*"\n  - \'!libs/b\' # not this\ncatalog:\n  - no/*\n',
        'libs/a/package.json': manifest('a'),
        'libs/b/package.json': manifest('b'),
        'no/c/package.json': manifest('c'),
      }),
    ).toEqual(['a in libs/a']);
  });

  it('of Cargo are its members with a version of their own', async () => {
    expect(
      await namesOf({
        'Cargo.toml': '[workspace]\nmembers = [\n  "one",\n  "crates/*",\n]\n',
        'one/Cargo.toml': '[package]\nname = "first"\nversion = "1.0.0"\n',
        'crates/two/Cargo.toml': '[package]\nname = "second"\nversion.workspace = true\n',
        'crates/three/Cargo.toml': '[package]\nname = "third"\nversion = "2.0.0"\n',
      }),
    ).toEqual(['third in crates/three', 'first in one']);
  });

  it.each([
    ['1.2.0', ['^1.2.0', '^1.0.0', '^1', '~1.2.0', '~1.2', '1.2.0', '=1.2.0', 'workspace:^1.2.0', 'workspace:1.2.0']],
    ['0.3.1', ['^0.3.0', '~0.3.1', '0.3.1']],
    ['2.0.0-rc.1', ['^2.0.0-rc.1', '2.0.0-rc.1']],
  ])('are asked for in %s by ranges that it is in', async (version, ranges) => {
    expect(await asking(version, ranges)).toEqual(ranges);
  });

  it.each([
    [
      '1.2.0',
      ['^2.0.0', '^1.3.0', '~1.1.0', '1.1.0', '^0.2.0', '*', 'workspace:*', '>=1.0.0', '1.0.0 || 1.2.0', 'next'],
    ],
    ['0.3.1', ['^0.2.0', '^0.3.2', '~0.2', '0.3.0']],
    ['0.0.2', ['^0.0.1', '^0.0.3']],
  ])('are not raised in %s where another is asked for, or any will do', async (version, ranges) => {
    expect(await asking(version, ranges)).toEqual([]);
  });

  /** Of packages that ask for one of that version by those ranges, the ranges of those that are found. */
  async function asking(version: string, ranges: readonly string[]): Promise<readonly string[]> {
    const dependents = ranges.map((range, at) => [
      `packages/p${at}/package.json`,
      JSON.stringify({ name: `p${at}`, dependencies: { core: range } }),
    ]);
    const core = { 'packages/core/package.json': JSON.stringify({ name: 'core', version }) };
    const { packages } = await packagesFacts(contextOver({ ...Object.fromEntries(dependents), ...core }).context);
    const found = packages.find(({ name }) => name === 'core')?.dependents ?? [];
    return found.map(({ target }) => ranges[Number(/p(\d+)/.exec(target.path)?.[1])] ?? '');
  }

  it('are asked for in every table of a Cargo.toml, under whatever name', async () => {
    const asks = '{ path = "../core", version = "1.2.0" }';
    const tables = [
      '[dependencies]',
      `core = ${asks}`,
      'other = { path = "../x", version = "1.2.0" }',
      '[dev-dependencies]',
      'heart = { package = "core", path = "../core", version = "1.2.0" }',
      "[target.'cfg(unix)'.build-dependencies]",
      `core = ${asks}`,
      '[target.x86_64-pc-windows-msvc.dependencies]',
      `core = ${asks}`,
    ];
    const { packages } = await packagesFacts(
      contextOver({
        'Cargo.toml': `[workspace]\nmembers = ["crates/*"]\n\n[workspace.dependencies]\ncore = { path = "crates/core", version = "1.2.0" }\n`,
        'crates/core/Cargo.toml': '[package]\nname = "core"\nversion = "1.2.0"\n',
        'crates/cli/Cargo.toml': `[package]\nname = "cli"\nversion = "0.4.0"\n\n${tables.join('\n')}\n`,
      }).context,
    );
    const found = packages.find(({ name }) => name === 'core')?.dependents ?? [];
    expect(found.map(({ target }) => [target.path, target.key])).toEqual([
      ['Cargo.toml', 'workspace.dependencies.core.version'],
      ['crates/cli/Cargo.toml', 'dependencies.core.version'],
      ['crates/cli/Cargo.toml', 'dev-dependencies.heart.version'],
      ['crates/cli/Cargo.toml', "target.'cfg(unix)'.build-dependencies.core.version"],
      ['crates/cli/Cargo.toml', 'target.x86_64-pc-windows-msvc.dependencies.core.version'],
    ]);
  });

  it('are called by their folders where two have one name', async () => {
    expect(
      await namesOf({ 'packages/a/package.json': manifest('x'), 'packages/b/package.json': manifest('x') }),
    ).toEqual(['packages/a in packages/a', 'packages/b in packages/b']);
  });
});

describe('git', () => {
  it('tells the default branch of the remote before any other', async () => {
    const { folder, context } = contextOver({ a: '' });
    folder.git('init', '--quiet', '--initial-branch', 'topic');
    folder.git('add', '--all');
    folder.git('commit', '--quiet', '--message', 'feat: a');
    expect((await gitFacts(context)).branch).toMatchObject({ name: 'topic' });
    folder.git('branch', 'master');
    expect((await gitFacts(context)).branch).toMatchObject({ name: 'master' });
    folder.git('update-ref', 'refs/remotes/origin/trunk/x', 'HEAD');
    folder.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk/x');
    expect((await gitFacts(context)).branch).toMatchObject({ name: 'trunk/x' });
  });

  it('tells it in a worktree and with packed refs too, and the one remote by its own name', async () => {
    const { folder } = contextOver({ 'main/a': '' });
    const main = (...args: readonly string[]) => folder.git('-C', 'main', ...args);
    main('init', '--quiet', '--initial-branch', 'topic');
    main('commit', '--quiet', '--allow-empty', '--message', 'feat: a');
    main('remote', 'add', 'upstream', 'https://github.com/acme/tool.git');
    main('update-ref', 'refs/remotes/upstream/develop', 'HEAD');
    main('symbolic-ref', 'refs/remotes/upstream/HEAD', 'refs/remotes/upstream/develop');
    main('pack-refs', '--all');
    main('tag', 'v1.0.0');
    main('worktree', 'add', '--quiet', '--detach', '../side');
    const context = pluginContext(`${folder.path}/side`, { adapters: gitPlugin.adapters ?? {} });
    expect(await gitFacts(context)).toMatchObject({
      branch: { name: 'develop', why: 'it is the default branch of upstream' },
      tags: ['v1.0.0'],
      remote: { name: 'upstream', host: 'github' },
    });
  });

  it('looks at the tags of the remote where a clone has none', async () => {
    const { folder } = contextOver({ 'far/a': '' });
    folder.git('-C', 'far', 'init', '--quiet', '--initial-branch', 'main');
    folder.git('-C', 'far', 'commit', '--quiet', '--allow-empty', '--message', 'feat: a');
    folder.git('-C', 'far', 'tag', 'my-app-v1.0.0');
    folder.git('clone', '--quiet', '--no-tags', 'far', 'near');
    const near = pluginContext(`${folder.path}/near`, { adapters: gitPlugin.adapters ?? {} });
    expect(await gitFacts(near)).toMatchObject({ tags: ['my-app-v1.0.0'], lacking: 1 });
    folder.git('-C', 'near', 'fetch', '--quiet', '--tags');
    expect(await gitFacts(near)).toMatchObject({ tags: ['my-app-v1.0.0'], lacking: 0, nearest: 'my-app-v1.0.0' });
  });

  it('counts conventional commits, merges and releases left aside', async () => {
    const { folder, context } = contextOver({ a: '' });
    folder.git('init', '--quiet', '--initial-branch', 'main');
    const others = ['Just a change', 'http: fix the race', 'ABC-12: fix the race'];
    for (const message of ['feat: a', 'fix(x)!: b', ...others, 'chore(release): 1.0.0', 'Release v1.1.0']) {
      folder.git('commit', '--quiet', '--allow-empty', '--message', message);
    }
    expect((await gitFacts(context)).commits).toEqual({ looked: 5, conventional: 2 });
  });

  it('tells nothing where there is no repository', async () => {
    expect(await gitFacts(contextOver({ a: '' }).context)).toMatchObject({ branch: null, tags: [], remote: null });
  });
});
