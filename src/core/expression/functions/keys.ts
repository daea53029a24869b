import { mapArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';
import { keysOf } from './keys-of.ts';

export const keysFunction: ExpressionFunction = {
  name: 'keys',
  signature: 'keys(map)',
  description: 'The keys of a map, in its order.',
  minArguments: 1,
  maxArguments: 1,
  call(values, call) {
    return keysOf(mapArgument(values, 0, call), call);
  },
};
