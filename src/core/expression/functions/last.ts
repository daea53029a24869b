import { listArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const lastFunction: ExpressionFunction = {
  name: 'last',
  signature: 'last(list)',
  description: 'The last item of a list; null where it is empty.',
  minArguments: 1,
  maxArguments: 1,
  call(values, call) {
    return listArgument(values, 0, call).at(-1) ?? null;
  },
};
