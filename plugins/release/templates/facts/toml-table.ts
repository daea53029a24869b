import type { MapNode } from '../../writers/document-node.ts';
import { MalformedDocument } from '../../writers/malformed-document.ts';
import { readToml } from '../../writers/toml-document.ts';

/** A table at the top of a document; `null` where there is none, and in a broken document, which tells nothing. */
export function tomlTable(content: string, name: string): MapNode | null {
  try {
    const found = readToml(content).entries.get(name);
    return found?.kind === 'map' ? found : null;
  } catch (error) {
    if (error instanceof MalformedDocument) return null;
    throw error;
  }
}
