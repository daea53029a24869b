import type { MapNode } from '../../writers/document-node.ts';
import { MalformedDocument } from '../../writers/malformed-document.ts';
import { readToml } from '../../writers/toml-document.ts';

/** A table at the top of a document; `null` where there is none, and in a broken document, which tells nothing. */
export function tomlTable(content: string, name: string): MapNode | null {
  const document = tomlDocument(content);
  return document === null ? null : tableIn(document, name);
}

export function tableIn(map: MapNode, name: string): MapNode | null {
  const found = map.entries.get(name);
  return found?.kind === 'map' ? found : null;
}

/** `null`: it is broken. */
export function tomlDocument(content: string): MapNode | null {
  try {
    return readToml(content);
  } catch (error) {
    if (error instanceof MalformedDocument) return null;
    throw error;
  }
}

/** One part of the key by which a version file names a place. */
export function keyPart(name: string): string {
  return /^[\w-]+$/.test(name) ? name : `'${name}'`;
}
