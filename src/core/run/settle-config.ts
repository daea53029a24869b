import { describeFault } from '../expression/fault.ts';
import type { Scope } from '../expression/scope.ts';
import { settleJson, settleTemplateText } from '../expression/settle.ts';
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { StepBlueprint } from './step-blueprint.ts';

type Path = readonly (string | number)[];

/** What settling a configuration needs of a step and its run. */
export interface Settling {
  readonly blueprint: StepBlueprint;
  readonly scope: Scope;
  /** What a placeholder stands for beside the handler's own values; null where nothing gives it. */
  readonly placeholder: (name: string) => string | null;
}

/**
 * Settles a handler's configuration along its schema: scripts stay as they are, fields marked `template` become
 * `TemplateText`, everything else is a template of the language. A whole value that is null leaves its key unset.
 */
export function settleConfig(config: JsonMap, settling: Settling): Result<JsonMap, string> {
  const { handler, fallbacks } = settling.blueprint;
  const settled = settleMap(config, handler.configuration, ['config'], settling);
  if (!settled.ok) return settled;
  const unset = Object.entries(fallbacks).filter(
    ([key]) => !Object.hasOwn(settled.value, key) && Object.hasOwn(config, key),
  );
  if (unset.length === 0) return settled;
  const filled = settleMap(Object.fromEntries(unset), handler.configuration, ['config'], settling);
  return filled.ok ? ok({ ...filled.value, ...settled.value }) : filled;
}

function settleField(
  value: Json,
  schema: JsonSchema | undefined,
  path: Path,
  settling: Settling,
): Result<Json | undefined, string> {
  if (schema?.script) return ok(value);
  if (schema?.template && typeof value === 'string') return settleTemplateField(value, schema, path, settling);
  if (isJsonMap(value) && schema?.properties) return settleMap(value, schema, path, settling);
  if (isJsonList(value) && schema?.items) return settleList(value, schema.items, path, settling);
  const settled = settleJson(value, settling.scope);
  return settled.ok ? settled : err(`${[...path, ...settled.error.path].join('.')}: ${describeFault(settled.error)}`);
}

function settleMap(map: JsonMap, schema: JsonSchema, path: Path, settling: Settling): Result<JsonMap, string> {
  const settled: [string, Json][] = [];
  for (const [key, value] of Object.entries(map)) {
    const field = settleField(value, schema.properties?.[key], [...path, key], settling);
    if (!field.ok) return field;
    if (field.value !== undefined && field.value !== null) settled.push([key, field.value]);
  }
  return ok(Object.fromEntries(settled));
}

function settleList(list: readonly Json[], items: JsonSchema, path: Path, settling: Settling): Result<Json, string> {
  const settled: Json[] = [];
  for (const [index, value] of list.entries()) {
    const item = settleField(value, items, [...path, index], settling);
    if (!item.ok) return item;
    settled.push(item.value ?? null);
  }
  return ok(settled);
}

function settleTemplateField(
  text: string,
  schema: JsonSchema,
  path: Path,
  { scope, placeholder }: Settling,
): Result<Json, string> {
  const own = Array.isArray(schema.template) ? schema.template : [];
  const settled = settleTemplateText(text, scope, { own, resolve: placeholder });
  return settled.ok ? ok(settled.value as unknown as Json) : err(`${path.join('.')}: ${describeFault(settled.error)}`);
}

/** The configuration as its schema describes it: a `TemplateText` is a text there. */
export function asSchemaSees(value: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function plain(value: Json): Json {
  if (isJsonList(value)) return value.map(plain);
  if (!isJsonMap(value)) return value;
  if (isJsonList(value['template']) && Object.keys(value).length === 1) {
    return value['template'].map((part) => (typeof part === 'string' ? part : '')).join('');
  }
  return asSchemaSees(value);
}
