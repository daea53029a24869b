import { isJsonList, type Json, type JsonList, type JsonMap } from '../model/json.ts';

/** The kinds of value that exist. There is nothing else, so nothing of the host can be reached. */
export type ValueKind = 'null' | 'boolean' | 'number' | 'text' | 'list' | 'map';

/** What JavaScript knows and the language does not (functions, `undefined`) counts as null. */
export function kindOf(value: Json): ValueKind {
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'object':
      if (value === null) return 'null';
      return isJsonList(value) ? 'list' : 'map';
    default:
      return 'null';
  }
}

/** How a kind is named in messages. */
export function nameOfKind(value: Json): string {
  const kind = kindOf(value);
  return kind === 'null' || kind === 'text' ? kind : `a ${kind}`;
}

export function isMap(value: Json): value is JsonMap {
  return kindOf(value) === 'map';
}

export function isList(value: Json): value is JsonList {
  return isJsonList(value);
}

/** null, false, 0 and empty text are false; all else is true, empty lists and maps too. */
export function isTruthy(value: Json): boolean {
  return value !== null && value !== false && value !== 0 && value !== '' && value !== undefined;
}

/** Keys that other programs give a meaning of their own: they read as missing. */
const hiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export function isHiddenKey(key: string): boolean {
  return hiddenKeys.has(key);
}

/** The value of an own key; null where the map has none. Functions, which plain data never holds, are not seen. */
export function readKey(map: JsonMap, key: string): Json {
  if (!Object.hasOwn(map, key) || hiddenKeys.has(key)) return null;
  const value = map[key];
  return value === undefined || typeof value === 'function' ? null : value;
}

/** Text in code point order: below 0, 0, or above. Differs from `<` of the host where surrogates are involved. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const difference = codePointRank(a.charCodeAt(at)) - codePointRank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all single units, so they rank behind U+E000 to U+FFFF. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** The shortest form that reads back as the same number. */
export function numberToText(value: number): string {
  return String(value);
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    // Both halves of a surrogate pair count two, which makes the four bytes of the pair.
    bytes += unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

/** Characters of a text as people count them: code points. */
export function characterCount(text: string): number {
  let count = text.length;
  for (let at = 0; at + 1 < text.length; at++) {
    const pair = (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
    if (pair) {
      count--;
      at++;
    }
  }
  return count;
}
