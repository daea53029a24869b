import { textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const trimFunction: ExpressionFunction = {
  name: 'trim',
  signature: 'trim(text)',
  description: 'A text without white space at its ends.',
  minArguments: 1,
  maxArguments: 1,
  call(values, call) {
    const text = textArgument(values, 0, call);
    call.spendOn(text.length);
    return text.trim();
  },
};
