import { suggest } from '../expression/suggest.ts';
import { isJsonMap, type Json } from '../model/json.ts';
import { orList, typeName, writeValue } from './describe-value.ts';
import { sameValue } from './same-value.ts';
import { own, textsAt } from './schema-node.ts';
import type { Keywords } from './walk.ts';

/** `type`. */
export const checkType: Keywords = (schema, value, path, walk) => {
  const types = typesOf(own(schema, 'type'), textsAt(schema, 'type'));
  if (types.length === 0 || types.some((type) => hasType(value, type))) return [];
  const message = `must be ${orList(types.map(typeName))}, not ${walk.describe(value)}`;
  const hint = typeHint(types, value);
  return [{ path, keyword: 'type', message, ...(hint === null ? {} : { hint }) }];
};

function typesOf(written: Json | undefined, list: readonly string[]): readonly string[] {
  return typeof written === 'string' ? [written] : list;
}

export function hasType(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isJsonMap(value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function typeHint(types: readonly string[], value: Json): string | null {
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) return 'quote it';
  if (typeof value !== 'string') {
    return types.includes('array') && !isJsonMap(value) && value !== null ? 'write it as a list: [ … ]' : null;
  }
  if (types.includes('array') && !types.includes('object')) return 'write it as a list: [ … ]';
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return 'write it without quotes';
  const isNumeric = types.includes('number') || types.includes('integer');
  return isNumeric && /^-?\d+(?:\.\d+)?$/.test(value) ? 'write it without quotes' : null;
}

/** `enum` and `const`. */
export const checkChoice: Keywords = (schema, value, path, walk) => {
  const options = own(schema, 'enum');
  if (Array.isArray(options) && !walk.isOpen(value) && !options.some((option: Json) => sameValue(option, value))) {
    const hint = nearestOption(options, value);
    const message = `must be ${orList(options.map(writeValue))}, not ${walk.describe(value)}`;
    return [{ path, keyword: 'enum', message, ...(hint === null ? {} : { hint }) }];
  }
  const constant = own(schema, 'const');
  if (constant !== undefined && !walk.isOpen(value) && !sameValue(constant, value)) {
    return [{ path, keyword: 'const', message: `must be ${writeValue(constant)}, not ${walk.describe(value)}` }];
  }
  return [];
};

function nearestOption(options: readonly Json[], value: Json): string | null {
  if (typeof value !== 'string') {
    return options.some((option) => option === String(value)) ? 'quote it' : null;
  }
  const nearest = suggest(
    value,
    options.filter((option) => typeof option === 'string'),
  );
  return nearest === null ? null : `did you mean "${nearest}"?`;
}
