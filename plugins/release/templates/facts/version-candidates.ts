import { posix } from 'node:path';
import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import { findPlaces } from '../../writers/find-places.ts';
import { formatOfFile } from '../../writers/format-of-file.ts';
import type { TargetFormat, VersionTarget } from '../../writers/version-target.ts';
import { cargoPackages, cargoRequirements } from './cargo.ts';
import { textOf } from './file-text.ts';
import { filesBelow, foreign } from './files-below.ts';
import { furtherPlaces } from './further-places.ts';
import { mavenPlaces } from './maven.ts';
import { uvLockName } from './pyproject.ts';
import { pythonSources } from './python-sources.ts';

/** A file that holds a version, and which. */
export interface VersionCandidate {
  readonly target: VersionTarget;
  readonly version: string;
  /** Of an entry in a lock file: the file that it describes. */
  readonly lockOf?: string;
}

/** True for an entry of a lock file that lags behind the file which it describes: it follows, so it tells nothing. */
export function isStaleLock({ lockOf, version }: VersionCandidate, all: readonly VersionCandidate[]): boolean {
  const described = all.find(({ target }) => target.path === lockOf);
  return described !== undefined && described.version !== version;
}

/** The entry of a lock file for what another file describes; `null` where it has none. */
export async function lockEntry(
  context: TemplateContext,
  target: VersionTarget,
  lockOf: string,
): Promise<VersionCandidate | null> {
  const candidate = await candidateAt(context, target);
  return candidate === null ? null : { ...candidate, lockOf };
}

/**
 * Where versions stand in a folder, the place that counts most first. Lock files follow the file that they describe.
 */
const usualFiles = [
  'package.json',
  'pyproject.toml',
  'setup.cfg',
  '__init__.py',
  'version.py',
  '*/__init__.py',
  '*/version.py',
  '*/_version.py',
  '*/__version__.py',
  '*/__about__.py',
  'src/*/__init__.py',
  'src/*/version.py',
  'src/*/_version.py',
  'src/*/__version__.py',
  'src/*/__about__.py',
  'Cargo.toml',
  'pom.xml',
  'Directory.Build.props',
  '*.csproj',
  '*.fsproj',
  '*.vbproj',
  '*/*.csproj',
  'src/*/*.csproj',
  'Chart.yaml',
  'chart/Chart.yaml',
  'charts/*/Chart.yaml',
  'pubspec.yaml',
  'composer.json',
  'gradle.properties',
  'build.gradle.kts',
  'build.gradle',
  'mix.exs',
  'lib/*/version.rb',
  '*.gemspec',
  'VERSION',
  'VERSION.txt',
  'version.txt',
];

/** The same for names that say too little: each can be about something else, or be left as it was made. */
const doubtfulFiles = [
  'custom_components/*/manifest.json',
  'manifest.json',
  'src/manifest.json',
  'public/manifest.json',
  'module.json',
  'system.json',
  'library.properties',
  'CMakeLists.txt',
  'DESCRIPTION',
  '*.podspec',
  'galaxy.yml',
];

const mostCandidates = 50;

/** Files of a folder (`''`: the top) that hold exactly one version; those that settings name for it come first. */
export async function versionCandidates(context: TemplateContext, folder = ''): Promise<readonly VersionCandidate[]> {
  const sources = await pythonSources(context, folder === '' ? '' : `${folder}/`);
  return candidatesOf(context, folder, sources, usualFiles);
}

/** Files at the top that hold a version too, which counts only where something else speaks for it. */
export function doubtfulCandidates(context: TemplateContext): Promise<readonly VersionCandidate[]> {
  return candidatesOf(context, '', [], doubtfulFiles);
}

/** Files in folders below the top that hold a version: nothing says which of them is that of the whole. */
export async function versionsBelow(context: TemplateContext): Promise<readonly VersionCandidate[]> {
  const names = usualFiles.filter((name) => !/[*/]/.test(name));
  const paths = await filesBelow(context, (name) => names.includes(name) || /\.(?:cs|fs|vb)proj$/.test(name));
  const found = await Promise.all(paths.map((path) => candidateAt(context, { path })));
  return found.filter((candidate) => candidate !== null);
}

async function candidatesOf(
  context: TemplateContext,
  folder: string,
  sources: readonly VersionTarget[],
  patterns: readonly string[],
): Promise<readonly VersionCandidate[]> {
  const candidates: VersionCandidate[] = [];
  const add = async (target: VersionTarget) => {
    if (candidates.length >= mostCandidates || candidates.some((each) => each.target.path === target.path)) return;
    const candidate = (await candidateAt(context, target)) ?? (await revisionOf(context, target));
    if (candidate !== null) candidates.push(candidate, ...(await followers(context, candidate)));
  };
  for (const target of sources) await add(target);
  for (const pattern of patterns) {
    for (const path of await filesFor(context, folder, pattern)) await add({ path });
  }
  return [...candidates, ...(await sharedPlaces(context, candidates))];
}

/** Further places in these files that say what another of them says: `appVersion` of a chart beside the app's own file. */
async function sharedPlaces(
  context: TemplateContext,
  candidates: readonly VersionCandidate[],
): Promise<readonly VersionCandidate[]> {
  const places = candidates
    .filter(({ target }) => target.key === undefined)
    .flatMap(({ target }) => furtherPlaces(target.path));
  const found = await Promise.all(places.map((place) => candidateAt(context, place)));
  return found
    .filter((candidate) => candidate !== null)
    .filter(({ version }) => candidates.some((other) => other.version === version));
}

/** What a target says; `null` where it holds no version, or versions that differ. */
export async function candidateAt(context: TemplateContext, target: VersionTarget): Promise<VersionCandidate | null> {
  const content = await textOf(context, target.path);
  if (content === null || isForeignRoot(target, content)) return null;
  const search = await findPlaces(target, content);
  if (search.kind === 'refused') return null;
  const [version, ...others] = new Set(search.places.map(({ text }) => text));
  // A placeholder of a build (`${revision}`, `@VERSION@`) is no version.
  return version !== undefined && others.length === 0 && /^\d/.test(version) ? { target, version } : null;
}

/** Builds of Maven that are released often keep their version in a property. */
async function revisionOf(context: TemplateContext, { path, key }: VersionTarget): Promise<VersionCandidate | null> {
  if (!path.endsWith('pom.xml') || key !== undefined) return null;
  return candidateAt(context, { path, key: '/project/properties/revision' });
}

/** A module named `version` in a package's own `__init__` is something else more often than not. */
function isForeignRoot({ path, key }: VersionTarget, content: string): boolean {
  return path.endsWith('__init__.py') && key === undefined && !/^__version__\b/m.test(content);
}

async function filesFor(context: TemplateContext, folder: string, pattern: string): Promise<readonly string[]> {
  const path = folder === '' ? pattern : `${folder}/${pattern}`;
  if (!pattern.includes('*')) return (await context.files.stat(path))?.kind === 'file' ? [path] : [];
  return (await context.files.glob([path])).filter((found) => !foreign.test(found.slice(folder.length)));
}

/** What has to be raised with a file: lock files, and places of a build that hold the same version. */
async function followers(context: TemplateContext, { target, version }: VersionCandidate) {
  const places = await followingPlaces(context, target);
  const found = await Promise.all(
    places.map((place) =>
      lockFormats.includes(formatOfFile(place.path))
        ? lockEntry(context, place, target.path)
        : candidateAt(context, place),
    ),
  );
  const all = found.filter((candidate) => candidate !== null);
  // Modules of Maven may have versions of their own.
  return target.path.endsWith('pom.xml') ? all.filter((candidate) => candidate.version === version) : all;
}

const lockFormats: readonly TargetFormat[] = ['npm-lock', 'cargo-lock'];

async function followingPlaces(context: TemplateContext, { path }: VersionTarget): Promise<readonly VersionTarget[]> {
  const beside = (name: string) => `${path.slice(0, path.lastIndexOf('/') + 1)}${name}`;
  switch (posix.basename(path)) {
    case 'package.json':
      return ['package-lock.json', 'npm-shrinkwrap.json'].map((name) => ({ path: beside(name) }));
    case 'Cargo.toml':
      return cargoPlaces(context, path, beside('Cargo.lock'));
    case 'pyproject.toml':
      return uvPlaces(context, path, beside('uv.lock'));
    case 'pom.xml':
      return mavenPlaces(context, path);
    default:
      return [];
  }
}

async function uvPlaces(context: TemplateContext, path: string, lock: string): Promise<readonly VersionTarget[]> {
  const name = uvLockName((await textOf(context, path)) ?? '');
  return name === null ? [] : [{ path: lock, package: name }];
}

async function cargoPlaces(context: TemplateContext, path: string, lock: string): Promise<readonly VersionTarget[]> {
  const entries = (await cargoPackages(context, path)).map((name) => ({ path: lock, package: name }));
  return [...(await cargoRequirements(context, path)), ...entries];
}
