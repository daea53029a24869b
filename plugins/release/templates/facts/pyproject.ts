import { type DocumentNode, entryText, type MapNode } from '../../writers/document-node.ts';
import { tableIn, tomlTable } from './toml-table.ts';

/** The name of the package that a `pyproject.toml` is about; `null` where it gives none. */
export function pyprojectName(content: string): string | null {
  for (const table of ['project', 'tool']) {
    const map = tomlTable(content, table);
    const poetry = map?.entries.get('poetry');
    const found = table === 'tool' ? (poetry?.kind === 'map' ? poetry : null) : map;
    const name = found ? entryText(found, 'name', content) : null;
    if (name !== null) return name;
  }
  return null;
}

/** The same as `uv.lock` has it, which spells names as indexes of packages do. */
export function uvLockName(content: string): string | null {
  return (
    pyprojectName(content)
      ?.toLowerCase()
      .replace(/[-_.]+/g, '-') ?? null
  );
}

/** Patterns of the folders of a workspace of uv, those that it leaves out with `!` in front. */
export function uvMembers(content: string): readonly string[] {
  const tool = tomlTable(content, 'tool');
  const uv = tool === null ? null : tableIn(tool, 'uv');
  const workspace = uv === null ? null : tableIn(uv, 'workspace');
  if (workspace === null) return [];
  return [
    ...textsAt(workspace, 'members', content),
    ...textsAt(workspace, 'exclude', content).map((pattern) => `!${pattern}`),
  ];
}

function textsAt(map: MapNode, key: string, content: string): readonly string[] {
  const list: DocumentNode | undefined = map.entries.get(key);
  const items = list?.kind === 'list' ? list.items : [];
  return items.flatMap((item) => (item.kind === 'text' ? [content.slice(item.start, item.end)] : []));
}
