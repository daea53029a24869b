import { mapArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';
import { keysOf } from './keys-of.ts';

export const valuesFunction: ExpressionFunction = {
  name: 'values',
  signature: 'values(map)',
  description: 'The values of a map, in its order.',
  minArguments: 1,
  maxArguments: 1,
  call(values, call) {
    const map = mapArgument(values, 0, call);
    return keysOf(map, call).map((key) => map[key] ?? null);
  },
};
