import { textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const lowerFunction: ExpressionFunction = {
  name: 'lower',
  signature: 'lower(text)',
  description: 'A text in lower case.',
  minArguments: 1,
  maxArguments: 1,
  call(values, call) {
    return call.madeText(textArgument(values, 0, call).toLowerCase());
  },
};
