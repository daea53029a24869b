import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../../src/plugin-api/index.ts';

/** Reads of a document that anybody may have written: what is missing or of another kind is empty. */

const nothing: JsonMap = {};

export function member(map: JsonMap, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

export function mapAt(map: JsonMap, key: string): JsonMap {
  const value = member(map, key);
  return isJsonMap(value) ? value : nothing;
}

export function mapsAt(map: JsonMap, key: string): readonly JsonMap[] {
  const value = member(map, key);
  return isJsonList(value) ? value.filter(isJsonMap) : [];
}

/** The item of a list of maps that an index names; empty where it names none. */
export function itemAt(map: JsonMap, key: string, index: number | null): JsonMap {
  const value = member(map, key);
  const item = isJsonList(value) && index !== null ? value[index] : undefined;
  return isJsonMap(item) ? item : nothing;
}

export function textAt(map: JsonMap, key: string): string | null {
  const value = member(map, key);
  return typeof value === 'string' ? value : null;
}

/** An integer of at least `least`. */
export function integerAt(map: JsonMap, key: string, least: number): number | null {
  const value = member(map, key);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least ? value : null;
}
