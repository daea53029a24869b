import { characterCount, isList, isMap } from '../values.ts';
import { failKind } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';
import { keysOf } from './keys-of.ts';

export const lengthFunction: ExpressionFunction = {
  name: 'length',
  signature: 'length(value)',
  description: 'The number of characters of a text, items of a list or keys of a map.',
  minArguments: 1,
  maxArguments: 1,
  call(values, call) {
    const [value = null] = values;
    if (isList(value)) return value.length;
    if (isMap(value)) return keysOf(value, call).length;
    if (typeof value !== 'string') return failKind(value, { index: 0, call, wanted: 'text, a list or a map' });
    call.spendOn(value.length);
    return characterCount(value);
  },
};
