import { listArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const firstFunction: ExpressionFunction = {
  name: 'first',
  signature: 'first(list)',
  description: 'The first item of a list; null where it is empty.',
  minArguments: 1,
  maxArguments: 1,
  call(values, call) {
    return listArgument(values, 0, call)[0] ?? null;
  },
};
