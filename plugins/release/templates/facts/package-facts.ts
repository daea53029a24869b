import { posix } from 'node:path';
import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import { MalformedDocument } from '../../writers/malformed-document.ts';
import { readYaml } from '../../writers/yaml-document.ts';
import { cargoMembers, cargoName } from './cargo.ts';
import { type ChangelogFacts, changelogFacts } from './changelog-facts.ts';
import { dependentPlaces } from './dependent-places.ts';
import { textOf } from './file-text.ts';
import { foldersLike } from './folder-search.ts';
import { fieldOf, jsonOf } from './json-fields.ts';
import { pyprojectName, uvLockName, uvMembers } from './pyproject.ts';
import { isStaleLock, lockEntry, type VersionCandidate, versionCandidates } from './version-candidates.ts';

/** A part of the repository with a version of its own. */
export interface PackageFacts {
  readonly name: string;
  /** Relative to the workspace. */
  readonly folder: string;
  /** Files that hold its version, the one that counts first. */
  readonly versions: readonly VersionCandidate[];
  /** Entries of lock files that say another version, and are written with the next one. */
  readonly staleLocks: readonly VersionCandidate[];
  /** Where other packages ask for this one in its version. */
  readonly dependents: readonly VersionCandidate[];
  readonly changelog: ChangelogFacts | null;
}

export interface PackagesFacts {
  readonly packages: readonly PackageFacts[];
  /** What names them. */
  readonly why: string;
  /** Where they were looked for in vain, as a clause; nothing where there are any. */
  readonly lack: string | null;
  /** Folders that could be packages, but hold no version. */
  readonly unversioned: readonly string[];
}

const mostPackages = 100;
/** Tags are made of names: anything else would be none that git takes. */
const usualName = /^[@\w][\w./@-]{0,200}$/;

/** The packages of a monorepo, as its workspace file lists them, else as the folder `packages` holds them. */
export async function packagesFacts(context: TemplateContext): Promise<PackagesFacts> {
  const listed = await workspacePatterns(context);
  const { patterns, why } = listed ?? { patterns: ['packages/*'], why: 'the folders in packages/' };
  const folders = await foldersOf(context, patterns);
  const packages: PackageFacts[] = [];
  const unversioned: string[] = [];
  for (const folder of folders.slice(0, mostPackages)) {
    const found = await packageIn(context, folder, folders);
    if (found === null) unversioned.push(folder);
    else packages.push(found);
  }
  const lack = packages.length > 0 ? null : lackText(listed?.why ?? null, folders);
  return { packages: withUniqueNames(packages), why, lack, unversioned };
}

function lackText(listing: string | null, folders: readonly string[]): string {
  if (listing !== null) return `${listing} name no folder that holds a version`;
  const found = folders.length === 0 ? 'there is no folder in packages/' : 'no folder in packages/ holds a version';
  return `no workspace is listed in package.json, pnpm-workspace.yaml, Cargo.toml or pyproject.toml, and ${found}`;
}

/** `null` where no file lists the folders of a workspace. */
async function workspacePatterns(
  context: TemplateContext,
): Promise<{ readonly patterns: readonly string[]; readonly why: string } | null> {
  const manifest = jsonOf((await textOf(context, 'package.json')) ?? '');
  const npm = textsOf(fieldOf(manifest, 'workspaces')) ?? textsOf(fieldOf(fieldOf(manifest, 'workspaces'), 'packages'));
  if (npm !== null) return { patterns: npm, why: '`workspaces` of package.json' };
  const pnpm = pnpmPackages((await textOf(context, 'pnpm-workspace.yaml')) ?? '');
  if (pnpm.length > 0) return { patterns: pnpm, why: '`packages` of pnpm-workspace.yaml' };
  const cargo = cargoMembers((await textOf(context, 'Cargo.toml')) ?? '');
  if (cargo.length > 0) return { patterns: cargo, why: '`workspace.members` of Cargo.toml' };
  const uv = uvMembers((await textOf(context, 'pyproject.toml')) ?? '');
  if (uv.length > 0) return { patterns: uv, why: '`tool.uv.workspace.members` of pyproject.toml' };
  return null;
}

async function foldersOf(context: TemplateContext, patterns: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  // A later pattern with `!` takes away what those before it named.
  for (const pattern of patterns) {
    const out = pattern.startsWith('!');
    for (const folder of await foldersLike(context, out ? pattern.slice(1) : pattern)) {
      if (out) found.delete(folder);
      else found.add(folder);
    }
  }
  return [...found].sort();
}

async function packageIn(
  context: TemplateContext,
  folder: string,
  all: readonly string[],
): Promise<PackageFacts | null> {
  const candidates = await versionCandidates(context, folder);
  const [first] = candidates;
  if (first === undefined) return null;
  const same = candidates.filter((candidate) => candidate.version === first.version);
  const named = await nameOf(context, first);
  const name = named !== null && usualName.test(named) ? named : posix.basename(folder);
  const locks = (await Promise.all(same.map((candidate) => topLocks(context, candidate, folder)))).flat();
  const isStale = (candidate: VersionCandidate) => isStaleLock(candidate, same);
  const versions = [...same, ...locks.filter((lock) => !isStale(lock))];
  const staleLocks = [...candidates, ...locks].filter(isStale);
  const { version } = first;
  const asking = named === null ? [] : await dependentPlaces(context, { name: named, folder, version }, all);
  const dependents = asking.map((target) => ({ target, version }));
  const changelog = await changelogFacts(context, { folder, version: versions[0]?.version ?? '' });
  return { name, folder, versions, staleLocks, dependents, changelog };
}

/** The name that the file with a version gives its package; `null` where it gives none. */
export async function nameOf(context: TemplateContext, { target }: VersionCandidate): Promise<string | null> {
  const { path } = target;
  if (path.endsWith('Cargo.toml')) return cargoName(context, path);
  if (path.endsWith('pyproject.toml')) return pyprojectName((await textOf(context, path)) ?? '');
  if (!path.endsWith('.json')) return null;
  const name = fieldOf(jsonOf((await textOf(context, path)) ?? ''), 'name');
  return typeof name === 'string' && name.trim() !== '' ? name : null;
}

/** The entry of the package in the lock file of the whole workspace. */
async function topLocks(
  context: TemplateContext,
  { target }: VersionCandidate,
  folder: string,
): Promise<readonly VersionCandidate[]> {
  const cargo = target.path.endsWith('Cargo.toml') ? await cargoName(context, target.path) : null;
  const uv = target.path.endsWith('pyproject.toml') ? uvLockName((await textOf(context, target.path)) ?? '') : null;
  const locks = [
    ...(target.path.endsWith('package.json') ? [{ path: 'package-lock.json', package: folder }] : []),
    ...(cargo === null ? [] : [{ path: 'Cargo.lock', package: cargo }]),
    ...(uv === null ? [] : [{ path: 'uv.lock', package: uv }]),
  ];
  const found = await Promise.all(locks.map((lock) => lockEntry(context, lock, target.path)));
  return found.filter((candidate) => candidate !== null);
}

/** The list `packages` of pnpm's file; empty where it has none, and in a broken document, which tells nothing. */
function pnpmPackages(content: string): readonly string[] {
  const [root] = yamlDocuments(content);
  const packages = root?.kind === 'map' ? root.entries.get('packages') : undefined;
  if (packages?.kind !== 'list') return [];
  return packages.items.flatMap((item) => (item.kind === 'text' ? [content.slice(item.start, item.end)] : []));
}

function yamlDocuments(content: string): ReturnType<typeof readYaml> {
  try {
    return readYaml(content);
  } catch (error) {
    if (error instanceof MalformedDocument) return [];
    throw error;
  }
}

function textsOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : null;
}

/** Two packages of one name are told apart by their folders. */
function withUniqueNames(packages: readonly PackageFacts[]): readonly PackageFacts[] {
  const names = packages.map(({ name }) => name);
  return packages.map((each) =>
    names.indexOf(each.name) === names.lastIndexOf(each.name) ? each : { ...each, name: each.folder },
  );
}
