import { isJsonList, isJsonMap, type Json, type JsonMap } from '../core/model/json.ts';
import type { TemplateText } from '../core/ports/plugin.ts';
import { PluginFailure } from './outcomes.ts';

/**
 * Reads of a handler's configuration. The schema has been checked before, so a value of another kind is reported as
 * a `configuration` failure that names the key: the schema and the handler disagree.
 */

/** A text that must be there. */
export function requiredText(config: JsonMap, key: string): string {
  const value = optionalText(config, key);
  if (value === null) throw misfit(key, 'a text', config[key]);
  return value;
}

/** `null` where the key is not set or is null. */
export function optionalText(config: JsonMap, key: string): string | null {
  const value = config[key];
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw misfit(key, 'a text', value);
}

export function booleanValue(config: JsonMap, key: string, otherwise: boolean): boolean {
  const value = config[key];
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'boolean') return value;
  throw misfit(key, 'true or false', value);
}

export function integerValue(config: JsonMap, key: string, otherwise: number): number {
  const value = config[key];
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw misfit(key, 'an integer', value);
}

/** A list of texts; empty where the key is not set. */
export function textList(config: JsonMap, key: string): readonly string[] {
  const value = config[key];
  if (value === undefined || value === null) return [];
  if (!isJsonList(value)) throw misfit(key, 'a list of texts', value);
  return value.map((item) => {
    if (typeof item !== 'string') throw misfit(key, 'a list of texts', item);
    return item;
  });
}

/** A field marked `template`; `null` where it is not set. A bare text is a template without placeholders. */
export function templateValue(config: JsonMap, key: string): TemplateText | null {
  const value = config[key];
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return { template: [value] };
  const parts = isJsonMap(value) ? value.template : undefined;
  if (!isJsonList(parts)) throw misfit(key, 'a template', value);
  return { template: parts.map((part) => templatePart(key, part)) };
}

function templatePart(key: string, part: Json): TemplateText['template'][number] {
  if (typeof part === 'string') return part;
  if (isJsonMap(part) && typeof part.name === 'string') {
    return { name: part.name, otherwise: typeof part.otherwise === 'string' ? part.otherwise : null };
  }
  throw misfit(key, 'a template', part);
}

function misfit(key: string, wanted: string, value: Json | undefined): PluginFailure {
  const given = value === undefined ? 'nothing' : JSON.stringify(value);
  return new PluginFailure('configuration', `the configuration key \`${key}\` takes ${wanted}, not ${given}`, {
    retryable: false,
  });
}
