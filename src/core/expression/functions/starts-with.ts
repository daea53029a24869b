import { textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const startsWithFunction: ExpressionFunction = {
  name: 'startsWith',
  signature: 'startsWith(text, start)',
  description: 'Whether a text begins with another.',
  minArguments: 2,
  maxArguments: 2,
  call(values, call) {
    const text = textArgument(values, 0, call);
    const part = textArgument(values, 1, call);
    call.spendOn(part.length);
    return text.startsWith(part);
  },
};
