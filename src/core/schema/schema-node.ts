import { isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import type { JsonSchema } from '../model/schema.ts';

/** What the interpreter walks: a schema as plain data. `true` admits everything, `false` nothing. */
export type SchemaNode = boolean | JsonMap;

/** A schema of ours, or one that a document or a foreign plugin brings. */
export type AnySchema = JsonSchema | SchemaNode;

/** Schemas are plain data whatever their declared type: this names the fact. */
export function schemaNode(schema: AnySchema): SchemaNode {
  return schema as SchemaNode;
}

/** A value in the place of a schema; `null` where it is none, which `checkSchema` reports. */
export function asSchemaNode(value: Json | undefined): SchemaNode | null {
  return typeof value === 'boolean' || isJsonMap(value) ? value : null;
}

/** The own value of a key; `undefined` where the map has none. */
export function own(map: JsonMap, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

export function numberAt(schema: JsonMap, keyword: string): number | null {
  const value = own(schema, keyword);
  return typeof value === 'number' ? value : null;
}

export function textAt(schema: JsonMap, keyword: string): string | null {
  const value = own(schema, keyword);
  return typeof value === 'string' ? value : null;
}

/** Schemas by name (`properties`, `patternProperties`, `dependentSchemas`), ill-formed members left out. */
export function schemasAt(schema: JsonMap, keyword: string): ReadonlyMap<string, SchemaNode> {
  const value = own(schema, keyword);
  const schemas = new Map<string, SchemaNode>();
  if (!isJsonMap(value)) return schemas;
  for (const name of Object.keys(value)) {
    const node = asSchemaNode(value[name]);
    if (node !== null) schemas.set(name, node);
  }
  return schemas;
}

/** Schemas in a list (`anyOf`, `prefixItems`), ill-formed members left out. */
export function schemaListAt(schema: JsonMap, keyword: string): readonly SchemaNode[] | null {
  const value = own(schema, keyword);
  if (!Array.isArray(value)) return null;
  return value.map((member: Json) => asSchemaNode(member)).filter((node) => node !== null);
}

export function textsAt(schema: JsonMap, keyword: string): readonly string[] {
  const value = own(schema, keyword);
  return Array.isArray(value) ? value.filter((member) => typeof member === 'string') : [];
}
