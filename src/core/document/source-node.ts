/**
 * A document as written, whatever its format: values with the offsets of their first character and of the one after
 * their last. Aliases and merges are followed: a node may hang in several places of the tree.
 */
export type SourceNode = ScalarNode | ListNode | MapNode | FaultyNode;

export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded' | 'json';

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: null | boolean | number | string;
  readonly style: ScalarStyle;
  readonly start: number;
  readonly end: number;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
  readonly start: number;
  readonly end: number;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly SourceEntry[];
  readonly start: number;
  readonly end: number;
}

/** The key's value is its text as written: `1.0` and `"1.0"` are the same key. */
export interface SourceEntry {
  readonly key: ScalarNode & { readonly value: string };
  readonly value: SourceNode;
}

/** Stands where something could not be read. It was reported, so whoever meets it says nothing more. */
export interface FaultyNode {
  readonly kind: 'faulty';
  readonly start: number;
  readonly end: number;
}

/** Maps of configuration may be large and are asked again and again, so their index is kept. */
const indexes = new WeakMap<MapNode, ReadonlyMap<string, SourceEntry>>();
const smallMap = 16;

/** The entry of that key; `undefined` where the map has none. */
export function entryOf(map: MapNode, key: string): SourceEntry | undefined {
  if (map.entries.length <= smallMap) return map.entries.find((entry) => entry.key.value === key);
  let index = indexes.get(map);
  if (!index) {
    index = new Map(map.entries.map((entry) => [entry.key.value, entry]));
    indexes.set(map, index);
  }
  return index.get(key);
}
