import { emptyMap } from '../model/json.ts';
import type { DocumentPath } from './document-path.ts';
import type { SourceNode } from './source-node.ts';

/**
 * The document as plain data while it is read. What is faulty is reported and then taken out, so that later stages
 * trust the shape of what is left: a key is deleted, an item of a list becomes null.
 */
export type Draft = null | boolean | number | string | DraftList | DraftMap;
export type DraftList = Draft[];
export interface DraftMap {
  [key: string]: Draft;
}

/** Recursion is bounded by the nesting of documents. What could not be read becomes null. */
export function draftOf(node: SourceNode): Draft {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(draftOf);
    case 'map': {
      const map = emptyMap<Draft>();
      for (const entry of node.entries) map[entry.key.value] = draftOf(entry.value);
      return map;
    }
    case 'faulty':
      return null;
  }
}

export function isDraftMap(value: Draft | undefined): value is DraftMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isDraftList(value: Draft | undefined): value is DraftList {
  return Array.isArray(value);
}

/** The value at the path; `undefined` where the draft ends before it. */
export function draftAt(root: Draft, path: DocumentPath): Draft | undefined {
  let found: Draft | undefined = root;
  for (const part of path) {
    if (isDraftList(found) && typeof part === 'number') found = found[part];
    else if (isDraftMap(found)) found = found[String(part)];
    else return undefined;
  }
  return found;
}

/** Takes the value at the path out of the draft. */
export function removeFrom(root: Draft, path: DocumentPath): void {
  const last = path.at(-1);
  const parent = draftAt(root, path.slice(0, -1));
  if (last === undefined) return;
  if (isDraftList(parent) && typeof last === 'number') parent[last] = null;
  else if (isDraftMap(parent)) delete parent[String(last)];
}
