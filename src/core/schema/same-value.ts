import { isJsonMap, type Json } from '../model/json.ts';

/** Equality as JSON Schema has it: lists and maps by value, the order of keys means nothing. */
export function sameValue(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index] ?? null));
  }
  if (!isJsonMap(a) || !isJsonMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key] ?? null, b[key] ?? null))
  );
}

/** A text that two values share exactly where they are the same: makes looking for doubles linear. */
export function valueKey(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(valueKey).join(',')}]`;
  if (isJsonMap(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${valueKey(value[key] ?? null)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
