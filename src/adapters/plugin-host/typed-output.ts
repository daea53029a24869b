import type { Json } from '../../core/model/json.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import type { JsonSchema, SchemaType } from '../../core/model/schema.ts';
import { parseText } from '../../core/parameters/parse-text.ts';

/** Turns a process's text into the first type of the schema that it fits. The error continues a sentence. */
export function typedOutput(text: string, { type }: JsonSchema): Result<Json, string> {
  const types = [type ?? 'string'].flat();
  if (types.includes('null') && text === '') return ok(null);
  let fault = 'has no type that text can have';
  for (const each of types) {
    if (each === 'null') continue;
    const parsed = parseAs(text, each);
    if (parsed.ok) return parsed;
    fault = parsed.error;
  }
  return err(fault);
}

function parseAs(text: string, type: Exclude<SchemaType, 'null'>): Result<Json, string> {
  const parsed = parseText(text, type);
  return parsed.ok ? parsed : err(parsed.error.message);
}
