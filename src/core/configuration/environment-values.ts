import type { Json } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import type { JsonSchema } from '../model/schema.ts';
import { parseValueText } from '../parameters/parse-value-text.ts';
import { hasType } from '../schema/type-keywords.ts';
import { escapeTemplate } from './escape-template.ts';

/**
 * The environment variable that sets a key of a handler: `VWMP_<PLUGIN>_<ACTION>_<KEY>` in capitals, every other
 * character than a letter or digit as `_`. `git.push` with `push_tags`: `VWMP_GIT_PUSH_PUSH_TAGS`.
 */
export function environmentName(handler: string, key: string): string {
  return `VWMP_${handler}_${key}`.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/** The variable that sets a key of an integration adapter: `VWMP_ADAPTER_<NAME>_<KEY>`. */
export function adapterEnvironmentName(adapter: string, key: string): string {
  return environmentName(`adapter_${adapter}`, key);
}

/**
 * A variable's text as a value of the key's type, as a template that gives just this value. A key that takes text
 * gets the text as it is; in a field marked `template`, `{name}` stays a placeholder. The error ends a sentence.
 */
export function environmentValue(text: string, schema: JsonSchema): Result<Json, string> {
  const types = typesOf(schema);
  if (types.length === 0 || types.includes('string')) return ok(escapeTemplate(text));
  const parsed = parseValueText(text);
  if (!parsed.ok) return err(`cannot be read: ${parsed.error}`);
  if (types.some((type) => hasType(parsed.value, type))) return ok(escapeAll(parsed.value));
  return err(`must be of type ${types.join(' or ')}`);
}

export function typesOf({ type }: JsonSchema): readonly string[] {
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}

function escapeAll(value: Json): Json {
  if (typeof value === 'string') return escapeTemplate(value);
  if (Array.isArray(value)) return value.map(escapeAll);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, escapeAll(member)]));
}
