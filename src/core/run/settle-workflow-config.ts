import { describeFault } from '../expression/fault.ts';
import { parseTemplate } from '../expression/parse-template.ts';
import { referencesOf } from '../expression/references.ts';
import type { Scope } from '../expression/scope.ts';
import { settleJson } from '../expression/settle.ts';
import { emptyMap, isJsonList, isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';

export interface ConfigFault {
  readonly key: string;
  readonly message: string;
}

/**
 * Settles the workflow's `config`, whose values may use each other: each key after those that it reads. The reader
 * has refused cycles; one that a computed name hides ends as an error here.
 */
export function settleWorkflowConfig(
  config: JsonMap,
  scopeWith: (settled: JsonMap) => Scope,
): Result<JsonMap, readonly ConfigFault[]> {
  const settled = emptyMap<Json>();
  const faults: ConfigFault[] = [];
  const state = new Map<string, 'open' | 'done'>();

  const settle = (key: string): void => {
    if (state.has(key)) {
      if (state.get(key) === 'open') faults.push({ key, message: 'the value depends on itself' });
      return;
    }
    state.set(key, 'open');
    for (const other of keysRead(config[key] ?? null, config)) if (other !== key) settle(other);
    const value = settleJson(config[key] ?? null, scopeWith(settled));
    if (!value.ok) faults.push({ key, message: describeFault(value.error) });
    else if (value.value !== undefined) settled[key] = value.value;
    state.set(key, 'done');
  };
  for (const key of Object.keys(config)) settle(key);
  return faults.length > 0 ? err(faults) : ok(settled);
}

function keysRead(value: Json, config: JsonMap): readonly string[] {
  if (isJsonList(value)) return value.flatMap((item) => keysRead(item, config));
  if (isJsonMap(value)) return Object.values(value).flatMap((item) => keysRead(item, config));
  if (typeof value !== 'string' || !value.includes('{')) return [];
  const template = parseTemplate(value);
  if (!template.ok) return [];
  return template.value.parts.flatMap((part) => {
    if (typeof part === 'string' || part.kind !== 'expression') return [];
    return referencesOf(part.expression).flatMap(({ root, path }) => {
      if (root !== 'config') return [];
      const key = path[0];
      return typeof key === 'string' ? (Object.hasOwn(config, key) ? [key] : []) : Object.keys(config);
    });
  });
}
