import { isJsonMap, type Json } from '../../model/json.ts';
import type { JsonSchema } from '../../model/schema.ts';

/** A text of a configuration with the schemas that speak of it. */
export interface MarkedText {
  readonly path: readonly (string | number)[];
  readonly text: string;
  /** Where several forms are allowed, all of them: their marks add up. */
  readonly schemas: readonly JsonSchema[];
  /** A map or list around the text is marked secret. */
  readonly secret: boolean;
}

/** A key of a map somewhere in a configuration. */
export interface MarkedKey {
  readonly path: readonly (string | number)[];
  readonly key: string;
}

export interface FieldVisitor {
  readonly text: (text: MarkedText) => void;
  readonly key: (key: MarkedKey) => void;
}

const maxDepth = 64;

/** Goes through every text and key of a value, along its schema as far as that goes. */
export function visitFields(value: Json, schema: JsonSchema, visitor: FieldVisitor): void {
  visit(value, [schema], [], false, visitor);
}

function visit(
  value: Json,
  given: readonly JsonSchema[],
  path: readonly (string | number)[],
  secretAround: boolean,
  visitor: FieldVisitor,
): void {
  if (path.length > maxDepth) return;
  const schemas = withAlternatives(given);
  const secret = secretAround || schemas.some((schema) => schema.secret === true);
  if (typeof value === 'string') visitor.text({ path, text: value, schemas, secret });
  else if (Array.isArray(value)) {
    const items = schemas.flatMap((schema) => itemsOf(schema));
    for (const [index, item] of value.entries()) visit(item, items, [...path, index], secret, visitor);
  } else if (isJsonMap(value)) {
    for (const key of Object.keys(value)) {
      visitor.key({ path: [...path, key], key });
      const members = schemas.flatMap((schema) => memberOf(schema, key));
      visit(value[key] ?? null, members, [...path, key], secret, visitor);
    }
  }
}

/** A schema and the forms in it, once: a mark on a form counts for the field. */
function withAlternatives(schemas: readonly JsonSchema[]): readonly JsonSchema[] {
  return schemas.flatMap((schema) => [
    schema,
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].filter(isJsonMap),
  ]);
}

/** The items of a list that is marked as a path, or as a template, are what the mark speaks of. */
function itemsOf(schema: JsonSchema): readonly JsonSchema[] {
  const { path, template } = schema;
  const marks = { ...(path !== undefined && { path }), ...(template !== undefined && { template }) };
  return [{ ...marks, ...(isJsonMap(schema.items) ? schema.items : {}) }];
}

function memberOf(schema: JsonSchema, key: string): readonly JsonSchema[] {
  if (schema.properties && Object.hasOwn(schema.properties, key)) {
    const member = schema.properties[key];
    return member ? [member] : [];
  }
  return isJsonMap(schema.additionalProperties) ? [schema.additionalProperties] : [];
}
