import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import { entryText } from '../../writers/document-node.ts';
import type { VersionTarget } from '../../writers/version-target.ts';
import { textOf } from './file-text.ts';
import { foldersLike } from './folder-search.ts';
import { keyPart, tableIn, tomlDocument, tomlTable } from './toml-table.ts';

/** The name of the package that a `Cargo.toml` is about; `null` for a workspace alone. */
export async function cargoName(context: TemplateContext, path: string): Promise<string | null> {
  const content = await textOf(context, path);
  const described = content === null ? null : tomlTable(content, 'package');
  return content === null || described === null ? null : entryText(described, 'name', content);
}

/** Patterns of the folders of a workspace's members. */
export function cargoMembers(content: string): readonly string[] {
  const members = tomlTable(content, 'workspace')?.entries.get('members');
  if (members?.kind !== 'list') return [];
  return members.items.flatMap((item) => (item.kind === 'text' ? [content.slice(item.start, item.end)] : []));
}

/** The packages whose version a `Cargo.toml` holds: its own, and the members that take that of the workspace. */
export async function cargoPackages(context: TemplateContext, path: string): Promise<readonly string[]> {
  const own = await cargoName(context, path);
  return [...(own === null ? [] : [own]), ...(await inheritingMembers(context, path))];
}

/** A place in a `Cargo.toml` that asks by version for a crate which lies in the repository. */
export interface CargoRequirement {
  /** As a version file names it. */
  readonly key: string;
  /** Of the package, which the place may call otherwise. */
  readonly name: string;
  readonly range: string;
  /** Whether it is what all members of a workspace share. */
  readonly isShared: boolean;
}

const dependencyTables = ['dependencies', 'dev-dependencies', 'build-dependencies'];

/** Crates that lie in the repository have a path; the version beside it must fit, or cargo refuses to build. */
export function requirementsIn(content: string): readonly CargoRequirement[] {
  const document = tomlDocument(content);
  if (document === null) return [];
  const targets = [...(tableIn(document, 'target')?.entries ?? [])].flatMap(([target, map]) =>
    map.kind === 'map' && !target.includes("'") ? [{ place: `target.${keyPart(target)}.`, map }] : [],
  );
  const own = [{ place: '', map: document }, ...targets].flatMap(({ place, map }) =>
    dependencyTables.map((name) => ({ table: `${place}${name}`, entries: tableIn(map, name), isShared: false })),
  );
  const workspace = tableIn(document, 'workspace');
  const shared = workspace === null ? null : tableIn(workspace, 'dependencies');
  return [{ table: 'workspace.dependencies', entries: shared, isShared: true }, ...own].flatMap(
    ({ table, entries, isShared }) =>
      [...(entries?.entries ?? [])].flatMap(([key, entry]) => {
        if (entry.kind !== 'map' || entryText(entry, 'path', content) === null) return [];
        const range = entryText(entry, 'version', content);
        const name = entryText(entry, 'package', content) ?? key;
        return range === null ? [] : [{ key: `${table}.${keyPart(key)}.version`, name, range, isShared }];
      }),
  );
}

/**
 * Places where the `Cargo.toml` of a workspace and those of its members ask by version for packages whose version that
 * file holds; cargo refuses what does not fit.
 */
export async function cargoRequirements(context: TemplateContext, path: string): Promise<readonly VersionTarget[]> {
  const content = (await textOf(context, path)) ?? '';
  const raised = new Set(await cargoPackages(context, path));
  return [{ path, content }, ...(await membersOf(context, path))].flatMap((file) =>
    requirementsIn(file.content)
      .filter(({ name, isShared }) => isShared || raised.has(name))
      .map(({ key, range }) => ({ path: file.path, key, ...(!/^\d/.test(range) && { range: true }) })),
  );
}

async function inheritingMembers(context: TemplateContext, path: string): Promise<readonly string[]> {
  const members = await membersOf(context, path);
  return members.flatMap(({ name, inherits }) => (inherits && name !== null ? [name] : []));
}

interface CargoMember {
  readonly path: string;
  readonly content: string;
  readonly name: string | null;
  /** Whether its version is that of the workspace. */
  readonly inherits: boolean;
}

/** The members of a workspace that holds a version for them; none where it holds none. */
async function membersOf(context: TemplateContext, path: string): Promise<readonly CargoMember[]> {
  const content = (await textOf(context, path)) ?? '';
  if (tomlTable(content, 'workspace')?.entries.get('package')?.kind !== 'map') return [];
  const root = path.slice(0, path.lastIndexOf('/') + 1);
  const members: CargoMember[] = [];
  for (const pattern of cargoMembers(content)) {
    for (const folder of await foldersLike(context, root + pattern)) {
      const file = `${folder}/Cargo.toml`;
      const member = (await textOf(context, file)) ?? '';
      const described = tomlTable(member, 'package');
      const name = described === null ? null : entryText(described, 'name', member);
      // `version.workspace = true`; one of its own is a text.
      members.push({ path: file, content: member, name, inherits: described?.entries.get('version')?.kind === 'map' });
    }
  }
  return members;
}
