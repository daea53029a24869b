/** Plain data: what documents, outputs, events and plugin calls are made of. Nothing else crosses a border. */
export type Json = null | boolean | number | string | JsonList | JsonMap;
export type JsonList = readonly Json[];
export interface JsonMap {
  readonly [key: string]: Json;
}

export function isJsonMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list check that keeps the readonly element type, which `Array.isArray` loses. */
export function isJsonList(value: Json | undefined): value is JsonList {
  return Array.isArray(value);
}

/**
 * A map without a prototype, for keys that come from outside: `__proto__` is then an ordinary key.
 */
export function emptyMap<T>(): { [key: string]: T } {
  return Object.create(null) as { [key: string]: T };
}

/**
 * Models are plain data, but interfaces have no index signature: this names the fact for the compiler. Keys whose
 * value is undefined count as absent.
 */
export function plainData(model: object): Json {
  return model as unknown as Json;
}
