import { describeFault, type EvaluationFault } from '../expression/fault.ts';
import type { Scope } from '../expression/scope.ts';
import { type PlaceholderValue, settleJson, settleTemplateText } from '../expression/settle.ts';
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { StepBlueprint } from './step-blueprint.ts';

type Path = readonly (string | number)[];

/** What settling a configuration needs of a step and its run. */
export interface Settling {
  readonly blueprint: StepBlueprint;
  readonly scope: Scope;
  /** What a placeholder stands for beside the handler's own values. */
  readonly placeholder: (name: string) => PlaceholderValue;
}

/** What is wrong with a part of the configuration. */
interface ConfigFault {
  readonly path: Path;
  readonly fault: EvaluationFault;
}

/**
 * Settles a handler's configuration along its schema: scripts stay as they are, fields marked `template` become
 * `TemplateText`, everything else is a template of the language. A whole value that is null leaves its key unset.
 */
export function settleConfig(config: JsonMap, settling: Settling): Result<JsonMap, string> {
  const { handler, fallbacks } = settling.blueprint;
  const settled = settleMap(config, handler.configuration, ['config'], settling);
  if (!settled.ok) return err(textOf(settled.error));
  const unset = Object.entries(fallbacks).filter(
    ([key]) => !Object.hasOwn(settled.value, key) && Object.hasOwn(config, key),
  );
  if (unset.length === 0) return settled;
  const filled = settleFallbacks(unset, settling);
  return filled.ok ? ok({ ...filled.value, ...settled.value }) : filled;
}

/**
 * What the keys get whose values came out null. It may stand for more than one thing: of several packages each has a
 * `{version}`. Then a field that takes null stays unset, and the handler knows what that means.
 */
function settleFallbacks(fallbacks: readonly (readonly [string, Json])[], settling: Settling): Result<JsonMap, string> {
  const filled: [string, Json][] = [];
  for (const [key, fallback] of fallbacks) {
    const schema = settling.blueprint.handler.configuration.properties?.[key];
    const field = settleField(fallback, schema, ['config', key], settling);
    if (field.ok) {
      if (field.value !== undefined && field.value !== null) filled.push([key, field.value]);
    } else if (field.error.fault.code !== 'several-givers') return err(textOf(field.error));
    else if (!takesNull(schema)) return err(openText(field.error, fallback));
  }
  return ok(Object.fromEntries(filled));
}

function takesNull(schema: JsonSchema | undefined): boolean {
  return Array.isArray(schema?.type) && schema.type.includes('null');
}

function openText({ path, fault }: ConfigFault, fallback: Json): string {
  const message = `what is written is null, and the default \`${fallback}\` would take its place: ${fault.message}`;
  const hint = 'give it another value with `??`, or the step a condition, such as `steps.ID.outputs.NAME != null`';
  return `${path.join('.')}: ${describeFault({ message, hint })}`;
}

function textOf({ path, fault }: ConfigFault): string {
  return `${path.join('.')}: ${describeFault(fault)}`;
}

function settleField(
  value: Json,
  schema: JsonSchema | undefined,
  path: Path,
  settling: Settling,
): Result<Json | undefined, ConfigFault> {
  if (schema?.script) return ok(value);
  if (schema?.template && typeof value === 'string') return settleTemplateField(value, schema, path, settling);
  if (isJsonMap(value) && schema?.properties) return settleMap(value, schema, path, settling);
  if (isJsonList(value) && schema?.items) return settleList(value, schema.items, path, settling);
  const settled = settleJson(value, settling.scope);
  return settled.ok ? settled : err({ path: [...path, ...settled.error.path], fault: settled.error });
}

function settleMap(map: JsonMap, schema: JsonSchema, path: Path, settling: Settling): Result<JsonMap, ConfigFault> {
  const settled: [string, Json][] = [];
  for (const [key, value] of Object.entries(map)) {
    const field = settleField(value, schema.properties?.[key], [...path, key], settling);
    if (!field.ok) return field;
    if (field.value !== undefined && field.value !== null) settled.push([key, field.value]);
  }
  return ok(Object.fromEntries(settled));
}

function settleList(
  list: readonly Json[],
  items: JsonSchema,
  path: Path,
  settling: Settling,
): Result<Json, ConfigFault> {
  const settled: Json[] = [];
  for (const [index, item] of list.entries()) {
    const value = settleField(item, items, [...path, index], settling);
    if (!value.ok) return value;
    settled.push(value.value ?? null);
  }
  return ok(settled);
}

function settleTemplateField(
  text: string,
  schema: JsonSchema,
  path: Path,
  { scope, placeholder }: Settling,
): Result<Json, ConfigFault> {
  const own = Array.isArray(schema.template) ? schema.template : [];
  const settled = settleTemplateText(text, scope, { own, resolve: placeholder });
  return settled.ok ? ok(settled.value as unknown as Json) : err({ path, fault: settled.error });
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
