import type { Json } from '../model/json.ts';
import { valueKey } from './same-value.ts';
import { count } from './scalar-keywords.ts';
import type { SchemaFault } from './schema-fault.ts';
import { asSchemaNode, numberAt, own, schemaListAt } from './schema-node.ts';
import type { Keywords, Path, Walk } from './walk.ts';

/** `prefixItems`, `items`, `minItems`, `maxItems`, `uniqueItems`, `contains`, `minContains`, `maxContains`. */
export const checkList: Keywords = (schema, value, path, walk) => {
  if (!Array.isArray(value)) return [];
  const list: readonly Json[] = value;
  const faults: SchemaFault[] = [];

  const shortest = numberAt(schema, 'minItems');
  const longest = numberAt(schema, 'maxItems');
  if (shortest !== null && list.length < shortest) {
    faults.push({
      path,
      keyword: 'minItems',
      message: `must have at least ${count(shortest, 'item')}, not ${list.length}`,
    });
  }
  if (longest !== null && list.length > longest) {
    faults.push({
      path,
      keyword: 'maxItems',
      message: `must have at most ${count(longest, 'item')}, not ${list.length}`,
    });
  }
  if (own(schema, 'uniqueItems') === true) faults.push(...doubles(list, path, walk));

  const prefix = schemaListAt(schema, 'prefixItems') ?? [];
  const rest = asSchemaNode(own(schema, 'items'));
  for (const [index, item] of list.entries()) {
    const member = prefix[index] ?? rest;
    if (member !== null) faults.push(...walk.check(member, item, [...path, index]));
  }
  const wanted = asSchemaNode(own(schema, 'contains'));
  if (wanted !== null && !walk.isOpen(list)) {
    const least = numberAt(schema, 'minContains') ?? 1;
    const most = numberAt(schema, 'maxContains');
    const found = list.filter((item) => walk.check(wanted, item, path).length === 0).length;
    if (found < least) {
      faults.push({
        path,
        keyword: 'contains',
        message: `must have at least ${count(least, 'item')} of the wanted form, not ${found}`,
      });
    }
    if (most !== null && found > most) {
      faults.push({
        path,
        keyword: 'maxContains',
        message: `must have at most ${count(most, 'item')} of the wanted form, not ${found}`,
      });
    }
  }
  return faults;
};

function doubles(list: readonly Json[], path: Path, walk: Walk): readonly SchemaFault[] {
  const seen = new Map<string, number>();
  const faults: SchemaFault[] = [];
  for (const [index, item] of list.entries()) {
    if (walk.isOpen(item)) continue;
    const key = valueKey(item);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else
      faults.push({
        path: [...path, index],
        keyword: 'uniqueItems',
        message: `stands in the list already, as item ${first + 1}`,
      });
  }
  return faults;
}
