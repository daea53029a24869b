import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import { entryText, type MapNode } from '../../writers/document-node.ts';
import type { VersionTarget } from '../../writers/version-target.ts';
import { textOf } from './file-text.ts';
import { foldersLike } from './folder-search.ts';
import { tomlTable } from './toml-table.ts';

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

const dependencyTables = ['dependencies', 'dev-dependencies', 'build-dependencies'];

/**
 * Places where the `Cargo.toml` of a workspace and those of its members ask by version for packages whose version that
 * file holds; cargo refuses what does not fit.
 */
export async function cargoRequirements(context: TemplateContext, path: string): Promise<readonly VersionTarget[]> {
  const content = (await textOf(context, path)) ?? '';
  const shared = tomlTable(content, 'workspace')?.entries.get('dependencies');
  const places =
    shared?.kind === 'map' ? requirementsIn(shared, { path, table: 'workspace.dependencies', content }) : [];
  const members = await membersOf(context, path);
  const raised = new Set(await cargoPackages(context, path));
  const asking = [{ path, content }, ...members].flatMap((file) =>
    tablesIn(file.content).flatMap(({ table, entries }) => requirementsIn(entries, { ...file, table }, raised)),
  );
  return [...places, ...asking];
}

/** Those for all targets, and those for some. */
function tablesIn(content: string): readonly { readonly table: string; readonly entries: MapNode }[] {
  const named = (place: string, map: MapNode | null) =>
    dependencyTables.flatMap((name) => {
      const entries = place === '' ? tomlTable(content, name) : map?.entries.get(name);
      return entries?.kind === 'map' ? [{ table: `${place}${name}`, entries }] : [];
    });
  const targets = [...(tomlTable(content, 'target')?.entries ?? [])].flatMap(([target, map]) =>
    map.kind === 'map' && !target.includes("'") ? named(`target.'${target}'.`, map) : [],
  );
  return [...named('', null), ...targets];
}

/** `names`: of the packages that count; absent: all that lie in the repository. */
function requirementsIn(
  entries: MapNode,
  { path, table, content }: { readonly path: string; readonly table: string; readonly content: string },
  names?: ReadonlySet<string>,
): readonly VersionTarget[] {
  return [...entries.entries].flatMap(([key, entry]) => {
    if (entry.kind !== 'map' || entryText(entry, 'path', content) === null) return [];
    if (names !== undefined && !names.has(entryText(entry, 'package', content) ?? key)) return [];
    const wanted = entryText(entry, 'version', content);
    if (wanted === null) return [];
    return [{ path, key: `${table}.${key}.version`, ...(!/^\d/.test(wanted) && { range: true }) }];
  });
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
