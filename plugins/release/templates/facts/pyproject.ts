import { entryText } from '../../writers/document-node.ts';
import { tomlTable } from './toml-table.ts';

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
