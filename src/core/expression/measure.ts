import type { Json } from '../model/json.ts';
import { limits } from './limits.ts';
import { isList, isMap, utf8Length } from './values.ts';

/** What was found out about a value before it is copied, written or handed on. */
export type Measure =
  | { readonly kind: 'fits'; readonly bytes: number }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-deep' };

/**
 * Bytes of a value's JSON (a bare text: its own bytes), where they are at most `limit`. Stops as soon as the answer
 * is known: values made by expressions may share parts, and written out be far larger than what they are in memory.
 * `indent` is that of `toJSON`.
 */
export function measure(value: Json, limit: number, indent = 0): Measure {
  const bytes = typeof value === 'string' ? textBytes(value, limit) : new Ruler(limit, indent).measure(value);
  if (bytes === tooDeep) return { kind: 'too-deep' };
  return bytes > limit ? { kind: 'too-large' } : { kind: 'fits', bytes };
}

const tooDeep = -1;

/** Texts that must fit or cannot fit are not counted character by character. */
function textBytes(text: string, limit: number): number {
  if (text.length > limit) return text.length;
  return utf8Length(text);
}

class Ruler {
  readonly #limit: number;
  readonly #indent: number;
  #bytes = 0;
  #tooDeep = false;

  constructor(limit: number, indent: number) {
    this.#limit = limit;
    this.#indent = indent;
  }

  measure(value: Json): number {
    this.#add(value, 0);
    return this.#tooDeep ? tooDeep : this.#bytes;
  }

  /** False once nothing more needs to be looked at. */
  #add(value: Json, depth: number): boolean {
    if (depth > limits.valueDepth) {
      this.#tooDeep = true;
      return false;
    }
    if (isList(value)) return this.#addList(value, depth);
    if (isMap(value)) return this.#addMap(value, depth);
    if (typeof value === 'string') return this.#grow(textBytes(value, this.#limit) + 2);
    return this.#grow(String(value).length);
  }

  #addList(list: readonly Json[], depth: number): boolean {
    for (const item of list) {
      if (!this.#grow(this.#separator(depth)) || !this.#add(item, depth + 1)) return false;
    }
    return this.#close(list.length, depth);
  }

  #addMap(map: { readonly [key: string]: Json }, depth: number): boolean {
    const keys = Object.keys(map);
    for (const key of keys) {
      const before = this.#separator(depth) + textBytes(key, this.#limit) + (this.#indent > 0 ? 4 : 3);
      if (!this.#grow(before) || !this.#add(map[key] ?? null, depth + 1)) return false;
    }
    return this.#close(keys.length, depth);
  }

  /** The comma before an item (for the first one the bracket), and its line. */
  #separator(depth: number): number {
    return this.#indent > 0 ? 2 + this.#indent * (depth + 1) : 1;
  }

  #close(items: number, depth: number): boolean {
    if (items === 0) return this.#grow(2);
    return this.#grow(this.#indent > 0 ? 2 + this.#indent * depth : 1);
  }

  #grow(bytes: number): boolean {
    this.#bytes += bytes;
    return this.#bytes <= this.#limit;
  }
}
