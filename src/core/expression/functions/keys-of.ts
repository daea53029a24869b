import type { JsonMap } from '../../model/json.ts';
import type { Call } from '../call.ts';

/** Listing the keys of a large map costs far more for each than reading a character. */
const unitsPerKey = 32;

/** A map's own keys, charged for. */
export function keysOf(map: JsonMap, call: Call): readonly string[] {
  const keys = Object.keys(map);
  call.spendOn(keys.length * unitsPerKey);
  return keys;
}
