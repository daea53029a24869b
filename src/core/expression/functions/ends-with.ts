import { textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const endsWithFunction: ExpressionFunction = {
  name: 'endsWith',
  signature: 'endsWith(text, end)',
  description: 'Whether a text ends with another.',
  minArguments: 2,
  maxArguments: 2,
  call(values, call) {
    const text = textArgument(values, 0, call);
    const part = textArgument(values, 1, call);
    call.spendOn(part.length);
    return text.endsWith(part);
  },
};
