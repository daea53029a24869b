import { textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const upperFunction: ExpressionFunction = {
  name: 'upper',
  signature: 'upper(text)',
  description: 'A text in upper case.',
  minArguments: 1,
  maxArguments: 1,
  call(values, call) {
    return call.madeText(textArgument(values, 0, call).toUpperCase());
  },
};
