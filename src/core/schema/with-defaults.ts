import { emptyMap, isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import { resolveReference } from './resolve-reference.ts';
import {
  type AnySchema,
  asSchemaNode,
  own,
  type SchemaNode,
  schemaListAt,
  schemaNode,
  schemasAt,
  textAt,
} from './schema-node.ts';

const maxDepth = 64;
/** Pairs of schema and value that are looked at: beyond, what is left stays as it is. */
const maxVisits = 200_000;

interface Fill {
  readonly root: SchemaNode;
  visits: number;
}

/**
 * The value with the schema's defaults where keys are absent, in nested maps and in the items of lists too. A value
 * that is there is never replaced, null neither. Forms that only may apply (`anyOf`, `if` …) give no defaults.
 * The same value comes back where nothing was added.
 */
export function withDefaults(schema: AnySchema, value: Json): Json {
  return fill(schemaNode(schema), value, { root: schemaNode(schema), visits: 0 }, 0);
}

function fill(schema: SchemaNode | null, value: Json, context: Fill, depth: number): Json {
  if (schema === null || typeof schema === 'boolean' || depth > maxDepth || ++context.visits > maxVisits) return value;
  const reference = textAt(schema, '$ref');
  let filled = reference === null ? value : fill(resolveReference(context.root, reference), value, context, depth + 1);
  for (const member of schemaListAt(schema, 'allOf') ?? []) filled = fill(member, filled, context, depth + 1);
  if (isJsonMap(filled)) return fillMap(schema, filled, context, depth);
  return Array.isArray(filled) ? fillList(schema, filled, context, depth) : filled;
}

function fillMap(schema: JsonMap, value: JsonMap, context: Fill, depth: number): JsonMap {
  const filled = emptyMap<Json>();
  let isChanged = false;
  for (const key of Object.keys(value)) filled[key] = value[key] ?? null;
  for (const [name, member] of schemasAt(schema, 'properties')) {
    const given = Object.hasOwn(value, name) ? value[name] : defaultOf(member, context, depth);
    if (given === undefined) continue;
    const next = fill(member, given, context, depth + 1);
    isChanged ||= next !== value[name];
    filled[name] = next;
  }
  return isChanged ? filled : value;
}

function defaultOf(schema: SchemaNode, context: Fill, depth: number): Json | undefined {
  if (typeof schema === 'boolean' || depth > maxDepth) return undefined;
  const written = own(schema, 'default');
  if (written !== undefined) return written;
  const reference = textAt(schema, '$ref');
  const target = reference === null ? null : resolveReference(context.root, reference);
  return target === null ? undefined : defaultOf(target, context, depth + 1);
}

function fillList(schema: JsonMap, value: readonly Json[], context: Fill, depth: number): Json {
  const prefix = schemaListAt(schema, 'prefixItems') ?? [];
  const rest = asSchemaNode(own(schema, 'items'));
  const filled = value.map((item, index) => fill(prefix[index] ?? rest, item, context, depth + 1));
  return filled.some((item, index) => item !== value[index]) ? filled : value;
}
