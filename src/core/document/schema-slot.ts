import { isJsonList, isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import type { DocumentPath } from './document-path.ts';
import { type Draft, isDraftList, isDraftMap } from './draft.ts';
import { languageSchema } from './language-schema.ts';

/** What the schema says of one place of a document. */
export interface SchemaSlot {
  /** What stands there, as it reads after "takes". */
  readonly takes: string;
  /** What stands there once its type is known, as it reads after "in". */
  readonly within: string;
  /** The part of the schema that speaks of values of the type that was given; `null` where none does. */
  readonly schema: JsonMap | null;
}

/**
 * Finds what the schema says of a path. References and alternatives are followed by the values that stand on the
 * way, which works because alternatives differ by the type of the value.
 */
export function slotAt(document: Draft, path: DocumentPath): SchemaSlot {
  let slot = slotOf(languageSchema, document);
  let value: Draft | undefined = document;
  for (const part of path) {
    value = childValue(value, part);
    slot = slotOf(childSchema(slot.schema, part), value);
  }
  return slot;
}

function slotOf(schema: Json | undefined, value: Draft | undefined): SchemaSlot {
  let current = isJsonMap(schema) ? schema : {};
  // The title of the whole schema is a name for editors, not what one reads in a sentence.
  let title = current.$schema === undefined ? current.title : undefined;
  for (let next = narrower(current, value); next !== null; next = narrower(current, value)) {
    current = next;
    title ??= current.title;
  }
  const takesNone = isJsonList(current.anyOf);
  const takes = typeof title === 'string' ? title : takesOf(current);
  return {
    takes,
    within: typeof current.title === 'string' ? current.title : takes,
    schema: takesNone ? null : current,
  };
}

function narrower(schema: JsonMap, value: Draft | undefined): JsonMap | null {
  const reference = schema.$ref;
  if (typeof reference === 'string') return definition(reference);
  const alternatives = schema.anyOf;
  if (isJsonList(alternatives)) return alternatives.filter(isJsonMap).find((branch) => isFor(branch, value)) ?? null;
  const condition = schema.if;
  if (schema.$schema !== undefined && isJsonMap(condition)) {
    const chosen = schema[isDraftMap(value) && value.workflow !== undefined ? 'then' : 'else'];
    return isJsonMap(chosen) ? chosen : null;
  }
  return null;
}

function definition(reference: string): JsonMap | null {
  const definitions = languageSchema.$defs;
  const found = isJsonMap(definitions) ? definitions[reference.replace('#/$defs/', '')] : undefined;
  return isJsonMap(found) ? found : null;
}

function isFor(branch: JsonMap, value: Draft | undefined): boolean {
  const reference = branch.$ref;
  const target = typeof reference === 'string' ? (definition(reference) ?? {}) : branch;
  const nested = target.anyOf;
  if (isJsonList(nested)) return nested.filter(isJsonMap).some((inner) => isFor(inner, value));
  const types = target.type;
  return (isJsonList(types) ? types : [types]).some((type) => isOfType(type, value));
}

function isOfType(type: Json | undefined, value: Draft | undefined): boolean {
  switch (type) {
    case 'object':
      return isDraftMap(value);
    case 'array':
      return isDraftList(value);
    case 'null':
      return value === null;
    case 'integer':
      return typeof value === 'number';
    default:
      return typeof value === type;
  }
}

function childValue(value: Draft | undefined, part: string | number): Draft | undefined {
  if (isDraftList(value) && typeof part === 'number') return value[part];
  return isDraftMap(value) ? value[String(part)] : undefined;
}

function childSchema(schema: JsonMap | null, part: string | number): Json | undefined {
  if (!schema) return undefined;
  if (typeof part === 'number') return schema.items;
  const properties = schema.properties;
  if (isJsonMap(properties) && Object.hasOwn(properties, part)) return properties[part];
  return schema.additionalProperties;
}

function takesOf(schema: JsonMap): string {
  const values = schema.enum;
  if (isJsonList(values)) return alternativesOf(values.map((value) => `\`${String(value)}\``));
  const type = schema.type;
  return typeof type === 'string' ? (typeNames.get(type) ?? type) : 'another value';
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['object', 'a map'],
  ['array', 'a list'],
  ['string', 'text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
]);

/** `a`, `a or b`, `a, b or c`. */
export function alternativesOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
