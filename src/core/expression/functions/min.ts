import type { ExpressionFunction } from './expression-function.ts';
import { numbersOf } from './numbers-of.ts';

export const minFunction: ExpressionFunction = {
  name: 'min',
  signature: 'min(number, ...)',
  description: 'The smallest of numbers, or of a list of numbers; null where the list is empty.',
  minArguments: 1,
  maxArguments: null,
  call(values, call) {
    return numbersOf(values, call).reduce<number | null>((least, each) => Math.min(least ?? each, each), null);
  },
};
