import type { ExpressionFunction } from './expression-function.ts';
import { numbersOf } from './numbers-of.ts';

export const maxFunction: ExpressionFunction = {
  name: 'max',
  signature: 'max(number, ...)',
  description: 'The largest of numbers, or of a list of numbers; null where the list is empty.',
  minArguments: 1,
  maxArguments: null,
  call(values, call) {
    return numbersOf(values, call).reduce<number | null>((most, each) => Math.max(most ?? each, each), null);
  },
};
