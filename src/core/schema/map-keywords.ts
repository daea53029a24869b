import { suggest } from '../expression/suggest.ts';
import { isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import { orList, quote } from './describe-value.ts';
import { count } from './scalar-keywords.ts';
import type { SchemaFault } from './schema-fault.ts';
import { asSchemaNode, numberAt, own, type SchemaNode, schemasAt, textsAt } from './schema-node.ts';
import type { Keywords, Path, Walk } from './walk.ts';

/**
 * `properties`, `patternProperties`, `additionalProperties`, `propertyNames`, `required`, `minProperties`,
 * `maxProperties`, `dependentRequired`, `dependentSchemas`.
 */
export const checkMap: Keywords = (schema, value, path, walk) => {
  if (!isJsonMap(value)) return [];
  return [
    ...checkPresence(schema, value, path, walk),
    ...checkMembers(schema, value, path, walk),
    ...checkDependents(schema, value, path, walk),
  ];
};

function checkPresence(schema: JsonMap, value: JsonMap, path: Path, walk: Walk): readonly SchemaFault[] {
  const faults: SchemaFault[] = textsAt(schema, 'required')
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({ path, keyword: 'required', message: `lacks the key ${quote(name)}` }));

  const keys = Object.keys(value);
  // A key whose value is not known yet may still turn out to be unset.
  const isCounted = !keys.some((key) => walk.isOpen(value[key] ?? null));
  const fewest = numberAt(schema, 'minProperties');
  const most = numberAt(schema, 'maxProperties');
  if (fewest !== null && keys.length < fewest) {
    faults.push({
      path,
      keyword: 'minProperties',
      message: `must have at least ${count(fewest, 'key')}, not ${keys.length}`,
    });
  }
  if (most !== null && isCounted && keys.length > most) {
    faults.push({
      path,
      keyword: 'maxProperties',
      message: `must have at most ${count(most, 'key')}, not ${keys.length}`,
    });
  }
  return faults;
}

function checkMembers(schema: JsonMap, value: JsonMap, path: Path, walk: Walk): readonly SchemaFault[] {
  const properties = schemasAt(schema, 'properties');
  const patterns = [...schemasAt(schema, 'patternProperties')];
  const additional = asSchemaNode(own(schema, 'additionalProperties'));
  const names = asSchemaNode(own(schema, 'propertyNames'));
  const faults: SchemaFault[] = [];

  for (const key of Object.keys(value)) {
    const at = [...path, key];
    const member = value[key] ?? null;
    if (names !== null) faults.push(...asKeyFaults(walk.check(names, key, at)));
    const schemas = patterns.filter(([pattern]) => walk.matches(pattern, key) === true).map(([, node]) => node);
    const named = properties.get(key);
    if (named !== undefined) schemas.push(named);
    if (schemas.length > 0) faults.push(...schemas.flatMap((node) => walk.check(node, member, at)));
    else if (additional === false) faults.push(unknownKey(key, at, properties));
    else if (additional !== null) faults.push(...walk.check(additional, member, at));
  }
  return faults;
}

function asKeyFaults(faults: readonly SchemaFault[]): readonly SchemaFault[] {
  return faults.map((fault) => ({
    ...fault,
    keyword: 'propertyNames',
    message: `as a key ${fault.message}`,
    isKey: true,
  }));
}

function unknownKey(key: string, path: Path, properties: ReadonlyMap<string, SchemaNode>): SchemaFault {
  const known = [...properties.keys()];
  const nearest = suggest(key, known);
  const hint =
    nearest === null
      ? known.length === 0
        ? 'no keys are known here'
        : `known keys: ${known.join(', ')}`
      : `did you mean "${nearest}"?`;
  return { path, keyword: 'additionalProperties', message: `unknown key ${quote(key)}`, hint, isKey: true };
}

function checkDependents(schema: JsonMap, value: JsonMap, path: Path, walk: Walk): readonly SchemaFault[] {
  const faults: SchemaFault[] = [];
  for (const [key, node] of schemasAt(schema, 'dependentSchemas')) {
    if (isSettled(value, key, walk)) faults.push(...walk.check(node, value, path));
  }
  const dependents = own(schema, 'dependentRequired');
  if (!isJsonMap(dependents)) return faults;
  for (const key of Object.keys(dependents)) {
    if (!isSettled(value, key, walk)) continue;
    const missing = textsAt(dependents, key).filter((name) => !Object.hasOwn(value, name));
    if (missing.length === 0) continue;
    const message = `lacks ${orList(missing.map(quote))}, which ${quote(key)} needs`;
    faults.push({ path, keyword: 'dependentRequired', message });
  }
  return faults;
}

function isSettled(value: JsonMap, key: string, walk: Walk): boolean {
  const member: Json | undefined = own(value, key);
  return member !== undefined && !walk.isOpen(member);
}
