import { isJsonList, isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import { ok, type Result } from '../model/result.ts';

/** A field whose value must not be recorded, as the template that makes it. `path` begins with `config` or `env`. */
export interface DeferredField {
  readonly path: readonly (string | number)[];
  readonly template: Json;
}
export type Deferred = readonly DeferredField[];

/** The two maps of a step that may hold secrets. */
export interface SecretBearing {
  readonly config: JsonMap;
  readonly env: JsonMap;
}

/** Takes every text that reads a secret out of the maps; in lists a null keeps its place. */
export function withoutDeferred(
  maps: SecretBearing,
  readsSecret: (text: string) => boolean,
): { readonly value: SecretBearing; readonly fields: Deferred } {
  const fields: DeferredField[] = [];
  const strip = (value: Json, path: readonly (string | number)[]): Json | undefined => {
    if (typeof value === 'string') {
      if (!readsSecret(value)) return value;
      fields.push({ path, template: value });
      return undefined;
    }
    if (isJsonList(value)) return value.map((item, index) => strip(item, [...path, index]) ?? null);
    if (isJsonMap(value)) return stripMap(value, path);
    return value;
  };
  const stripMap = (map: JsonMap, path: readonly (string | number)[]): JsonMap => {
    const entries = Object.entries(map).map(([key, item]) => [key, strip(item, [...path, key])] as const);
    return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
  };
  return { value: { config: stripMap(maps.config, ['config']), env: stripMap(maps.env, ['env']) }, fields };
}

/** Puts the values of deferred fields back; `undefined` leaves a field unset. */
export function fillDeferred<Maps extends { readonly config: JsonMap; readonly env: JsonMap }>(
  maps: Maps,
  fields: Deferred,
  settle: (template: Json, field: DeferredField) => Result<Json | undefined, string>,
): Result<Maps, string> {
  let filled: Json = { config: maps.config, env: maps.env };
  for (const field of fields) {
    const value = settle(field.template, field);
    if (!value.ok) return value;
    if (value.value !== undefined) filled = withValueAt(filled, field.path, value.value);
  }
  return ok(filled as unknown as Maps);
}

function withValueAt(target: Json, path: readonly (string | number)[], value: Json): Json {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (isJsonList(target)) return target.map((item, index) => (index === head ? withValueAt(item, rest, value) : item));
  const map = isJsonMap(target) ? target : {};
  return { ...map, [head]: withValueAt(map[head] ?? {}, rest, value) };
}
