import { isJsonMap, type Json } from '../model/json.ts';
import { type AnySchema, schemaNode } from './schema-node.ts';

const known = new WeakMap<object, boolean>();

/** Whether checking values against the schema compiles patterns, so that `loadPatterns()` must be awaited before. */
export function usesPatterns(schema: AnySchema): boolean {
  if (typeof schema === 'boolean') return false;
  const answer = known.get(schema) ?? holdsPattern(schemaNode(schema));
  known.set(schema, answer);
  return answer;
}

/** A text of this name counts wherever it stands: where it is no keyword, a load too many is harmless. */
function holdsPattern(root: Json): boolean {
  const open: Json[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isJsonMap(value)) {
      if (typeof value.pattern === 'string' || Object.hasOwn(value, 'patternProperties')) return true;
      open.push(...Object.values(value));
    } else if (Array.isArray(value)) open.push(...value);
  }
  return false;
}
