import { isJsonMap } from '../../model/json.ts';
import type { JsonSchema } from '../../model/schema.ts';
import type { OutputShape, ParameterDeclaration } from '../../model/workflow.ts';

export type Key = string | number | null;

/** Where a path leads into a value whose declared type has no such member. */
export interface TypeFault {
  /** How many keys of the path fit. */
  readonly depth: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** The declared shape of a handler's output, as far as its schema tells. */
export function shapeOfSchema(schema: JsonSchema): OutputShape {
  const type = Array.isArray(schema.type) ? 'any' : schema.type;
  const known = type === 'string' || type === 'number' || type === 'integer' || type === 'boolean';
  if (known) return { type };
  if (type === 'array') {
    return isJsonMap(schema.items) ? { type, items: shapeOfSchema(schema.items) } : { type };
  }
  if (type !== 'object') return { type: 'any' };
  // A schema's map may hold keys beside its properties, so nothing is said about an unknown one.
  return { type };
}

export function shapeOfParameter({ type }: ParameterDeclaration): OutputShape {
  return { type };
}

/** Follows a path through a declared value; `null` where nothing is known to be wrong. */
export function checkMember(shape: OutputShape, path: readonly Key[], name: string): TypeFault | null {
  let at: OutputShape = shape;
  for (const [depth, key] of path.entries()) {
    const fault = memberFault(at, key, [name, ...path.slice(0, depth)].join('.'));
    if (fault !== null) return { depth, ...fault };
    const next: OutputShape | undefined = memberOf(at, key);
    if (next === undefined) return null;
    at = next;
  }
  return null;
}

function memberOf({ properties, items }: OutputShape, key: Key): OutputShape | undefined {
  if (typeof key === 'string' && properties && Object.hasOwn(properties, key)) return properties[key];
  return key === 'length' ? undefined : items;
}

function memberFault({ type, properties }: OutputShape, key: Key, name: string): Omit<TypeFault, 'depth'> | null {
  if (key === null || type === 'any') return null;
  const word = `\`${name}\` is declared as ${withArticle(type)}`;
  switch (type) {
    case 'object':
      if (properties === undefined || Object.hasOwn(properties, String(key))) return null;
      return { message: `${word}, and \`${key}\` is not among its properties`, severity: 'warning' };
    case 'array':
      if (typeof key === 'number' || key === 'length') return null;
      return { message: `${word}: it has no \`${key}\``, severity: 'error' };
    case 'number':
    case 'integer':
    case 'boolean':
      return { message: `${word}: it has no \`${key}\``, severity: 'error' };
    default:
      return key === 'length' ? null : { message: `${word}: it has no \`${key}\``, severity: 'error' };
  }
}

function withArticle(type: string): string {
  if (type === 'string' || type === 'textarea') return 'text';
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}
