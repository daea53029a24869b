import type { Json } from '../../model/json.ts';
import type { Call } from '../call.ts';
import { isList, nameOfKind } from '../values.ts';
import { numberArgument } from './arguments.ts';

/** The arguments as numbers; a single list stands for its items. */
export function numbersOf(values: readonly Json[], call: Call): readonly number[] {
  const [only] = values;
  if (values.length !== 1 || only === undefined || !isList(only)) {
    return values.map((_, index) => numberArgument(values, index, call));
  }
  call.spendOn(only.length * 4);
  return only.map((item) => {
    if (typeof item === 'number') return item;
    return call.fail(
      item === null ? 'null' : 'kind',
      `takes a list of numbers, not one with ${nameOfKind(item)} in it`,
    );
  });
}
