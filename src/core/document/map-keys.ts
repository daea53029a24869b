import type { DocumentFaults } from './document-faults.ts';
import type { ScalarNode, SourceEntry, SourceNode } from './source-node.ts';

type KeyNode = ScalarNode & { readonly value: string };

/** Keys that reach into the host language where a map is copied carelessly. */
const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Characters that change the direction or hide: two keys that look alike could then differ. */
const invisible = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/**
 * Collects the entries of one map in order. A key that is reserved, or that stands there already, is reported and
 * left out. Keys are the same if they are after Unicode composition: such twins cannot be told apart by eye.
 */
export class MapKeys {
  readonly entries: SourceEntry[] = [];
  readonly #faults: DocumentFaults;
  /** Small maps are searched, large ones indexed: most maps of a definition have a handful of keys. */
  #index: Map<string, SourceEntry> | null = null;

  constructor(faults: DocumentFaults) {
    this.#faults = faults;
  }

  add(key: KeyNode, value: SourceNode): void {
    if (!this.#isAllowed(key)) return;
    const first = this.find(key.value);
    if (first) this.#reportTwin(key, first);
    else this.#push({ key, value });
  }

  /** What a merge brings: keys that the map has already win silently. */
  addMerged(entry: SourceEntry): void {
    if (!this.find(entry.key.value)) this.#push(entry);
  }

  find(key: string): SourceEntry | undefined {
    const normal = normalForm(key);
    if (this.#index) return this.#index.get(normal);
    return this.entries.find((entry) => normalForm(entry.key.value) === normal);
  }

  #push(entry: SourceEntry): void {
    this.entries.push(entry);
    if (this.entries.length === 16) {
      this.#index = new Map(this.entries.map((known) => [normalForm(known.key.value), known]));
    } else this.#index?.set(normalForm(entry.key.value), entry);
  }

  #isAllowed(key: KeyNode): boolean {
    if (reserved.has(key.value)) {
      this.#faults.report('forbidden-key', key, `The key \`${key.value}\` is reserved.`, {
        hint: 'Choose another name.',
      });
      return false;
    }
    if (invisible.test(key.value)) {
      this.#faults.report('forbidden-key', key, 'The key holds invisible or direction-changing characters.', {
        hint: 'Type the key anew, without them.',
      });
      return false;
    }
    return true;
  }

  #reportTwin(key: KeyNode, first: SourceEntry): void {
    const looksAlike = first.key.value !== key.value;
    this.#faults.report(
      'duplicate-key',
      key,
      looksAlike
        ? `The key \`${key.value}\` cannot be told from another key of this map.`
        : `The key \`${key.value}\` stands twice in this map.`,
      { hint: 'Keep one of them.', related: [{ node: first.key, message: 'The first one.' }] },
    );
  }
}

const ascii = /^[\0-\x7f]*$/;

function normalForm(key: string): string {
  return ascii.test(key) ? key : key.normalize('NFC');
}
