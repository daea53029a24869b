import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import { entryText } from '../../writers/document-node.ts';
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

/** Places in a workspace's `Cargo.toml` that ask for its own packages by version; cargo refuses what does not fit. */
export async function cargoRequirements(context: TemplateContext, path: string): Promise<readonly VersionTarget[]> {
  const content = (await textOf(context, path)) ?? '';
  const wanted = tomlTable(content, 'workspace')?.entries.get('dependencies');
  if (wanted?.kind !== 'map') return [];
  return [...wanted.entries].flatMap(([name, entry]) => {
    const isOwn = entry.kind === 'map' && entryText(entry, 'path', content) !== null;
    const wanted = isOwn ? entryText(entry, 'version', content) : null;
    if (wanted === null) return [];
    return [{ path, key: `workspace.dependencies.${name}.version`, ...(!/^\d/.test(wanted) && { range: true }) }];
  });
}

async function inheritingMembers(context: TemplateContext, path: string): Promise<readonly string[]> {
  const content = (await textOf(context, path)) ?? '';
  if (tomlTable(content, 'workspace')?.entries.get('package')?.kind !== 'map') return [];
  const root = path.slice(0, path.lastIndexOf('/') + 1);
  const names: string[] = [];
  for (const pattern of cargoMembers(content)) {
    for (const folder of await foldersLike(context, root + pattern)) {
      const member = (await textOf(context, `${folder}/Cargo.toml`)) ?? '';
      const described = tomlTable(member, 'package');
      // `version.workspace = true`; one of its own is a text.
      const name = described?.entries.get('version')?.kind === 'map' ? entryText(described, 'name', member) : null;
      if (name !== null) names.push(name);
    }
  }
  return names;
}
