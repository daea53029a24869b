import { type Alias, isAlias, isMap, isPair, isScalar, isSeq, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { DocumentFaults } from './document-faults.ts';
import { documentLimits } from './document-limits.ts';
import { MapKeys } from './map-keys.ts';
import type { FaultyNode, ListNode, MapNode, ScalarNode, ScalarStyle, SourceNode } from './source-node.ts';
import { TreeMeasure } from './tree-measure.ts';
import { reportUnsafeNumber } from './unsafe-number.ts';

type KeyNode = ScalarNode & { readonly value: string };

/** Tags of the core schema: all others are unknown, and were reported when they were met. */
const coreTags: ReadonlySet<string> = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`).concat('!'),
);

/**
 * Turns composed YAML into the neutral tree: follows aliases and merges, reads keys as text, and lets go of the rest.
 * Recursion is bounded: the text's nesting was limited before, and aliases are measured before they are followed.
 */
export class YamlConversion {
  readonly #text: string;
  readonly #faults: DocumentFaults;
  readonly #anchors = new Map<string, SourceNode>();
  readonly #open = new Set<string>();
  readonly #measure = new TreeMeasure();
  readonly #kept = new Map<number, SourceNode[]>();
  #depth = 0;
  #expanded = 0;

  constructor(text: string, faults: DocumentFaults) {
    this.#text = text;
    this.#faults = faults;
  }

  /** Converts the first items of the list that begins at that offset, ahead of the rest of the document. */
  keepItems(offset: number, items: unknown): void {
    if (!isSeq(items)) return;
    const kept = this.#kept.get(offset) ?? [];
    for (const item of items.items) kept.push(this.convert(item));
    this.#kept.set(offset, kept);
  }

  convert(node: unknown): SourceNode {
    if (isAlias(node)) return this.#followAlias(node);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return faulty(0, 0);
    const { anchor, tag } = node;
    if (anchor !== undefined) this.#open.add(anchor);
    this.#depth++;
    const converted = tag !== undefined && !coreTags.has(tag) ? faultyAt(node) : this.#convertValue(node);
    this.#depth--;
    if (anchor !== undefined) {
      this.#open.delete(anchor);
      this.#anchors.set(anchor, converted);
    }
    return converted;
  }

  #convertValue(node: Scalar | YAMLMap | YAMLSeq): SourceNode {
    if (isScalar(node)) return this.#convertScalar(node);
    return isMap(node) ? this.#convertMap(node) : this.#convertList(node);
  }

  #convertScalar(node: Scalar): SourceNode {
    const { start, end } = stretchOf(node);
    const { value } = node;
    if (typeof value === 'number') {
      reportUnsafeNumber(node.source ?? String(value), value, { start, end }, this.#faults);
      if (!Number.isFinite(value)) return faulty(start, end);
    }
    if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
      return { kind: 'scalar', value, style: styleOf(node), start, end };
    }
    return faulty(start, end);
  }

  #convertList(node: YAMLSeq): ListNode {
    const { start, end } = stretchOf(node);
    const items = this.#kept.get(start) ?? [];
    this.#kept.delete(start);
    for (const item of node.items) items.push(isPair(item) ? this.convert(item.value) : this.convert(item));
    return { kind: 'list', items, start, end };
  }

  #convertMap(node: YAMLMap): MapNode | FaultyNode {
    const { start, end } = stretchOf(node);
    if (node.flow && isCollection(node.items[0]?.key)) return this.#refuseMapAsKey(start, end);
    const keys = new MapKeys(this.#faults);
    let merge: { readonly key: KeyNode; readonly value: SourceNode } | null = null;
    for (const pair of node.items) {
      const key = this.#convertKey(pair.key);
      const value = pair.value === null ? emptyAfter(key ?? faulty(end, end)) : this.convert(pair.value);
      if (!key) continue;
      if (isScalar(pair.key) && isMergeKey(pair.key)) {
        if (merge) this.#reportSecondMerge(key, merge.key);
        else merge = { key, value };
      } else keys.add(key, value);
    }
    if (merge) this.#merge(merge.value, merge.key, keys);
    return { kind: 'map', entries: keys.entries, start, end };
  }

  /** An expression in braces without quotes is, to YAML, a map whose key is a map. */
  #refuseMapAsKey(start: number, end: number): FaultyNode {
    const written = this.#text.slice(start, end);
    const example = /^\{\{[^"\n]*\}\}$/.test(written) ? `: "${written}"` : '';
    this.#faults.report('forbidden-key', { start, end }, 'A key is itself a map.', {
      hint: `A text that begins with \`{\` must be quoted: quote it${example}.`,
    });
    return faulty(start, end);
  }

  #convertKey(node: unknown): KeyNode | null {
    const target = isAlias(node) ? this.#followAlias(node) : null;
    if (target?.kind === 'scalar') return keyOf(String(target.value), target.style, stretchOf(node));
    if (target) return this.#refuseKey(node, 'A key is itself a map or a list.');
    if (node === null || (isScalar(node) && node.source === '' && node.type === Scalar.PLAIN)) {
      return this.#refuseKey(node, 'A key is empty.');
    }
    if (!isScalar(node))
      return this.#refuseKey(node, isMap(node) ? 'A key is itself a map.' : 'A key is itself a list.');
    const { start, end } = stretchOf(node);
    const key = keyOf(typeof node.value === 'string' ? node.value : (node.source ?? ''), styleOf(node), { start, end });
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, key);
    if (node.tag !== undefined && !coreTags.has(node.tag)) return null;
    return key;
  }

  #refuseKey(node: unknown, message: string): null {
    this.#faults.report('forbidden-key', stretchOf(node), message, { hint: 'Keys are texts: to give one, quote it.' });
    return null;
  }

  #followAlias(alias: Alias): SourceNode {
    const { start, end } = stretchOf(alias);
    const target = this.#anchors.get(alias.source);
    if (this.#open.has(alias.source)) {
      this.#faults.report('too-large', { start, end }, `The alias \`*${alias.source}\` stands inside what it names.`, {
        hint: 'An alias may name only what is complete before it.',
      });
      return faulty(start, end);
    }
    if (!target) {
      this.#faults.report('syntax', { start, end }, `No anchor \`&${alias.source}\` stands before this alias.`, {
        hint: `To give the text \`*${alias.source}\`, quote it.`,
      });
      return faulty(start, end);
    }
    return this.#expand(target, { start, end }) ? target : faulty(start, end);
  }

  /** Counts what an alias or a merge stands for, before anyone walks over it. */
  #expand(target: SourceNode, at: { readonly start: number; readonly end: number }): boolean {
    const { size, height } = this.#measure.of(target);
    if (this.#depth + height > documentLimits.nesting) {
      this.#faults.report(
        'too-deep',
        at,
        `With its aliases the document nests deeper than ${documentLimits.nesting} levels.`,
      );
      return false;
    }
    const before = this.#expanded;
    this.#expanded += size;
    if (this.#expanded <= documentLimits.expandedNodes) return true;
    if (before <= documentLimits.expandedNodes) {
      const message = `The aliases of the document stand for more than ${documentLimits.expandedNodes} values.`;
      this.#faults.report('too-large', at, message, { hint: 'Repeat less by aliases.' });
    }
    return false;
  }

  #reportSecondMerge(key: KeyNode, first: KeyNode): void {
    this.#faults.report('duplicate-key', key, 'The key `<<` stands twice in this map.', {
      hint: 'Merge several maps by a list: `<<: [*a, *b]`.',
      related: [{ node: first, message: 'The first one.' }],
    });
  }

  #merge(value: SourceNode, key: KeyNode, keys: MapKeys): void {
    const maps = value.kind === 'list' ? value.items : [value];
    for (const map of maps) {
      if (map.kind === 'map') this.#mergeMap(map, key, keys);
      else if (map.kind !== 'faulty') {
        this.#faults.report('type', key, 'The key `<<` takes a map, or a list of maps.', {
          hint: 'Give it an alias: `<<: *name`.',
        });
      }
    }
  }

  #mergeMap(map: MapNode, key: KeyNode, keys: MapKeys): void {
    // What an alias stands for was counted where it was followed; the entries stand in this map once more.
    if (!this.#expand(map, key)) return;
    for (const entry of map.entries) keys.addMerged(entry);
  }
}

function isMergeKey(key: Scalar): boolean {
  return key.value === '<<' && key.type === Scalar.PLAIN;
}

function keyOf(value: string, style: ScalarStyle, at: { readonly start: number; readonly end: number }): KeyNode {
  return { kind: 'scalar', value, style, start: at.start, end: at.end };
}

/** A value that is not written stands right after its key. */
function emptyAfter(key: { readonly end: number }): SourceNode {
  return { kind: 'scalar', value: null, style: 'plain', start: key.end, end: key.end };
}

function stretchOf(node: unknown): { readonly start: number; readonly end: number } {
  if (isScalar(node) || isAlias(node) || isCollection(node)) {
    const range = node.range;
    if (range) return { start: range[0], end: range[1] };
  }
  return { start: 0, end: 0 };
}

function isCollection(node: unknown): node is YAMLMap | YAMLSeq {
  return isMap(node) || isSeq(node);
}

function faulty(start: number, end: number): FaultyNode {
  return { kind: 'faulty', start, end };
}

function faultyAt(node: unknown): FaultyNode {
  const { start, end } = stretchOf(node);
  return faulty(start, end);
}

function styleOf(node: Scalar): ScalarStyle {
  switch (node.type) {
    case Scalar.QUOTE_DOUBLE:
      return 'double-quoted';
    case Scalar.QUOTE_SINGLE:
      return 'single-quoted';
    case Scalar.BLOCK_LITERAL:
      return 'literal';
    case Scalar.BLOCK_FOLDED:
      return 'folded';
    default:
      return 'plain';
  }
}
