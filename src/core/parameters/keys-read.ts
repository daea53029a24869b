import { expressionsOf, hasTemplate, parseTemplate } from '../expression/parse-template.ts';
import { referencesOf } from '../expression/references.ts';
import { isJsonMap, type Json, type JsonMap } from '../model/json.ts';

/**
 * By key of a map of templates, the other keys of the same map that its value reads. `roots` are the names under which
 * expressions read the map. A computed key may be any of them, and is let be.
 */
export function keysReadBy(values: JsonMap, roots: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const read = new Map<string, readonly string[]>();
  for (const key of Object.keys(values)) {
    const keys = new Set<string>();
    collectKeys(values[key] ?? null, roots, keys);
    read.set(
      key,
      [...keys].filter((other) => Object.hasOwn(values, other)),
    );
  }
  return read;
}

function collectKeys(value: Json, roots: readonly string[], keys: Set<string>): void {
  if (typeof value === 'string') {
    const template = hasTemplate(value) ? parseTemplate(value) : null;
    if (!template?.ok) return;
    for (const { root, path } of expressionsOf(template.value).flatMap(referencesOf)) {
      if (roots.includes(root) && typeof path[0] === 'string') keys.add(path[0]);
    }
  } else if (Array.isArray(value)) for (const item of value) collectKeys(item, roots, keys);
  else if (isJsonMap(value)) for (const item of Object.values(value)) collectKeys(item, roots, keys);
}

/** Each key after those that it reads; on a circle, the one met first comes last. Iterative: chains may be long. */
export function inReadingOrder(reads: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const met = new Set<string>();
  const order: string[] = [];
  for (const start of reads.keys()) {
    const path = met.has(start) ? [] : [{ key: start, next: 0 }];
    met.add(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = reads.get(top.key)?.[top.next++];
      if (target === undefined) {
        order.push(top.key);
        path.pop();
      } else if (!met.has(target)) {
        met.add(target);
        path.push({ key: target, next: 0 });
      }
    }
  }
  return order;
}
