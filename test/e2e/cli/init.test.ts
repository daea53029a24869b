import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isJsonMap, type JsonMap } from '../../../src/core/model/json.ts';
import type { PlanJson } from '../../../src/core/report/plan-json.ts';
import { FakeGitHub } from '../../rigs/fake-github/fake-github.ts';
import { ReleaseRepository, releasePaths } from '../../rigs/release-repository.ts';
import { cli } from '../in-process-cli.ts';
import { InitRepository, type InitRepositoryOptions, npmLock } from './init-repository.ts';

const open: InitRepository[] = [];
afterEach(() => {
  for (const repository of open.splice(0)) repository.remove();
});

function repositoryWith(options: InitRepositoryOptions): InitRepository {
  const repository = new InitRepository(options);
  open.push(repository);
  return repository;
}

interface Kind extends InitRepositoryOptions {
  readonly kind: string;
  readonly template?: string;
  readonly args?: readonly string[];
  /** Some of what is found. */
  readonly found: JsonMap;
  /** What `version_bump` says would happen. */
  readonly next: string;
  /** Files that the plan writes the version to. */
  readonly paths: readonly string[];
  /** Texts of its diffs. */
  readonly writes?: readonly string[];
}

/** Entries for packages of a workspace: their names, and how they are installed from which folder. */
function uvLock(...packages: readonly (readonly [name: string, source: string, folder: string])[]): string {
  const entries = packages.map(
    ([name, source, folder]) =>
      `[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = { ${source} = "${folder}" }\n`,
  );
  return `version = 1\n\n${entries.join('\n')}`;
}

const kinds: readonly Kind[] = [
  {
    kind: 'npm with a lock file, a changelog, a badge and tests',
    files: {
      'package.json': '{\n  "name": "tool",\n  "version": "1.2.3",\n  "scripts": { "test": "node --test" }\n}\n',
      'package-lock.json': npmLock('tool', '1.2.3'),
      'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2025-01-02\n\n### Fixed\n\n- a bug\n',
      'README.md': '# Tool\n\n![Version](https://img.shields.io/badge/version-1.2.3-blue)\n',
    },
    tags: ['v1.2.2', 'v1.2.3'],
    work: [['feat: more', 'more']],
    found: {
      version_file: 'package.json',
      scheme: 'semver',
      tag: 'v{version}',
      changelog: 'CHANGELOG.md',
      changelog_style: 'keep-a-changelog',
      increment: 'auto',
      readme: true,
      check: 'npm ci && npm test',
      branch: 'main',
      conventional_commits: true,
    },
    next: '1.2.3 → 1.3.0',
    paths: ['package.json', 'package-lock.json', 'CHANGELOG.md', 'README.md'],
  },
  {
    kind: 'npm with a lock file that lags behind',
    files: {
      'package.json': '{\n  "name": "tool",\n  "version": "1.0.0"\n}\n',
      'package-lock.json': npmLock('tool', '0.9.0'),
    },
    tags: ['v0.9.0'],
    work: [['feat: more', 'more']],
    found: { version_file: 'package.json', scheme: 'semver' },
    next: '→ 1.0.0',
    paths: ['package-lock.json', 'CHANGELOG.md'],
    writes: ['-  "version": "0.9.0",\n+  "version": "1.0.0",'],
  },
  {
    kind: 'npm without tags and without conventional commits',
    files: { 'package.json': '{ "name": "tool", "version": "0.3.0" }\n' },
    firstMessage: 'First draft',
    work: [['Some more work', 'more']],
    found: { tag: 'v{version}', increment: 'patch', conventional_commits: false, check: '', readme: false },
    next: '0.3.0 → 0.3.1',
    paths: ['package.json', 'CHANGELOG.md'],
  },
  {
    kind: 'Python with setuptools',
    files: {
      'pyproject.toml': '[project]\nname = "tool"\nversion = "2.0.0"\n',
      'src/tool/__init__.py': '__version__ = "2.0.0"\n',
      'tests/__init__.py': '__version__ = "9.9.9"\n',
      'HISTORY.md': '# History\n\n## 2.0.0 (2025-01-02)\n\n### Bug Fixes\n\n- a bug\n',
    },
    tags: ['2.0.0'],
    work: [['fix: a bug', 'bug']],
    found: {
      version_file: 'pyproject.toml',
      tag: '{version}',
      changelog: 'HISTORY.md',
      changelog_style: 'conventional',
    },
    next: '2.0.0 → 2.0.1',
    paths: ['pyproject.toml', 'src/tool/__init__.py', 'HISTORY.md'],
  },
  {
    kind: 'Python with poetry and a version of PEP 440',
    files: { 'pyproject.toml': '[tool.poetry]\nname = "tool"\nversion = "1.4.0rc2"\n' },
    tags: ['v1.3.0', 'v1.4.0rc2'],
    work: [['fix: a bug', 'bug']],
    found: { version_file: 'pyproject.toml', scheme: 'pep440' },
    next: '1.4.0rc2 → 1.4.0',
    paths: ['pyproject.toml', 'CHANGELOG.md'],
  },
  {
    kind: 'Python with setup.cfg',
    files: { 'setup.cfg': '[metadata]\nname = tool\nversion = 0.9.1\n' },
    tags: ['release-0.9.1'],
    work: [['feat: more', 'more']],
    found: { version_file: 'setup.cfg', tag: 'release-{version}' },
    next: '0.9.1 → 0.10.0',
    paths: ['setup.cfg', 'CHANGELOG.md'],
  },
  {
    kind: 'Cargo',
    files: {
      'Cargo.toml': '[package]\nname = "tool"\nversion = "0.5.0"\n',
      'Cargo.lock':
        'version = 3\n\n[[package]]\nname = "other"\nversion = "1.0.0"\nsource = "registry"\n\n[[package]]\nname = "tool"\nversion = "0.5.0"\n',
    },
    tags: ['v0.5.0'],
    work: [['fix: a bug', 'bug']],
    found: { version_file: 'Cargo.toml', check: 'cargo test' },
    next: '0.5.0 → 0.5.1',
    paths: ['Cargo.toml', 'Cargo.lock', 'CHANGELOG.md'],
  },
  {
    kind: 'a Cargo workspace with one version',
    files: {
      'Cargo.toml':
        '[workspace]\nmembers = ["crates/*"]\n\n[workspace.package]\nversion = "0.5.0"\n\n[workspace.dependencies]\nserde = "1"\none = { path = "crates/one", version = "0.5.0" }\n',
      'crates/one/Cargo.toml': '[package]\nname = "one"\nversion.workspace = true\n',
      'crates/two/Cargo.toml':
        '[package]\nname = "two"\nversion = { workspace = true }\n\n[dependencies]\none = { path = "../one", version = "0.5.0" }\nown = { path = "../own", version = "7.0.0" }\n',
      'crates/own/Cargo.toml':
        '[package]\nname = "own"\nversion = "7.0.0"\n\n[dev-dependencies]\nfirst = { package = "one", path = "../one", version = "^0.5.0" }\n\n[target.\'cfg(unix)\'.dependencies]\ntwo = { path = "../two", version = "0.5.0" }\n',
      'Cargo.lock': ['one 0.5.0', 'own 7.0.0', 'two 0.5.0']
        .map((entry) => entry.split(' '))
        .map(([name, version]) => `[[package]]\nname = "${name}"\nversion = "${version}"\n`)
        .join('\n'),
    },
    tags: ['v0.5.0'],
    work: [['fix: a bug', 'bug']],
    found: { version_file: 'Cargo.toml', check: 'cargo test' },
    next: '0.5.0 → 0.5.1',
    paths: ['Cargo.toml', 'Cargo.lock', 'crates/own/Cargo.toml', 'crates/two/Cargo.toml', 'CHANGELOG.md'],
    writes: [
      '+version = "0.5.1"',
      '+one = { path = "crates/one", version = "0.5.1" }',
      '+one = { path = "../one", version = "0.5.1" }',
      '+first = { package = "one", path = "../one", version = "^0.5.1" }',
      '+two = { path = "../two", version = "0.5.1" }',
      ' name = "one"\n-version = "0.5.0"\n+version = "0.5.1"',
      ' name = "two"\n-version = "0.5.0"\n+version = "0.5.1"',
    ],
  },
  {
    kind: 'npm whose versions lived in tags alone',
    files: { 'package.json': '{\n  "name": "tool",\n  "version": "0.0.0-development"\n}\n' },
    tags: ['v3.4.5'],
    work: [['fix: a bug', 'bug']],
    found: { version_file: 'package.json', tag: 'v{version}' },
    next: '3.4.5 → 3.4.6',
    paths: ['package.json', 'CHANGELOG.md'],
  },
  {
    kind: 'npm whose versions lived in tags alone, and a breaking change',
    files: { 'package.json': '{\n  "name": "tool",\n  "version": "0.0.0-development"\n}\n' },
    tags: ['v3.4.5'],
    work: [['feat!: other options', 'options']],
    found: { version_file: 'package.json' },
    next: '3.4.5 → 4.0.0',
    paths: ['package.json', 'CHANGELOG.md'],
  },
  {
    kind: 'Maven',
    files: {
      'pom.xml':
        '<project>\n  <parent><version>7.0.0</version></parent>\n  <artifactId>tool</artifactId>\n  <version>3.1.0</version>\n</project>\n',
    },
    tags: ['tool-3.1.0'],
    work: [['feat: more', 'more']],
    found: { version_file: 'pom.xml', tag: 'tool-{version}', check: 'mvn --batch-mode verify' },
    next: '3.1.0 → 3.2.0',
    paths: ['pom.xml', 'CHANGELOG.md'],
  },
  {
    kind: 'Maven with modules',
    files: {
      'pom.xml':
        '<project>\n  <artifactId>tool</artifactId>\n  <version>3.1.0</version>\n  <modules><module>core</module><module>apps</module><module>own</module><module>foreign</module></modules>\n</project>\n',
      'core/pom.xml':
        '<project>\n  <parent><artifactId>tool</artifactId><version>3.1.0</version></parent>\n</project>\n',
      'apps/pom.xml':
        '<project>\n  <parent><artifactId>tool</artifactId><version>3.1.0</version></parent>\n  <artifactId>apps</artifactId>\n  <version>3.1.0</version>\n  <modules><module>web</module></modules>\n</project>\n',
      'apps/web/pom.xml':
        '<project>\n  <parent><artifactId>apps</artifactId><version>3.1.0</version></parent>\n</project>\n',
      'own/pom.xml':
        '<project>\n  <parent><artifactId>tool</artifactId><version>3.1.0</version></parent>\n  <version>9.0.0</version>\n</project>\n',
      'foreign/pom.xml':
        '<project>\n  <parent><groupId>elsewhere</groupId><artifactId>tool</artifactId><version>3.1.0</version></parent>\n</project>\n',
    },
    tags: ['v3.1.0'],
    work: [['feat: more', 'more']],
    found: { version_file: 'pom.xml' },
    next: '3.1.0 → 3.2.0',
    paths: ['pom.xml', 'core/pom.xml', 'apps/pom.xml', 'own/pom.xml', 'apps/web/pom.xml', 'CHANGELOG.md'],
    writes: [
      '-  <version>3.1.0</version>\n+  <version>3.2.0</version>\n   <modules><module>web</module></modules>',
      '+  <parent><artifactId>tool</artifactId><version>3.2.0</version></parent>\n   <version>9.0.0</version>',
      '+  <parent><artifactId>apps</artifactId><version>3.2.0</version></parent>',
    ],
  },
  {
    kind: 'Maven whose version is a property',
    files: {
      'pom.xml':
        '<project>\n  <version>${revision}</version>\n  <properties><revision>3.1.0</revision></properties>\n</project>\n',
    },
    tags: ['v3.1.0'],
    work: [['feat: more', 'more']],
    found: { version_file: 'pom.xml' },
    next: '3.1.0 → 3.2.0',
    paths: ['pom.xml', 'CHANGELOG.md'],
  },
  {
    kind: 'Python with the lock file of uv',
    files: {
      'pyproject.toml': '[project]\nname = "My_Tool"\nversion = "1.2.0"\n',
      'uv.lock': 'version = 1\n\n[[package]]\nname = "my-tool"\nversion = "1.2.0"\nsource = { editable = "." }\n',
    },
    tags: ['v1.2.0'],
    work: [['feat: more', 'more']],
    found: { version_file: 'pyproject.toml' },
    next: '1.2.0 → 1.3.0',
    paths: ['pyproject.toml', 'uv.lock', 'CHANGELOG.md'],
  },
  {
    kind: 'a workspace of uv with one version',
    template: 'quick',
    files: {
      'pyproject.toml':
        '[project]\nname = "root"\nversion = "1.0.0"\n\n[tool.uv.workspace]\nmembers = ["libs/*"]\nexclude = ["libs/own"]\n',
      'libs/a/pyproject.toml': '[project]\nname = "My_A"\nversion = "1.0.0"\n',
      'libs/b/pyproject.toml': '[project]\nname = "b"\nversion = "1.0.0"\n',
      'libs/own/pyproject.toml': '[project]\nname = "own"\nversion = "7.0.0"\n',
      'uv.lock': uvLock(['root', 'virtual', '.'], ['my-a', 'editable', 'libs/a'], ['b', 'virtual', 'libs/b']),
    },
    tags: ['v1.0.0'],
    work: [['feat: more', 'more']],
    found: { version_file: 'pyproject.toml' },
    next: '1.0.0 → 1.1.0',
    paths: ['pyproject.toml', 'uv.lock', 'libs/a/pyproject.toml', 'libs/b/pyproject.toml', 'CHANGELOG.md'],
    writes: ['root', 'my-a', 'b'].map((name) => ` name = "${name}"\n-version = "1.0.0"\n+version = "1.1.0"`),
  },
  {
    kind: '.NET',
    files: {
      'Directory.Build.props':
        '<Project>\n  <PropertyGroup>\n    <Version>4.0.0</Version>\n  </PropertyGroup>\n</Project>\n',
      'src/App/App.csproj':
        '<Project>\n  <PropertyGroup>\n    <Version>4.0.0</Version>\n  </PropertyGroup>\n</Project>\n',
      'tool.sln': '\n',
    },
    tags: ['v4.0.0'],
    work: [['fix: a bug', 'bug']],
    found: { version_file: 'Directory.Build.props', check: 'dotnet test' },
    next: '4.0.0 → 4.0.1',
    paths: ['Directory.Build.props', 'src/App/App.csproj', 'CHANGELOG.md'],
  },
  {
    kind: '.NET whose project says the version in several places',
    files: {
      'tool.csproj':
        '<Project>\n  <PropertyGroup>\n    <Version>4.2.0</Version>\n    <PackageVersion>4.2.0</PackageVersion>\n    <FileVersion>4.2.0.0</FileVersion>\n  </PropertyGroup>\n</Project>\n',
    },
    tags: ['v4.2.0'],
    work: [['fix: a bug', 'bug']],
    found: { version_file: 'tool.csproj' },
    next: '4.2.0 → 4.2.1',
    paths: ['tool.csproj', 'CHANGELOG.md'],
    writes: ['+    <Version>4.2.1</Version>\n+    <PackageVersion>4.2.1</PackageVersion>\n     <FileVersion>4.2.0.0<'],
  },
  {
    kind: 'a chart that is released with its app',
    files: {
      'package.json': '{ "version": "1.2.0" }\n',
      'chart/Chart.yaml': 'name: tool\nversion: 1.2.0\nappVersion: "1.2.0"\n',
    },
    tags: ['v1.2.0'],
    work: [['fix: a bug', 'bug']],
    found: { version_file: 'package.json' },
    next: '1.2.0 → 1.2.1',
    paths: ['package.json', 'chart/Chart.yaml', 'CHANGELOG.md'],
    writes: ['+version: 1.2.1\n+appVersion: "1.2.1"'],
  },
  {
    kind: 'a chart with a version of its own beside its app',
    files: {
      'package.json': '{ "version": "1.2.0" }\n',
      'Chart.yaml': 'name: tool\nversion: 0.3.0\nappVersion: "1.2.0"\n',
    },
    tags: ['v1.2.0'],
    work: [['fix: a bug', 'bug']],
    found: { version_file: 'package.json' },
    next: '1.2.0 → 1.2.1',
    paths: ['package.json', 'Chart.yaml', 'CHANGELOG.md'],
    writes: [' version: 0.3.0\n-appVersion: "1.2.0"\n+appVersion: "1.2.1"'],
  },
  {
    kind: 'an integration of Home Assistant',
    files: { 'custom_components/tool/manifest.json': '{\n  "domain": "tool",\n  "version": "1.2.0"\n}\n' },
    tags: ['v1.1.0', 'v1.2.0'],
    work: [['feat: more', 'more']],
    found: { version_file: 'custom_components/tool/manifest.json', tag: 'v{version}' },
    next: '1.2.0 → 1.3.0',
    paths: ['custom_components/tool/manifest.json', 'CHANGELOG.md'],
  },
  {
    kind: 'a version that hatch is told the place of',
    files: {
      'pyproject.toml':
        '[project]\nname = "tool"\ndynamic = ["version"]\n\n[tool.hatch.version]\npath = "src/tool/about.py"\n',
      'src/tool/about.py': '__version__ = "1.2.0"\n',
    },
    tags: ['v1.2.0'],
    work: [['feat: more', 'more']],
    found: { version_file: 'src/tool/about.py' },
    next: '1.2.0 → 1.3.0',
    paths: ['src/tool/about.py', 'CHANGELOG.md'],
  },
  {
    kind: 'CMake',
    files: {
      'CMakeLists.txt': 'cmake_minimum_required(VERSION 3.20)\nproject(tool\n  VERSION 1.2.0\n  LANGUAGES CXX)\n',
    },
    tags: ['v1.2.0'],
    work: [['feat: more', 'more']],
    found: { version_file: 'CMakeLists.txt' },
    next: '1.2.0 → 1.3.0',
    paths: ['CMakeLists.txt', 'CHANGELOG.md'],
    writes: ['+  VERSION 1.3.0'],
  },
  {
    kind: 'an extension for browsers, with a package of the same version',
    files: { 'package.json': '{ "version": "1.2.0" }\n', 'manifest.json': '{ "version": "1.2.0" }\n' },
    work: [['feat: more', 'more']],
    found: { version_file: 'package.json' },
    next: '1.2.0 → 1.3.0',
    paths: ['package.json', 'manifest.json', 'CHANGELOG.md'],
  },
  {
    kind: 'a file whose version was never released',
    files: { 'module.json': '{ "version": "0.0.1" }\n' },
    tags: ['v1.2.0'],
    work: [['feat: more', 'more']],
    found: { version_file: '' },
    next: '1.2.0 → 1.3.0',
    paths: ['CHANGELOG.md'],
  },
  {
    kind: 'a repository with more nightly tags than releases',
    files: { 'package.json': '{ "name": "tool", "version": "1.2.0" }\n' },
    tags: ['v1.1.0', 'v1.2.0', 'nightly-2024.05.01', 'nightly-2024.05.02', 'nightly-2024.05.03', 'nightly-2024.05.04'],
    work: [['fix: a bug', 'bug']],
    found: { tag: 'v{version}', scheme: 'semver' },
    next: '1.2.0 → 1.2.1',
    paths: ['package.json', 'CHANGELOG.md'],
  },
  {
    kind: 'tags that were named otherwise before',
    files: { 'main.go': 'package main\n' },
    tags: ['release-1.0.0', 'release-1.1.0', 'release-1.2.0', 'release-1.3.0', 'v2.0.0', 'v2.0.1'],
    work: [['fix: a bug', 'bug']],
    found: { tag: 'v{version}' },
    next: '2.0.1 → 2.0.2',
    paths: ['CHANGELOG.md'],
  },
  {
    kind: 'a Helm chart with a hyphen in its name',
    files: { 'Chart.yaml': 'apiVersion: v2\nname: my-app\nversion: 0.4.2\n' },
    tags: ['my-app-0.4.1', 'my-app-0.4.2'],
    work: [['fix: a bug', 'bug']],
    found: { tag: 'my-app-{version}' },
    next: '0.4.2 → 0.4.3',
    paths: ['Chart.yaml', 'CHANGELOG.md'],
  },
  {
    kind: 'Helm',
    files: { 'Chart.yaml': 'apiVersion: v2\nname: tool\nversion: 0.2.0\nappVersion: "9.1"\n' },
    tags: ['tool-0.2.0'],
    work: [['feat: more', 'more']],
    found: { version_file: 'Chart.yaml', tag: 'tool-{version}' },
    next: '0.2.0 → 0.3.0',
    paths: ['Chart.yaml', 'CHANGELOG.md'],
  },
  {
    kind: 'Dart, PHP and Gradle side by side',
    files: {
      'pubspec.yaml': 'name: tool\nversion: 1.1.0\n',
      'composer.json': '{ "name": "acme/tool", "version": "1.1.0" }\n',
      'gradle.properties': 'version=1.1.0\n',
    },
    tags: ['v1.1.0'],
    work: [['feat: more', 'more']],
    found: { version_file: 'pubspec.yaml' },
    next: '1.1.0 → 1.2.0',
    paths: ['pubspec.yaml', 'composer.json', 'gradle.properties', 'CHANGELOG.md'],
  },
  {
    kind: 'a plain VERSION and a changelog of entries',
    files: {
      VERSION: '5.6.7\n',
      'CHANGES.md': '# Changes\n\n## v5.6.7 - 2025-01-02\n\nWhat it was about.\n',
    },
    tags: ['v5.6.7'],
    work: [['fix: a bug', 'bug']],
    found: { version_file: 'VERSION', changelog: 'CHANGES.md', changelog_style: 'entry' },
    next: '5.6.7 → 5.6.8',
    paths: ['VERSION', 'CHANGES.md'],
  },
  {
    kind: 'no version but in its tags',
    files: { 'main.go': 'package main\n' },
    tags: ['v0.8.0', 'v0.9.0', 'nightly'],
    work: [['feat: more', 'more']],
    found: { version_file: '', tag: 'v{version}' },
    next: '0.9.0 → 0.10.0',
    paths: ['CHANGELOG.md'],
  },
  {
    kind: 'no version anywhere',
    files: { 'main.go': 'package main\n' },
    found: { version_file: '', scheme: 'semver' },
    next: 'no version → 0.1.0',
    paths: ['CHANGELOG.md'],
  },
  {
    kind: 'calendar versions',
    files: { VERSION: '2025.03.1\n' },
    tags: ['2025.02.0', '2025.03.0', '2025.03.1'],
    work: [['feat: more', 'more']],
    found: { scheme: 'calver YYYY.0M.MICRO', tag: '{version}' },
    next: '2025.03.1 → 20',
    paths: ['VERSION', 'CHANGELOG.md'],
  },
  {
    kind: 'versions of four parts with a build number',
    files: { 'src/tool/version.py': '__version__ = "0.21.0.2+1"\n' },
    tags: ['v0.21.0.2+1'],
    work: [['fix: a bug', 'bug']],
    found: { version_file: 'src/tool/version.py', scheme: 'parts 4' },
    next: '0.21.0.2+1 → 0.21.0.3+1',
    paths: ['src/tool/version.py', 'CHANGELOG.md'],
  },
  {
    kind: 'a file whose version nothing but a tag confirms',
    files: {
      'package.json': '{ "name": "site", "version": "0.0.0" }\n',
      VERSION: '3.2.1\n',
    },
    tags: ['v3.2.1'],
    work: [['fix: a bug', 'bug']],
    found: { version_file: 'VERSION' },
    next: '3.2.1 → 3.2.2',
    paths: ['VERSION', 'CHANGELOG.md'],
  },
];

/** What the bump of a plan says. */
function summaryOf(plan: JsonMap, id: string): string {
  const steps = Array.isArray(plan.steps) ? plan.steps : [];
  const step = steps.find((each) => isJsonMap(each) && each.id === id);
  const preview = isJsonMap(step) ? step.preview : null;
  return isJsonMap(preview ?? null) && isJsonMap(preview) ? String(preview.summary) : '';
}

function plannedPaths(plan: JsonMap): readonly string[] {
  const steps = Array.isArray(plan.steps) ? plan.steps : [];
  return steps.flatMap((step) => {
    const preview = isJsonMap(step) ? step.preview : null;
    const diffs = isJsonMap(preview ?? null) && isJsonMap(preview) ? preview.diffs : [];
    return Array.isArray(diffs) ? diffs.map((diff) => (isJsonMap(diff) ? String(diff.file) : '')) : [];
  });
}

function asMap(value: unknown): JsonMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${value} is no map`);
  return value as JsonMap;
}

describe('vwmp init --yes', () => {
  it.each(kinds)('fits the release to $kind', async (each) => {
    const repository = repositoryWith(each);
    const result = await repository.json(['init', each.template ?? 'standard', '--yes', ...(each.args ?? [])]);
    expect(result.found).toMatchObject(each.found);
    expect(result.diagnostics).toEqual([]);
    const plan = asMap(result.plan);
    expect(summaryOf(plan, 'bump')).toContain(each.next);
    expect([...plannedPaths(plan)].sort()).toEqual([...each.paths].sort());
    const diffs = (plan as unknown as PlanJson).steps.flatMap(
      ({ preview }) => preview?.diffs.map(({ diff }) => diff) ?? [],
    );
    for (const text of each.writes ?? []) expect(diffs.join('\n')).toContain(text);
    expect(await repository.json(['validate', 'release'])).toEqual({ valid: true, diagnostics: [] });
  });

  it.each(['standard', 'quick', 'documented', 'on-tag'])('writes %s without a warning', async (template) => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n' }, tags: ['v1.0.0'], work: [['fix: a', 'a']] });
    await repository.json(['init', template, '--yes', '--name', 'it']);
    expect(await repository.json(['validate', 'it'])).toEqual({ valid: true, diagnostics: [] });
  });

  it('names what it cannot find out, with the option to give it, and writes nothing', async () => {
    const repository = repositoryWith({
      files: { 'package.json': '{ "name": "a", "version": "1.0.0" }\n', 'Chart.yaml': 'name: a\nversion: 0.2.0\n' },
    });
    const { exitCode, err } = await repository.vwmp(['init', 'standard', '--yes']);
    expect(exitCode).toBe(2);
    expect(err).toContain('package.json 1.0.0, Chart.yaml 0.2.0');
    expect(err).toContain('--answer version_file=package.json');
    expect(repository.has('.github')).toBe(false);
    const answered = await repository.json(['init', 'standard', '--yes', '--answer', 'version_file=Chart.yaml']);
    expect(summaryOf(asMap(answered.plan), 'bump')).toContain('0.2.0 → ');
  });

  it('asks for the scheme of versions that can be of several', async () => {
    const repository = repositoryWith({ files: { VERSION: '24.10\n' }, work: [['fix: a', 'a']] });
    const refused = await repository.vwmp(['init', 'quick', '--yes']);
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toContain('--answer scheme=');
    const args = ['init', 'quick', '--yes', '--answer', 'scheme=parts 2', '--answer', 'increment=auto'];
    expect(summaryOf(asMap((await repository.json(args)).plan), 'bump')).toContain('24.10 → 24.11');
    const wrong = await repository.vwmp(['init', 'quick', '--yes', '--force', '--answer', 'scheme=roman']);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.err).toContain('roman');
  });

  it.each([
    [[], 'pep440', '1.0.1rc1'],
    [['--answer', 'scheme=pep440'], 'pep440', '1.0.1rc1'],
    [['--answer', 'scheme=semver'], 'semver', '1.0.1-rc.1'],
  ])('writes pre-releases of Python as the table says: %j', async (args, scheme, next) => {
    const repository = repositoryWith({
      files: { 'pyproject.toml': '[project]\nname = "tool"\nversion = "1.0.0"\n' },
      tags: ['v1.0.0'],
      work: [['fix: a', 'a']],
    });
    const { out } = await repository.vwmp(['init', 'quick', '--yes', ...args]);
    expect(out).toMatch(new RegExp(`^scheme +${scheme} `, 'm'));
    const path = '.github/vwmp/workflows/release.yml';
    repository.write(path, repository.read(path).replace('    config:\n', '    config:\n      prerelease: rc\n'));
    const plan = await repository.json(['plan', 'release']);
    expect(summaryOf(plan, 'bump')).toContain(`1.0.0 → ${next}`);
  });

  it.each(['CHANGELOG', 'CHANGES.txt', 'CHANGES.rst', 'HISTORY.rst', 'NEWS', 'docs/changelog.rst'])(
    'says that %s is no Markdown and gets no entries',
    async (path) => {
      const repository = repositoryWith({ files: { VERSION: '1.0.0\n', [path]: '1.0.0\n=====\n' } });
      const { out } = await repository.vwmp(['init', 'quick', '--yes']);
      expect(out).toMatch(
        new RegExp(
          `^changelog +CHANGELOG\\.md +${path} is there, but is no Markdown: .* a second changelog is made`,
          'm',
        ),
      );
    },
  );

  it('does not call a changelog missing that is not in UTF-8', async () => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n', 'changes/1.rst': 'x\n' } });
    writeFileSync(`${repository.root}/Changelog.md`, Buffer.from('# Änderungen\n', 'latin1'));
    const { out } = await repository.vwmp(['init', 'quick', '--yes']);
    expect(out).toMatch(/^changelog +Changelog\.md +it is there, but cannot be read as UTF-8/m);
  });

  it.each([
    [[], 'there is no tag of a version yet'],
    [['nightly'], 'there is no tag of a version yet'],
    [['curl-1_0_0'], 'there are tags like curl-1_0_0, but they do not look like versions that are known'],
  ])('says beside the tags %j that %s', async (tags, why) => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n' }, tags });
    const { out } = await repository.vwmp(['init', 'quick', '--yes']);
    expect(out).toMatch(new RegExp(`^tag +v\\{version\\} +${why}`, 'm'));
  });

  it('names files in folders that hold a version, and takes none of them by itself', async () => {
    const manifest = '{ "version": "1.0.0" }\n';
    const repository = repositoryWith({
      files: {
        '.gitignore': 'cache/\n',
        'backend/pyproject.toml': '[project]\nname = "b"\nversion = "1.0.0"\n',
        'apps/web/package.json': manifest,
        'vendor/x/package.json': manifest,
      },
      tags: ['v1.0.0'],
    });
    repository.write('cache/package.json', manifest);
    repository.write('apps/node_modules/package.json', manifest);
    const { out } = await repository.vwmp(['init', 'quick', '--yes']);
    expect(out).toMatch(
      /^version_file +none +no file .* at the top, but some in folders do \(backend\/pyproject\.toml 1\.0\.0, apps\/web\/package\.json 1\.0\.0\): take one with `--answer version_file=backend\/pyproject\.toml`, and there are tags/m,
    );
    expect(repository.read('.github/vwmp/workflows/release.yml')).toContain('version_file: ""');
    const args = ['--force', '--answer', 'version_file=backend/pyproject.toml'];
    await repository.json(['init', 'quick', '--yes', ...args]);
    expect(repository.read('.github/vwmp/workflows/release.yml')).toContain('version_file: backend/pyproject.toml');
  });

  it.each(['', 'none'])('takes "%s" for an answer that is empty', async (nothing) => {
    const repository = repositoryWith({ files: { 'tool.sln': '\n', VERSION: '1.0.0\n' }, tags: ['v1.0.0'] });
    const without = (...names: readonly string[]) => names.flatMap((name) => ['--answer', `${name}=${nothing}`]);
    const { out } = await repository.vwmp(['init', 'standard', '--yes', ...without('check', 'branch', 'version_file')]);
    expect(out).toMatch(/^check +none +it was given/m);
    const text = repository.read('.github/vwmp/workflows/release.yml');
    expect(text).toContain('version_file: ""');
    expect(text).not.toMatch(/id: (?:check|branch)|none/);
    const onTag = await repository.json(['init', 'on-tag', '--yes', ...without('build', 'assets')]);
    expect(onTag.answers).toMatchObject({ build: '', assets: [] });
    const refused = await repository.vwmp(['init', 'quick', '--yes', '--force', ...without('changelog')]);
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toContain('must be a file, for every release is entered into one');
  });

  it('says which lock files lag behind, and leaves them out where nothing is written', async () => {
    const files = {
      'package.json': '{ "name": "tool", "version": "1.0.0" }\n',
      'package-lock.json': npmLock('tool', '0.9.0'),
    };
    const repository = repositoryWith({ files, tags: ['v1.0.0'] });
    const { out } = await repository.vwmp(['init', 'on-tag', '--yes']);
    expect(out).toMatch(
      /^version_file +package\.json +package\.json says 1\.0\.0; behind: package-lock\.json 0\.9\.0, up to date with the next release that writes the version$/m,
    );
    expect(repository.read('.github/vwmp/workflows/release-on-tag.yml')).toContain('version_file: package.json\n');
  });

  it('names places in files of .NET that say the version in another form', async () => {
    const props = (lines: string) => `<Project>\n  <PropertyGroup>\n${lines}  </PropertyGroup>\n</Project>\n`;
    const repository = repositoryWith({
      files: {
        'Directory.Build.props': props('<VersionPrefix>4.2.0</VersionPrefix>\n<VersionSuffix>beta</VersionSuffix>\n'),
        'a.csproj': props(
          '<Version>4.2.0</Version>\n<AssemblyVersion>4.2.0.0</AssemblyVersion>\n<FileVersion>$(Version)</FileVersion>\n',
        ),
      },
    });
    const { out } = await repository.vwmp(['init', 'quick', '--yes']);
    expect(out).toMatch(
      /say 4\.2\.0; not written: VersionSuffix beta in Directory\.Build\.props, AssemblyVersion 4\.2\.0\.0 in a\.csproj$/m,
    );
  });

  it('works where git is not', async () => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n' } });
    const { exitCode, out } = await repository.vwmp(['init', 'quick', '--yes', '--workspace', '.', '--json'], {
      GIT_DIR: '/nonexistent',
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(out).found).toMatchObject({ version_file: 'VERSION', remote: null, branch: '' });
  });

  it('puts the workflow where the workflows of the repository are', async () => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n', 'workflows/other.yml': 'name: Other\n' } });
    const { files } = await repository.json(['init', 'quick', '--yes']);
    expect(files).toEqual([
      { path: 'workflows/release.yml', action: 'create' },
      { path: '.github/workflows/release.yml', action: 'create' },
    ]);
  });

  it('writes over nothing, and writes nothing at all then, unless it is told to', async () => {
    const own = 'name: mine\n';
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n', '.github/workflows/release.yml': own } });
    const refused = await repository.vwmp(['init', 'quick', '--yes']);
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toContain('.github/workflows/release.yml is there already');
    expect(repository.read('.github/workflows/release.yml')).toBe(own);
    expect(repository.has('.github/vwmp')).toBe(false);
    const forced = await repository.json(['init', 'quick', '--yes', '--force']);
    expect(forced.files).toMatchObject([{ action: 'create' }, { action: 'replace' }]);
    expect(repository.read('.github/workflows/release.yml')).not.toBe(own);
    const again = await repository.json(['init', 'quick', '--yes']);
    expect(again.files).toMatchObject([{ action: 'keep' }, { action: 'keep' }]);
  });

  const own = 'name: mine\nsteps: [{ id: go, run: "true" }]\n';

  it.each([
    ['workflows/release.yaml', {}],
    ['.github/vwmp/workflows/release.yaml', {}],
    ['.github/vwmp/workflows/release.yml', { 'workflows/other.yml': own }],
    ['.github/workflows/release.yaml', {}],
  ])('sees %s, which would run in its place or beside it', async (path, others) => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n', ...others, [path]: own } });
    const refused = await repository.vwmp(['init', 'quick', '--yes']);
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toContain(`${path} is there already`);
    expect(refused.err).toContain('--name');
    expect(repository.git('status', '--porcelain')).toBe('');
    const { files } = await repository.json(['init', 'quick', '--yes', '--force']);
    expect(files).toContainEqual({ path, action: 'replace' });
    expect(repository.read(path)).not.toBe(own);
  });

  it('does not write YAML over JSON, nor beside it', async () => {
    const json = '{ "name": "mine", "steps": [{ "id": "go", "run": "true" }] }\n';
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n', 'workflows/release.json': json } });
    const refused = await repository.vwmp(['init', 'quick', '--yes', '--force']);
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toContain('workflows/release.json has that name already');
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('takes back what it wrote where the second file cannot be written', async () => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n', '.github/workflows': 'no folder\n' } });
    const { exitCode, err } = await repository.vwmp(['init', 'quick', '--yes']);
    expect(exitCode).toBe(2);
    expect(err).toContain('Nothing was written');
    expect(repository.has('.github/vwmp/workflows/release.yml')).toBe(false);
  });

  it('shows the files and writes none with --dry-run', async () => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n' }, tags: ['v1.0.0'], work: [['fix: a', 'a']] });
    const shown = await repository.vwmp(['init', 'quick', '--yes', '--dry-run']);
    expect(shown.exitCode).toBe(0);
    expect(shown.out).toContain('would make .github/vwmp/workflows/release.yml');
    expect(shown.out).toContain('handler: release.version_bump');
    expect(shown.out).toContain('1.0.0 → 1.0.1');
    const { dry_run: dry, files } = await repository.json(['init', 'quick', '--yes', '--dry-run']);
    expect({ dry, files }).toMatchObject({ dry: true, files: [{ text: expect.stringContaining('handler:') }, {}] });
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('names the samples that a plan is made with', async () => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n' } });
    const { out } = await repository.vwmp(['init', 'documented', '--yes', '--dry-run']);
    expect(out).toContain('With samples for what has to be given: summary = "a sample text');
  });

  it('refuses names and answers that mean nothing', async () => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n' } });
    const messageOf = async (...args: readonly string[]) => {
      const { exitCode, err } = await repository.vwmp(['init', ...args, '--yes']);
      expect(exitCode).toBe(2);
      return err;
    };
    expect(await messageOf('standart')).toContain('Did you mean "standard"?');
    expect(await messageOf('quick', '--answer', 'chagnelog=x')).toContain('Did you mean `changelog`?');
    expect(await messageOf('quick', '--answer', 'caller=perhaps')).toContain('yes or no');
    expect(await messageOf('quick', '--answer', 'tag=v')).toContain('{version}');
    expect(await messageOf('quick', '--answer', 'version_file=../VERSION')).toContain('version_file');
    expect(await messageOf('quick', '--answer', 'increment=epoch')).toContain('auto, patch, minor, major');
    expect(await messageOf('quick', '--name', '../x')).toContain('--name');
    expect(await messageOf('quick', '--answer', 'scheme=calver YYYY.MM')).toContain('1.0.0 is no version of');
    expect(await messageOf('monorepo')).toContain('Standard Release');
    expect(repository.has('.github')).toBe(false);
  });
});

describe('vwmp init monorepo without packages', () => {
  const nowhere = /no workspace is listed in package\.json, pnpm-workspace\.yaml, Cargo\.toml or pyproject\.toml, and /;

  it.each([
    [
      { 'sub/go.mod': 'module x/sub\n' },
      /and there is no folder in packages\/\..* `vwmp init standard --workspace sub`/,
    ],
    [
      { 'packages/a/main.c': '\n' },
      /and no folder in packages\/ holds a version\..* `vwmp init standard --workspace packages\/a`/,
    ],
    [{ 'main.c': '\n' }, /and there is no folder in packages\/\. Take another template, such as Standard Release\.$/m],
  ])('says where it looked for them, and how a folder is released by itself: %j', async (files, message) => {
    const { exitCode, err } = await repositoryWith({ files }).vwmp(['init', 'monorepo', '--yes']);
    expect(exitCode).toBe(2);
    expect(err).toMatch(nowhere);
    expect(err).toMatch(message);
  });

  it('names the list of the workspace', async () => {
    const files = {
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["libs/*"]\n',
      'libs/a/pyproject.toml': '[project]\nname = "a"\ndynamic = ["version"]\n',
    };
    const { err } = await repositoryWith({ files }).vwmp(['init', 'monorepo', '--yes']);
    expect(err).toContain('`tool.uv.workspace.members` of pyproject.toml name no folder that holds a version.');
    expect(err).toContain('`vwmp init standard --workspace libs/a`');
  });
});

describe('vwmp init with somebody to answer', () => {
  const untyped: InitRepositoryOptions = {
    files: { 'package.json': '{ "name": "a", "version": "1.0.0" }\n', 'Chart.yaml': 'name: a\nversion: 0.2.0\n' },
    firstMessage: 'Start',
  };

  it('asks again for each answer that does not fit, and loses none', async () => {
    const repository = repositoryWith(untyped);
    const lines = ['no.json', 'Chart.yaml', '-', 'rel-{version}', 'sometimes', '-', 'minor', '', ''];
    const { exitCode, err } = await repository.initAnswered(['quick'], lines);
    expect(exitCode).toBe(0);
    expect(err.match(/The answer must be one of auto, patch, minor, major/g)).toHaveLength(2);
    expect(err).toContain('[patch] > ');
    expect(repository.read('.github/vwmp/workflows/release.yml')).toMatch(
      /default: minor[\s\S]*version_file: Chart.yaml[\s\S]*tag_template: "rel-\{version\}"/,
    );
  });

  it('takes the short name of a template', async () => {
    const { exitCode, err } = await repositoryWith(untyped).initAnswered(
      ['--dry-run'],
      ['quik', 'quick', 'Chart.yaml', '', '', ''],
    );
    expect(exitCode).toBe(0);
    expect(err).toContain('The answer must name one template (Did you mean "quick"?).');
  });

  it('asks for what was given and does not fit', async () => {
    const { exitCode, err } = await repositoryWith(untyped).initAnswered(
      ['quick', '--dry-run', '--answer', 'version_file=Chart.yaml', '--answer', 'increment=sometimes'],
      ['', 'patch', ''],
    );
    expect(exitCode).toBe(0);
    expect(err).toContain('The answer increment=sometimes must be one of auto, patch, minor, major.');
  });
});

describe('the workflow of GitHub that init writes', () => {
  const files = { VERSION: '1.0.0\n' };

  async function callerOf(template: string, ...args: readonly string[]): Promise<JsonMap> {
    const repository = repositoryWith({ files, remoteUrl: 'https://github.com/acme/tool.git', tags: ['v1.0.0'] });
    await repository.vwmp(['init', template, '--yes', '--name', 'ship', ...args]);
    return asMap(parse(repository.read('.github/workflows/ship.yml')));
  }

  it('gives the token no right but to write what is released', async () => {
    const caller = await callerOf('standard');
    const job = asMap(asMap(caller.jobs).ship);
    expect(caller.permissions).toEqual({});
    expect(job.permissions).toEqual({ contents: 'write' });
    expect(caller.concurrency).toEqual({ group: 'ship', 'cancel-in-progress': false });
  });

  it('passes what somebody enters as data, and pins what it uses', async () => {
    const job = asMap(asMap((await callerOf('standard')).jobs).ship);
    const steps = Array.isArray(job.steps) ? job.steps.map(asMap) : [];
    expect(steps.map(({ uses }) => uses)).toEqual([
      expect.stringMatching(/^actions\/checkout@[0-9a-f]{40}$/),
      expect.stringMatching(/^org\/vwmp-action@[0-9a-f]{40}$/),
    ]);
    expect(steps[0]?.with).toMatchObject({ 'fetch-depth': 0 });
    expect(steps[1]?.with).toEqual({ workflow: 'ship', parameters: '${{ toJSON(inputs) }}' });
  });

  it('asks for the parameters of the workflow', async () => {
    const caller = await callerOf('standard');
    expect(asMap(asMap(caller.on).workflow_dispatch).inputs).toMatchObject({
      summary: { type: 'string', default: '' },
      increment: { type: 'choice', options: ['auto', 'patch', 'minor', 'major'] },
    });
  });

  it('begins with a tag, and leaves no credentials, where the release does', async () => {
    const caller = await callerOf('on-tag');
    expect(caller.on).toEqual({ push: { tags: ['v[0-9]*'] } });
    const job = asMap(asMap(caller.jobs).ship);
    const [checkout] = Array.isArray(job.steps) ? job.steps.map(asMap) : [];
    expect(checkout?.with).toMatchObject({ 'persist-credentials': false });
    expect(job.permissions).toEqual({ contents: 'write' });
  });

  it('is left out where the remote is on another host, or nobody wants it', async () => {
    const elsewhere = repositoryWith({ files, remoteUrl: 'https://gitlab.com/acme/tool.git' });
    await elsewhere.vwmp(['init', 'quick', '--yes']);
    expect(elsewhere.has('.github/workflows')).toBe(false);
    const unwanted = repositoryWith({ files });
    await unwanted.vwmp(['init', 'quick', '--yes', '--answer', 'caller=no']);
    expect(unwanted.has('.github/workflows')).toBe(false);
  });
});

describe('a release that init wrote', () => {
  async function written(options: InitRepositoryOptions, ...args: readonly string[]): Promise<InitRepository> {
    const repository = repositoryWith(options);
    await repository.json(['init', ...args, '--yes']);
    repository.commit('ci: a release workflow');
    repository.push();
    return repository;
  }

  const npm: InitRepositoryOptions = {
    files: {
      'package.json': '{\n  "name": "tool",\n  "version": "1.2.3"\n}\n',
      'package-lock.json': npmLock('tool', '1.2.3'),
      'README.md': '# Tool\n\n![Version](https://img.shields.io/badge/version-1.2.3-blue)\n',
    },
    tags: ['v1.2.3'],
    work: [['feat: more', 'more']],
  };

  it.each([
    ['standard', ['CHANGELOG.md', 'README.md', 'package-lock.json', 'package.json']],
    ['quick', ['CHANGELOG.md', 'package-lock.json', 'package.json']],
  ])('%s: one commit, its tag, both on the remote; a second run changes nothing', async (template, paths) => {
    const repository = await written(npm, template);
    const before = repository.git('rev-parse', 'HEAD');
    const run = await repository.json(['run', 'release']);
    expect(run.status).toBe('success');
    expect(run.outputs).toMatchObject({ version: '1.3.0', outcome: 'new' });
    expect(repository.git('rev-parse', 'HEAD^')).toBe(before);
    expect(repository.git('log', '-1', '--format=%s')).toBe('chore(release): 1.3.0');
    expect(repository.changedInHead()).toEqual(paths);
    const refs = repository.remoteRefs();
    expect(refs).toMatchObject({
      'refs/heads/main': repository.git('rev-parse', 'HEAD'),
      'refs/tags/v1.3.0': repository.git('rev-parse', 'HEAD'),
    });
    expect(repository.git('status', '--porcelain')).toBe('');
    const again = await repository.json(['run', 'release']);
    expect(again.outputs).toMatchObject({ outcome: 'released' });
    expect(repository.remoteRefs()).toEqual(refs);
  });

  it('stops before anything is written where the check fails', async () => {
    const repository = await written(npm, 'standard', '--answer', 'check=exit 3');
    const { exitCode } = await repository.vwmp(['run', 'release']);
    expect(exitCode).toBe(1);
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('is not made from another branch', async () => {
    const repository = await written(npm, 'quick');
    repository.git('switch', '--quiet', '--create', 'topic');
    const { exitCode } = await repository.vwmp(['run', 'release']);
    expect(exitCode).toBe(1);
    expect(repository.git('log', '-1', '--format=%s')).toBe('ci: a release workflow');
  });

  it('takes commits without types by their mere being', async () => {
    const repository = await written(
      { files: { VERSION: '1.0.0\n' }, firstMessage: 'Start', tags: ['v1.0.0'], work: [['Mend the door', 'door']] },
      'quick',
    );
    const run = await repository.json(['run', 'release', '--increment', 'auto']);
    expect(run.outputs).toMatchObject({ version: '1.0.1' });
    expect(repository.read('CHANGELOG.md')).toContain('Mend the door');
    expect(repository.git('log', '-1', '--format=%s')).toBe('Release 1.0.1');
  });

  it('counts and lists commits without types beside those that have some', async () => {
    const repository = await written(
      {
        files: { VERSION: '1.0.0\n' },
        firstMessage: 'Start',
        tags: ['v1.0.0'],
        work: [
          ['fix: a bug', 'bug'],
          ['Mend the door', 'door'],
        ],
      },
      'quick',
    );
    await repository.json(['run', 'release']);
    const changelog = repository.read('CHANGELOG.md');
    expect(changelog).toMatch(/### Changed\n\n- Mend the door[\s\S]*### Fixed\n\n- a bug/i);
    repository.commit('Paint the door', { door: 'red\n' });
    expect((await repository.json(['run', 'release'])).outputs).toMatchObject({ version: '1.0.2' });
    repository.commit('feat!: no door', { door: '' });
    expect((await repository.json(['run', 'release'])).outputs).toMatchObject({ version: '2.0.0' });
  });

  it('leaves commits without types aside where somebody answers so', async () => {
    const repository = await written(
      { files: { VERSION: '1.0.0\n' }, firstMessage: 'Start', tags: ['v1.0.0'], work: [['Mend the door', 'door']] },
      'quick',
      '--answer',
      'untyped_commits=no',
    );
    const run = await repository.json(['run', 'release', '--increment', 'auto']);
    expect(run.outputs).toMatchObject({ outcome: 'nothing' });
  });

  it('of a folder is called from the top, counts what touches the folder, and has tags of its own', async () => {
    const repository = repositoryWith({
      files: {
        'package.json': '{ "name": "root", "version": "1.0.0" }\n',
        'svc/api/package.json': '{ "name": "api", "version": "0.3.0" }\n',
      },
      firstMessage: 'chore: the beginning',
      tags: ['v1.0.0'],
      work: [
        ['fix: a bug', 'svc/api/bug'],
        ['feat: not of the folder', 'web/more'],
      ],
    });
    const { out } = await repository.vwmp(['init', 'quick', '--yes', '--workspace', 'svc/api']);
    expect(out).toContain('made svc/api/.github/vwmp/workflows/release.yml');
    expect(out).toContain('made .github/workflows/svc-api-release.yml');
    expect(out).toContain('vwmp plan release --workspace svc/api');
    repository.commit('ci: a release workflow');
    repository.push();
    const run = await repository.json(['run', 'release', '--workspace', 'svc/api']);
    expect(run.outputs).toMatchObject({ version: '0.3.1', tag: 'svc/api/v0.3.1' });
    expect(repository.changedInHead()).toEqual(['svc/api/CHANGELOG.md', 'svc/api/package.json']);
    expect(repository.read('svc/api/CHANGELOG.md')).not.toContain('not of the folder');
    expect(repository.remoteRefs()).toHaveProperty('refs/tags/svc/api/v0.3.1');
    repository.commit('feat: nor this', { 'web/other': 'x' });
    const again = await repository.json(['run', 'release', '--workspace', 'svc/api']);
    expect(again.outputs).toMatchObject({ outcome: 'nothing' });
  });

  const pnpm: InitRepositoryOptions = {
    files: {
      'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n",
      'packages/core/package.json': '{\n  "name": "@acme/core",\n  "version": "1.2.0"\n}\n',
      'packages/cli/package.json': '{\n  "name": "@acme/cli",\n  "version": "0.4.0"\n}\n',
      'packages/docs/package.json': '{\n  "name": "docs",\n  "version": "2.0.0"\n}\n',
    },
    tags: ['@acme/core@1.2.0', '@acme/cli@0.4.0', 'docs@2.0.0'],
    work: [
      ['feat: more', 'packages/core/more'],
      ['fix: a bug', 'packages/cli/bug'],
    ],
  };

  it.each([
    ['folders', ['core@1.2.0', 'cli@0.4.0', 'docs@2.0.0']],
    ['folders or packages', ['@acme/core@1.2.0', 'cli@0.4.0', 'docs@2.0.0']],
  ])('monorepo: goes on with tags that are named after %s', async (_, tags) => {
    const repository = await written({ ...pnpm, tags }, 'monorepo');

    const run = await repository.json(['run', 'release']);

    expect(run.outputs).toEqual({ cli: '0.4.1', core: '1.3.0', docs: null });
    const core = tags[0]?.replace('1.2.0', '1.3.0');
    expect(Object.keys(repository.remoteRefs())).toEqual(
      expect.arrayContaining([`refs/tags/${core}`, 'refs/tags/cli@0.4.1']),
    );
  });

  it('monorepo: one commit, a tag for each package that changed, the others left alone', async () => {
    const repository = await written(pnpm, 'monorepo');
    const before = repository.git('rev-parse', 'HEAD');
    const plan = (await repository.json(['plan', 'release'])) as unknown as PlanJson;
    expect(
      plan.steps.flatMap(({ preview }) => preview?.commands.filter((line) => line.startsWith('git ')) ?? []),
    ).toEqual([
      "git commit --message 'chore(release): @acme/cli@0.4.1, @acme/core@1.3.0'",
      expect.stringContaining(' @acme/cli@0.4.1'),
      expect.stringContaining(' @acme/core@1.3.0'),
      expect.stringContaining('git push --atomic '),
    ]);
    const run = await repository.json(['run', 'release']);
    expect(run.outputs).toEqual({ cli: '0.4.1', core: '1.3.0', docs: null });
    expect(repository.git('rev-parse', 'HEAD^')).toBe(before);
    expect(repository.git('log', '-1', '--format=%s')).toBe('chore(release): @acme/cli@0.4.1, @acme/core@1.3.0');
    expect(repository.changedInHead()).toEqual([
      'packages/cli/CHANGELOG.md',
      'packages/cli/package.json',
      'packages/core/CHANGELOG.md',
      'packages/core/package.json',
    ]);
    const head = repository.git('rev-parse', 'HEAD');
    const refs = repository.remoteRefs();
    expect(refs).toMatchObject({
      'refs/heads/main': head,
      'refs/tags/@acme/cli@0.4.1': head,
      'refs/tags/@acme/core@1.3.0': head,
    });
    expect(Object.keys(refs)).toHaveLength(6);
    const again = await repository.json(['run', 'release']);
    expect(again.status).toBe('success');
    expect(repository.remoteRefs()).toEqual(refs);
    expect(repository.git('rev-parse', 'HEAD')).toBe(head);
  });

  it('monorepo: goes on with one package after the others were released', async () => {
    const repository = await written(pnpm, 'monorepo');
    await repository.json(['run', 'release']);
    repository.commit('feat: a page', { 'packages/docs/page': 'page\n' });
    const run = await repository.json(['run', 'release']);
    expect(run.outputs).toMatchObject({ docs: '2.1.0' });
    expect(repository.git('log', '-1', '--format=%s')).toBe('chore(release): docs@2.1.0');
    expect(Object.keys(repository.remoteRefs())).toHaveLength(7);
  });

  it('monorepo: finds packages by their folders, and follows the tags that are there', async () => {
    const repository = await written(
      {
        files: { 'packages/a/VERSION': '1.0.0\n', 'packages/b/VERSION': '1.5.0\n', 'packages/note.txt': 'x\n' },
        tags: ['a/v1.0.0', 'b/v1.5.0'],
        work: [['fix: a bug', 'packages/b/bug']],
      },
      'monorepo',
    );
    const run = await repository.json(['run', 'release']);
    expect(run.outputs).toEqual({ a: null, b: '1.5.1' });
    expect(repository.remoteRefs()).toHaveProperty('refs/tags/b/v1.5.1');
  });

  it('monorepo: takes names and tags of the repository for texts, whatever they look like', async () => {
    const name = '{{ env.HOME }}"\n- x: {version}';
    const repository = await written(
      {
        files: {
          'packages/a{{b}}/package.json': JSON.stringify({ name, version: '1.0.0' }),
          'packages/b/package.json': JSON.stringify({ name: '@x/{{c}}', version: '1.0.0' }),
        },
        work: [['feat: more', 'packages/b/more']],
      },
      'monorepo',
    );
    expect(await repository.json(['validate', 'release'])).toEqual({ valid: true, diagnostics: [] });
    const run = await repository.json(['run', 'release']);
    expect(run.status).toBe('success');
    expect(repository.remoteRefs()).toHaveProperty('refs/tags/b@1.1.0');
    expect(repository.remoteRefs()).toHaveProperty('refs/tags/a{{b}}@1.1.0');
  });

  it('monorepo: writes the lock file of a Cargo workspace too', async () => {
    const repository = await written(
      {
        files: {
          'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
          'Cargo.lock':
            'version = 3\n\n[[package]]\nname = "one"\nversion = "0.1.0"\n\n[[package]]\nname = "two"\nversion = "0.2.0"\n',
          'crates/one/Cargo.toml': '[package]\nname = "one"\nversion = "0.1.0"\n',
          'crates/two/Cargo.toml': '[package]\nname = "two"\nversion = "0.2.0"\n',
        },
        work: [['feat: all of it', 'crates/one/all']],
      },
      'monorepo',
      '--answer',
      'tag={name}/v{version}',
      '--answer',
      'check=',
    );
    await repository.json(['run', 'release']);
    expect(repository.read('Cargo.lock')).toMatch(
      /name = "one"\nversion = "0\.2\.0"[\s\S]*name = "two"\nversion = "0\.3\.0"/,
    );
    expect(repository.remoteRefs()).toHaveProperty('refs/tags/two/v0.3.0');
  });

  it('monorepo: writes the lock file of a workspace of uv too', async () => {
    const member = (name: string) => `[project]\nname = "${name}"\nversion = "1.0.0"\n`;
    const repository = await written(
      {
        files: {
          'pyproject.toml':
            '[project]\nname = "root"\nversion = "1.0.0"\n\n[tool.uv.workspace]\nmembers = ["libs/*"]\n',
          'libs/a/pyproject.toml': member('a'),
          'libs/b/pyproject.toml': member('b'),
          'uv.lock': uvLock(['root', 'editable', '.'], ['a', 'editable', 'libs/a'], ['b', 'editable', 'libs/b']),
        },
        tags: ['a@1.0.0', 'b@1.0.0'],
        work: [['feat: more', 'libs/a/more']],
      },
      'monorepo',
    );
    expect((await repository.json(['run', 'release'])).outputs).toEqual({ a: '1.1.0', b: null });
    expect(repository.read('uv.lock')).toMatch(
      /"root"\nversion = "1\.0\.0"[\s\S]*"a"\nversion = "1\.1\.0"[\s\S]*"b"\nversion = "1\.0\.0"/,
    );
  });

  const asking: InitRepositoryOptions = {
    files: {
      'package.json': '{ "private": true, "workspaces": ["libs/*"], "devDependencies": { "@x/a": "1.0.0" } }\n',
      'libs/a/package.json': '{ "name": "@x/a", "version": "1.0.0" }\n',
      'libs/b/package.json':
        '{ "name": "@x/b", "version": "1.0.0", "dependencies": { "@x/a": "^1.0.0", "left": "^1.0.0" }, "peerDependencies": { "@x/a": "^1.0.0" } }\n',
      'libs/old/package.json':
        '{ "name": "old", "private": true, "dependencies": { "@x/a": "^0.9.0", "@x/b": "*" } }\n',
      'package-lock.json': `${JSON.stringify(
        {
          lockfileVersion: 3,
          packages: {
            '': { workspaces: ['libs/*'], devDependencies: { '@x/a': '1.0.0' } },
            'libs/a': { name: '@x/a', version: '1.0.0' },
            'libs/b': { name: '@x/b', version: '1.0.0', dependencies: { '@x/a': '^1.0.0', left: '^1.0.0' } },
          },
        },
        null,
        2,
      )}\n`,
    },
    tags: ['@x/a@1.0.0', '@x/b@1.0.0'],
    work: [['feat!: other', 'libs/a/other']],
  };

  it('monorepo: raises what the other packages ask for, in manifests and in the lock file', async () => {
    const repository = await written(asking, 'monorepo');
    const run = await repository.json(['run', 'release']);
    expect(run.outputs).toEqual({ a: '2.0.0', b: null });
    expect(repository.read('package.json')).toContain('"devDependencies": { "@x/a": "2.0.0" }');
    expect(repository.read('libs/b/package.json')).toBe(
      '{ "name": "@x/b", "version": "1.0.0", "dependencies": { "@x/a": "^2.0.0", "left": "^1.0.0" }, "peerDependencies": { "@x/a": "^1.0.0" } }\n',
    );
    expect(repository.changedInHead()).toEqual([
      'libs/a/CHANGELOG.md',
      'libs/a/package.json',
      'libs/b/package.json',
      'package-lock.json',
      'package.json',
    ]);
    const { packages } = JSON.parse(repository.read('package-lock.json'));
    expect(packages).toMatchObject({
      '': { devDependencies: { '@x/a': '2.0.0' } },
      'libs/a': { version: '2.0.0' },
      'libs/b': { version: '1.0.0', dependencies: { '@x/a': '^2.0.0', left: '^1.0.0' } },
    });
    const refs = repository.remoteRefs();
    expect((await repository.json(['run', 'release'])).outputs).toEqual({ a: '2.0.0', b: null });
    expect(repository.remoteRefs()).toEqual(refs);
  });

  it('monorepo: brings lock entries up to date that lag behind, and says so before', async () => {
    const lock = asking.files['package-lock.json']?.replace('"version": "1.0.0"', '"version": "0.8.0"') ?? '';
    const repository = repositoryWith({ ...asking, files: { ...asking.files, 'package-lock.json': lock } });
    const { out } = await repository.vwmp(['init', 'monorepo', '--yes']);
    expect(out).toContain('; behind: package-lock.json 0.8.0 (libs/a), up to date with the next release');
    repository.commit('ci: a release workflow');
    await repository.json(['run', 'release']);
    expect(JSON.parse(repository.read('package-lock.json')).packages['libs/a'].version).toBe('2.0.0');
  });

  it('raises what packages of one version ask of each other', async () => {
    const repository = await written({ ...asking, tags: ['v1.0.0'] }, 'quick');
    await repository.json(['run', 'release', '--increment', 'minor']);
    expect(repository.read('libs/b/package.json')).toContain(
      '"version": "1.1.0", "dependencies": { "@x/a": "^1.1.0", "left": "^1.0.0" }, "peerDependencies": { "@x/a": "^1.0.0" }',
    );
  });

  it('monorepo: raises the requirements of crates that lie beside each other', async () => {
    const member = (name: string, rest = '') => `[package]\nname = "${name}"\nversion = "0.3.1"\n${rest}`;
    const repository = await written(
      {
        files: {
          'Cargo.toml':
            '[workspace]\nmembers = ["one", "two", "three"]\n\n[workspace.dependencies]\none = { path = "one", version = "=0.3.1" }\n',
          'one/Cargo.toml': member('one'),
          'two/Cargo.toml': member(
            'two',
            '\n[dependencies]\none = { workspace = true }\nserde = "0.3"\n\n[dev-dependencies]\nfirst = { package = "one", path = "../one", version = "0.3" }\n',
          ),
          'three/Cargo.toml': member('three', '\n[dependencies]\none = { path = "../one", version = "0.2.9" }\n'),
        },
        tags: ['one@0.3.1', 'two@0.3.1', 'three@0.3.1'],
        work: [['feat!: other', 'one/other']],
      },
      'monorepo',
      '--answer',
      'check=',
    );
    const run = await repository.json(['run', 'release']);
    expect(run.outputs).toEqual({ one: '0.4.0', three: null, two: null });
    expect(repository.read('Cargo.toml')).toContain('one = { path = "one", version = "=0.4.0" }');
    expect(repository.read('two/Cargo.toml')).toContain(
      'first = { package = "one", path = "../one", version = "0.4.0" }',
    );
    expect(repository.read('three/Cargo.toml')).toContain('version = "0.2.9"');
  });

  it('monorepo: knows the tags of crates with hyphens in their names', async () => {
    const crate = (name: string, version: string) => `[package]\nname = "${name}"\nversion = "${version}"\n`;
    const repository = await written(
      {
        files: {
          'Cargo.toml': '[workspace]\nmembers = ["my-a", "my-b"]\n',
          'my-a/Cargo.toml': crate('my-a', '0.1.0'),
          'my-b/Cargo.toml': crate('my-b', '0.2.0'),
        },
        tags: ['my-a-v0.1.0', 'my-b-v0.2.0'],
        work: [['feat: more', 'my-a/more']],
      },
      'monorepo',
      '--answer',
      'check=',
    );
    const run = await repository.json(['run', 'release']);
    expect(run.outputs).toEqual({ 'my-a': '0.2.0', 'my-b': null });
    expect(repository.remoteRefs()).toHaveProperty('refs/tags/my-a-v0.2.0');
  });

  it('takes no tag of a package for that of the whole, and says so', async () => {
    const repository = repositoryWith({ ...asking, work: [['feat: more', 'libs/b/more']] });
    const { out } = await repository.vwmp(['init', 'standard', '--yes', '--dry-run']);
    expect(out).toMatch(/^tag +v\{version\} +@x\/a@1\.0\.0 names a package, .*Monorepo Release/m);
  });

  it('raises packages that share one version together', async () => {
    const repository = await written(
      {
        files: {
          'package.json': '{ "name": "root", "version": "1.0.0", "workspaces": ["libs/*"] }\n',
          'libs/a/package.json': '{ "name": "a", "version": "1.0.0" }\n',
          'libs/b/package.json': '{ "name": "b", "version": "1.0.0" }\n',
        },
        tags: ['v1.0.0'],
        work: [['feat: more', 'more']],
      },
      'quick',
    );
    await repository.json(['run', 'release']);
    expect(repository.changedInHead()).toEqual([
      'CHANGELOG.md',
      'libs/a/package.json',
      'libs/b/package.json',
      'package.json',
    ]);
  });

  it('on a tag: tells version and notes of it, and refuses a tag that the files contradict', async () => {
    const repository = await written({ files: { VERSION: '1.0.0\n' }, tags: ['v1.0.0'] }, 'on-tag');
    repository.commit('feat: more', { VERSION: '1.1.0\n' });
    repository.git('tag', 'v1.1.0');
    const run = await repository.json(['run', 'release-on-tag']);
    expect(run.outputs).toMatchObject({ version: '1.1.0', tag: 'v1.1.0', notes: expect.stringContaining('more') });
    repository.commit('feat: less', { less: 'x' });
    repository.git('tag', 'v9.0.0');
    const wrong = await repository.vwmp(['run', 'release-on-tag', '--json']);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.out).toContain('the tag says 9.0.0, but VERSION says 1.1.0');
  });

  it('documented: writes a changelog of its own for the version', async () => {
    const repository = await written({ files: { VERSION: '1.0.0\n' }, tags: ['v1.0.0'] }, 'documented');
    repository.commit('feat: more', { more: 'x' });
    const run = await repository.json(['run', 'release', '--summary', 'More than there was before']);
    expect(run.status).toBe('success');
    expect(repository.changedInHead()).toEqual(['CHANGELOG.md', 'VERSION', 'docs/changelogs/CHANGELOG_v1.1.0.md']);
    expect(repository.git('log', '-1', '--format=%s')).toBe('1.1.0 - More than there was before');
  });
});

describe('a documented release of the sample repository', () => {
  it('finds its folders, and every one of its ten steps does its work', async () => {
    const repository = new ReleaseRepository();
    try {
      const written = await cli(['init', 'documented', '--yes', '--json'], repository.root);
      expect(JSON.parse(written.output).found).toMatchObject({
        version_file: releasePaths.version,
        changelog_dir: releasePaths.changelogs,
        kanban_board: releasePaths.board,
        validators: [releasePaths.changelogValidator, releasePaths.branchValidator].sort(),
        readme: true,
      });
      repository.git('add', '--all');
      repository.git('commit', '--quiet', '--message', 'ci: a release workflow');
      const args = ['--summary', 'An engine that runs', '--increment', 'patch', '--kb_docs_ok', 'true', '--json'];
      const run = JSON.parse((await cli(['run', 'release', ...args], repository.root)).output);
      const states = run.steps.map(({ id, status }: { id: string; status: string }) => `${id} ${status}`);
      expect(states).toHaveLength(10);
      expect(states.filter((state: string) => !state.endsWith(' success'))).toEqual([]);
      expect(run.outputs).toMatchObject({ version: '0.21.0.3+1', tag: 'v0.21.0.3+1' });
      for (const path of [releasePaths.changelog, releasePaths.readme, releasePaths.epic, releasePaths.board]) {
        expect(repository.read(path)).toContain('0.21.0.3+1');
      }
      const head = repository.git('rev-parse', 'HEAD');
      expect(repository.remoteGit('rev-parse', 'v0.21.0.3+1^{commit}')).toBe(head);
    } finally {
      repository.remove();
    }
  });
});

describe('a release that init wrote, on GitHub', () => {
  let fake: FakeGitHub;
  beforeAll(async () => {
    fake = await FakeGitHub.start();
  });
  afterAll(() => fake.stop());
  afterEach(() => fake.reset());

  const settings = () => ({
    GITHUB_API_URL: fake.apiUrl,
    GITHUB_REPOSITORY: fake.state.repository,
    GITHUB_TOKEN: fake.adminToken,
  });

  async function standardOnGitHub(): Promise<InitRepository> {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n' }, tags: ['v1.0.0'], work: [['fix: a', 'a']] });
    await repository.json(['init', 'standard', '--yes', '--answer', 'github_release=yes']);
    repository.commit('ci: a release workflow');
    repository.push();
    // What git pushes goes to another place than the fake, which takes any commit for one of its own.
    Object.assign(fake.state.commits, { has: () => true });
    return repository;
  }

  const run = ['run', 'release', '--enable', 'draft,publish'];

  it('standard: publishes what was pushed, with the notes of the changelog', async () => {
    const repository = await standardOnGitHub();
    expect((await repository.json(run, settings())).status).toBe('success');
    const head = repository.git('rev-parse', 'HEAD');
    expect(fake.state.releases).toMatchObject([
      { tag: 'v1.0.1', draft: false, target: head, body: expect.stringContaining('- a') },
    ]);
    expect(repository.remoteRefs()).toMatchObject({ 'refs/heads/main': head, 'refs/tags/v1.0.1': head });
    fake.forget();
    expect((await repository.json(run, settings())).status).toBe('success');
    expect(fake.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('standard: leaves nothing behind, neither here nor on GitHub, where the push is refused', async () => {
    const repository = await standardOnGitHub();
    const before = { head: repository.git('rev-parse', 'HEAD'), refs: repository.remoteRefs() };
    repository.refusePushes();
    const { exitCode } = await repository.vwmp(run, settings());
    expect(exitCode).toBe(1);
    expect(fake.requests.some(({ method }) => method === 'POST')).toBe(true);
    expect(fake.state.releases).toEqual([]);
    expect({ head: repository.git('rev-parse', 'HEAD'), refs: repository.remoteRefs() }).toEqual(before);
    expect(repository.git('tag', '--list', 'v1.0.1')).toBe('');
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('standard: makes no release on GitHub from a laptop that is not told to', async () => {
    const repository = await standardOnGitHub();
    expect((await repository.json(['run', 'release'], settings())).status).toBe('success');
    expect(fake.requests).toEqual([]);
  });

  it('on a tag: makes the release with its files once, however often it is started', async () => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n' }, tags: ['v1.0.0'] });
    const args = ['--answer', 'build=mkdir -p out && echo "$VERSION" > out/tool.txt', '--answer', 'assets=out/*.txt'];
    await repository.json(['init', 'on-tag', '--yes', ...args]);
    const head = repository.git('rev-parse', 'HEAD');
    fake.state.commits.add(head);
    fake.state.tags.set('v1.0.0', { commit: head, annotated: true });
    const release = () => repository.json(['run', 'release-on-tag', '--enable', 'release'], settings());
    expect((await release()).status).toBe('success');
    expect(fake.state.releases).toMatchObject([
      { tag: 'v1.0.0', draft: false, assets: [{ name: 'tool.txt', bytes: Buffer.from('1.0.0\n') }] },
    ]);
    const made = JSON.stringify(fake.state.releases);
    fake.forget();
    expect((await release()).status).toBe('success');
    expect(JSON.stringify(fake.state.releases)).toBe(made);
    expect(fake.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('vwmp init --list', () => {
  it('lists the templates of all workflow types', async () => {
    const repository = repositoryWith({ files: { VERSION: '1.0.0\n' } });
    const { templates } = await repository.json(['init', '--list']);
    const names = Array.isArray(templates) ? templates.map((each) => asMap(each).template) : [];
    expect(names).toEqual([
      'release/standard-release',
      'release/quick-release',
      'release/on-tag-release',
      'release/monorepo-release',
      'release/documented-release',
    ]);
  });

  it("has those of a repository's own plugin, which init writes too", async () => {
    const repository = repositoryWith({
      files: {
        'vwmp_config.yaml': 'plugins:\n  discovery: { directories: [plugins] }\n',
        'plugins/shop/index.js':
          'export default { apiVersion: 1, name: "shop", version: "1.0.0", description: "A shop", handlers: {} };\n',
        'plugins/shop/config.yaml': [
          'workflow_type:',
          '  name: shop',
          '  templates:',
          '    - name: Open Shop',
          '      description: Opens it',
          '      template:',
          '        name: Open the shop',
          '        parameters:',
          '          - { name: door, type: enum, options: [front, back], default: front }',
          '        steps:',
          '          - { id: open, run: echo "$DOOR", env: { DOOR: "{{ parameters.door }}" } }',
          '',
        ].join('\n'),
      },
    });
    const { out } = await repository.vwmp(['init', '--list']);
    expect(out).toContain('open-shop');
    await repository.json(['init', 'open-shop', '--yes']);
    const run = await repository.json(['run', 'open-shop', '--door', 'back']);
    expect(run.status).toBe('success');
    const caller = asMap(parse(repository.read('.github/workflows/open-shop.yml')));
    expect(asMap(asMap(caller.jobs)['open-shop']).permissions).toEqual({ contents: 'read' });
  });
});
