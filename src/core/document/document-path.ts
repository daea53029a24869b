import { entryOf, type SourceEntry, type SourceNode } from './source-node.ts';

/** Keys and indices from the root of a document. */
export type DocumentPath = readonly (string | number)[];

const plainKey = /^[A-Za-z_$][\w$-]*$/;

/** `steps[3].retry.delay`; keys that are no plain names stand in brackets, as `env["a b"]`. */
export function formatPath(path: DocumentPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (!plainKey.test(part)) text += `[${JSON.stringify(part)}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}

/** What stands at a path: the node, and the entry that holds it where its parent is a map. */
export interface Located {
  readonly node: SourceNode;
  readonly entry: SourceEntry | null;
}

/** The node at the path, or `null` where the document ends before it. */
export function locate(root: SourceNode, path: DocumentPath): Located | null {
  let found: Located = { node: root, entry: null };
  for (const part of path) {
    const next = childOf(found.node, part);
    if (!next) return null;
    found = next;
  }
  return found;
}

/** The path of what stands at an offset of the text, as far as the tree knows it. */
export function pathAt(root: SourceNode, offset: number): DocumentPath {
  const path: (string | number)[] = [];
  for (let node: SourceNode | null = root; node; ) {
    const inner = childAt(node, offset);
    if (inner) path.push(inner.part);
    node = inner?.node ?? null;
  }
  return path;
}

function childAt(
  node: SourceNode,
  offset: number,
): { readonly part: string | number; readonly node: SourceNode } | null {
  const holds = (start: number, end: number): boolean => start <= offset && offset < Math.max(end, start + 1);
  if (node.kind === 'list') {
    const part = node.items.findIndex((item) => holds(item.start, item.end));
    const item = node.items[part];
    return item ? { part, node: item } : null;
  }
  if (node.kind !== 'map') return null;
  const entry = node.entries.find(({ key, value }) => holds(key.start, key.end) || holds(value.start, value.end));
  return entry ? { part: entry.key.value, node: entry.value } : null;
}

function childOf(node: SourceNode, part: string | number): Located | null {
  if (node.kind === 'list' && typeof part === 'number') {
    const item = node.items[part];
    return item ? { node: item, entry: null } : null;
  }
  if (node.kind === 'map') {
    const entry = entryOf(node, String(part));
    return entry ? { node: entry.value, entry } : null;
  }
  return null;
}
