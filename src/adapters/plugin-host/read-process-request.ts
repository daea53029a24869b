import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../core/model/json.ts';
import type { ProcessRequest } from '../../core/ports/plugin.ts';
import { hostedFailure } from './hosted-failure.ts';

const outputs = ['stream', 'capture', 'both'] as const;

/** What another process says is a process request. Throws a failure that names the field at fault. */
export function readProcessRequest(value: Json | undefined): ProcessRequest {
  if (!isJsonMap(value)) throw misfit('the request', 'a map');
  const output = outputs.find((known) => known === value.output);
  if (output === undefined) throw misfit('output', `one of ${outputs.join(', ')}`);
  const env = envAt(value);
  const script = scriptAt(value);
  const cwd = optional(value, 'cwd', 'string');
  const stdin = optional(value, 'stdin', 'string');
  const title = optional(value, 'title', 'string');
  const timeoutMs = sizeAt(value, 'timeoutMs');
  const maxBytes = sizeAt(value, 'maxBytes');
  const outputFile = optional(value, 'outputFile', 'boolean');
  return {
    command: required(value, 'command'),
    args: textsAt(value, 'args'),
    output,
    ...(cwd !== undefined && { cwd }),
    ...(env !== undefined && { env }),
    ...(stdin !== undefined && { stdin }),
    ...(title !== undefined && { title }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maxBytes !== undefined && { maxBytes }),
    ...(outputFile !== undefined && { outputFile }),
    ...(script !== undefined && { script }),
  };
}

interface Scalars {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

function optional<K extends keyof Scalars>(map: JsonMap, key: string, type: K): Scalars[K] | undefined {
  const value = map[key] ?? undefined;
  if (value === undefined) return undefined;
  if (!isOf(value, type)) throw misfit(key, `a ${type}`);
  return value;
}

function isOf<K extends keyof Scalars>(value: unknown, type: K): value is Scalars[K] {
  // Numbers that JSON can hold are finite.
  return typeof value === type;
}

function required(map: JsonMap, key: string): string {
  const value = optional(map, key, 'string');
  if (value === undefined) throw misfit(key, 'a string');
  return value;
}

function sizeAt(map: JsonMap, key: string): number | undefined {
  const value = optional(map, key, 'number');
  if (value !== undefined && value <= 0) throw misfit(key, 'a number above 0');
  return value;
}

function textsAt(map: JsonMap, key: string): readonly string[] {
  const value = map[key] ?? [];
  if (!isJsonList(value)) throw misfit(key, 'a list of strings');
  return value.map((item) => {
    if (typeof item !== 'string') throw misfit(key, 'a list of strings');
    return item;
  });
}

function envAt({ env }: JsonMap): ProcessRequest['env'] {
  if (env === undefined || env === null) return undefined;
  if (!isJsonMap(env)) throw misfit('env', 'a map of names to strings or null');
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => {
      if (value !== null && typeof value !== 'string') throw misfit('env', 'a map of names to strings or null');
      return [name, value];
    }),
  );
}

function scriptAt({ script }: JsonMap): ProcessRequest['script'] {
  if (script === undefined || script === null) return undefined;
  if (!isJsonMap(script)) throw misfit('script', 'a map with `text` and `extension`');
  const extension = required(script, 'extension');
  // It becomes the end of a file's name.
  if (!/^\.\w+$/.test(extension)) throw misfit('script.extension', 'a text such as `.sh`');
  return { text: required(script, 'text'), extension };
}

function misfit(key: string, wanted: string): Error {
  return hostedFailure('handler', `processes.run was called wrongly: ${key} must be ${wanted}.`);
}
