import type { Json, JsonList } from '../../model/json.ts';
import { integerArgument, listArgument } from '../functions/arguments.ts';
import { containsFunction } from '../functions/contains.ts';
import { joinFunction } from '../functions/join.ts';
import { isTruthy } from '../values.ts';
import type { ArrowMethod, ExpressionMethod } from './expression-method.ts';

/** Methods of lists. */
export const listMethods: readonly ExpressionMethod[] = [
  {
    kind: 'value',
    on: 'list',
    name: 'includes',
    signature: '.includes(value)',
    description: 'Whether the list contains a value.',
    minArguments: 1,
    maxArguments: 1,
    call: (values, call) => containsFunction.call(values, call),
  },
  {
    kind: 'value',
    on: 'list',
    name: 'join',
    signature: ".join(separator = ',')",
    description: joinFunction.description,
    minArguments: 0,
    maxArguments: 1,
    call: (values, call) => joinFunction.call(values, call),
  },
  {
    kind: 'value',
    on: 'list',
    name: 'at',
    signature: '.at(index)',
    description: 'An item by its index, from the end where it is negative; null where there is none.',
    minArguments: 1,
    maxArguments: 1,
    call: (values, call) => listArgument(values, 0, call).at(integerArgument(values, 1, call)) ?? null,
  },
  arrowMethod('map', 'What the function gives for each item.', (list, each) => list.map(each)),
  arrowMethod('filter', 'The items for which the function is true.', (list, each) =>
    list.filter((item) => isTruthy(each(item))),
  ),
  arrowMethod('some', 'Whether the function is true for at least one item.', (list, each) =>
    list.some((item) => isTruthy(each(item))),
  ),
  arrowMethod('every', 'Whether the function is true for all items.', (list, each) =>
    list.every((item) => isTruthy(each(item))),
  ),
  arrowMethod(
    'find',
    'The first item for which the function is true; null where there is none.',
    (list, each) => list.find((item) => isTruthy(each(item))) ?? null,
  ),
];

function arrowMethod(
  name: string,
  description: string,
  call: (list: JsonList, each: (item: Json) => Json) => Json,
): ArrowMethod {
  return {
    kind: 'arrow',
    on: 'list',
    name,
    signature: `.${name}(x => …)`,
    description,
    minArguments: 1,
    maxArguments: 1,
    call,
  };
}
