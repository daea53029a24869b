import { compilePattern } from '../expression/pattern.ts';
import { suggest } from '../expression/suggest.ts';
import { isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import { quote, typeName } from './describe-value.ts';
import { resolveReference } from './resolve-reference.ts';
import type { SchemaFault } from './schema-fault.ts';
import { type AnySchema, type SchemaNode, schemaNode } from './schema-node.ts';
import type { Path } from './walk.ts';

const maxFaults = 50;
const maxDepth = 64;

/**
 * What is wrong with a schema that a document or a plugin brings: keywords of a wrong kind, patterns that cannot run
 * in linear time, references that lead nowhere or out of the document, and keywords of the standard that the
 * interpreter does not know (they would be ignored in silence). Other unknown keywords mean nothing, as the standard
 * says; one that is a slip of a known one is reported.
 */
export function checkSchema(schema: AnySchema): readonly SchemaFault[] {
  const faults: SchemaFault[] = [];
  checkNode(schemaNode(schema), [], schemaNode(schema), faults);
  return faults.slice(0, maxFaults);
}

function checkNode(value: Json, path: Path, root: SchemaNode, faults: SchemaFault[]): void {
  if (typeof value === 'boolean' || faults.length >= maxFaults) return;
  if (path.length > maxDepth) {
    faults.push({ path, keyword: 'depth', message: `passes ${maxDepth} levels` });
    return;
  }
  if (!isJsonMap(value)) {
    faults.push({ path, keyword: 'schema', message: 'must be a schema: a map, true or false' });
    return;
  }
  for (const keyword of Object.keys(value)) checkKeyword(keyword, value, path, root, faults);
}

function checkKeyword(keyword: string, schema: JsonMap, path: Path, root: SchemaNode, faults: SchemaFault[]): void {
  const at = [...path, keyword];
  const value = schema[keyword] ?? null;
  const rule = rules.get(keyword);
  if (rule === undefined) {
    const fault = unknownKeyword(keyword, at);
    if (fault !== null) faults.push(fault);
    return;
  }
  const message = rule(value, at, root, faults);
  if (message !== null) faults.push({ path: at, keyword, message });
}

function unknownKeyword(keyword: string, path: Path): SchemaFault | null {
  if (unsupported.includes(keyword)) {
    return { path, keyword, message: `the keyword ${keyword} is not supported`, isKey: true };
  }
  const nearest = annotations.includes(keyword) ? null : suggest(keyword, rules.keys());
  if (nearest === null) return null;
  return {
    path,
    keyword,
    message: `unknown keyword ${quote(keyword)}`,
    hint: `did you mean "${nearest}"?`,
    isKey: true,
  };
}

const unsupported = ['$dynamicRef', '$recursiveRef', 'unevaluatedProperties', 'unevaluatedItems', 'additionalItems'];
const annotations = ['$schema', '$id', '$anchor', '$comment', '$dynamicAnchor', '$vocabulary', 'id'];

/** Gives what is wrong with the keyword's value; adds what is wrong inside it. */
type Rule = (value: Json, path: Path, root: SchemaNode, faults: SchemaFault[]) => string | null;

const isCount: Rule = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? null : 'must be a whole number, 0 or more';
const isNumber: Rule = (value) => (typeof value === 'number' ? null : 'must be a number');
const isText: Rule = (value) => (typeof value === 'string' ? null : 'must be text');
const isBoolean: Rule = (value) => (typeof value === 'boolean' ? null : 'must be true or false');
const isAnything: Rule = () => null;
const isSchema: Rule = (value, path, root, faults) => {
  checkNode(value, path, root, faults);
  return null;
};
const isSchemaList: Rule = (value, path, root, faults) => {
  if (!Array.isArray(value) || value.length === 0) return 'must be a list of schemas, 1 or more';
  for (const [index, member] of value.entries()) checkNode(member, [...path, index], root, faults);
  return null;
};
const isSchemaMap: Rule = (value, path, root, faults) => {
  if (!isJsonMap(value)) return 'must be a map of schemas by name';
  for (const name of Object.keys(value)) checkNode(value[name] ?? null, [...path, name], root, faults);
  return null;
};
const isPattern: Rule = (value) => {
  if (typeof value !== 'string') return 'must be text';
  const pattern = compilePattern(value);
  return pattern.ok ? null : `is not a pattern that runs in linear time: ${pattern.error}`;
};
const isPatternMap: Rule = (value, path, root, faults) => {
  for (const source of isJsonMap(value) ? Object.keys(value) : []) {
    const message = isPattern(source, path, root, faults);
    if (message !== null) faults.push({ path: [...path, source], keyword: 'patternProperties', message, isKey: true });
  }
  return isSchemaMap(value, path, root, faults);
};
const isTextList: Rule = (value) =>
  Array.isArray(value) && value.every((member: Json) => typeof member === 'string') ? null : 'must be a list of texts';
const isTextLists: Rule = (value, path, root, faults) =>
  isJsonMap(value) && Object.values(value).every((list) => isTextList(list, path, root, faults) === null)
    ? null
    : 'must be a map of lists of texts';
const isOptionList: Rule = (value) =>
  Array.isArray(value) && value.length > 0 ? null : 'must be a list of values, 1 or more';
const isReference: Rule = (value, _path, root) => {
  if (typeof value !== 'string') return 'must be text';
  if (!value.startsWith('#')) return 'must point into the same schema (#/$defs/…): no schema is fetched';
  return resolveReference(root, value) === null ? `points at nothing: ${value}` : null;
};
const types = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'];
const isType: Rule = (value) => {
  const names: readonly Json[] = Array.isArray(value) ? value : [value];
  const wrong = names.find((name) => typeof name !== 'string' || !types.includes(name));
  if (wrong === undefined && names.length > 0) return null;
  const nearest = typeof wrong === 'string' ? suggest(wrong, types) : null;
  const known = `one of ${types.join(', ')}`;
  return nearest === null ? `must be ${known}` : `must be ${known}: did you mean ${nearest} (${typeName(nearest)})?`;
};

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['type', isType],
  ['enum', isOptionList],
  ['const', isAnything],
  ['title', isText],
  ['description', isText],
  ['default', isAnything],
  ['examples', isAnything],
  ['deprecated', isBoolean],
  ['readOnly', isBoolean],
  ['writeOnly', isBoolean],
  ['contentEncoding', isText],
  ['contentMediaType', isText],
  ['$ref', isReference],
  ['$defs', isSchemaMap],
  ['definitions', isSchemaMap],
  ['properties', isSchemaMap],
  ['patternProperties', isPatternMap],
  ['additionalProperties', isSchema],
  ['propertyNames', isSchema],
  ['required', isTextList],
  ['minProperties', isCount],
  ['maxProperties', isCount],
  ['dependentRequired', isTextLists],
  ['dependentSchemas', isSchemaMap],
  ['items', isSchema],
  ['prefixItems', isSchemaList],
  ['contains', isSchema],
  ['minContains', isCount],
  ['maxContains', isCount],
  ['minItems', isCount],
  ['maxItems', isCount],
  ['uniqueItems', isBoolean],
  ['minLength', isCount],
  ['maxLength', isCount],
  ['pattern', isPattern],
  ['format', isText],
  ['minimum', isNumber],
  ['maximum', isNumber],
  ['exclusiveMinimum', isNumber],
  ['exclusiveMaximum', isNumber],
  ['multipleOf', (value) => (typeof value === 'number' && value > 0 ? null : 'must be a number greater than 0')],
  ['allOf', isSchemaList],
  ['anyOf', isSchemaList],
  ['oneOf', isSchemaList],
  ['not', isSchema],
  ['if', isSchema],
  ['then', isSchema],
  ['else', isSchema],
  [
    'template',
    (value, path, root, faults) =>
      typeof value === 'boolean' || isTextList(value, path, root, faults) === null
        ? null
        : 'must be true, false or a list of names',
  ],
  ['secret', isBoolean],
  ['parameter', isText],
  ['parameterLabel', isBoolean],
  ['script', isBoolean],
  ['path', isBoolean],
]);
