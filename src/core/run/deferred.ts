import type { DeferredField, StepSettings } from '../model/event.ts';
import { isJsonList, isJsonMap, type Json, type JsonMap, plainData } from '../model/json.ts';
import { ok, type Result } from '../model/result.ts';
import type { JsonSchema } from '../model/schema.ts';

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

/**
 * The settings as they may be recorded. Masking may change a text that is no secret at all, only alike to one: such a
 * field is recorded as what makes it, so that every attempt gets the true text and the journal does not.
 */
export function maskedSettings(
  settings: StepSettings,
  written: SecretBearing,
  schema: JsonSchema,
  mask: (value: Json) => Json,
): StepSettings {
  const masked = mask(plainData({ ...settings, deferred: [] })) as unknown as StepSettings;
  const changed = changedTexts(
    { config: settings.config, env: settings.env },
    { config: masked.config, env: masked.env },
    [],
  );
  const fields = changed.flatMap((path): readonly DeferredField[] => {
    const template = valueAt({ config: written.config, env: written.env }, path);
    if (typeof template !== 'string') return [];
    return [isScript(schema, path) ? { path, template, verbatim: true } : { path, template }];
  });
  return { ...masked, deferred: [...settings.deferred, ...fields] };
}

function changedTexts(
  before: Json,
  after: Json,
  path: readonly (string | number)[],
): readonly (readonly (string | number)[])[] {
  if (before === after) return [];
  if (isJsonList(before) && isJsonList(after)) {
    return before.flatMap((item, index) => changedTexts(item, after[index] ?? null, [...path, index]));
  }
  if (isJsonMap(before) && isJsonMap(after)) {
    return Object.entries(before).flatMap(([key, item]) => changedTexts(item, after[key] ?? null, [...path, key]));
  }
  return [path];
}

function valueAt(value: Json, [head, ...rest]: readonly (string | number)[]): Json | undefined {
  if (head === undefined) return value;
  if (isJsonList(value)) return typeof head === 'number' ? valueAt(value[head] ?? null, rest) : undefined;
  return isJsonMap(value) && Object.hasOwn(value, head) ? valueAt(value[head] ?? null, rest) : undefined;
}

function isScript(schema: JsonSchema, path: readonly (string | number)[]): boolean {
  return path[0] === 'config' && typeof path[1] === 'string' && schema.properties?.[path[1]]?.script === true;
}
