import { integerArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const toJsonFunction: ExpressionFunction = {
  name: 'toJSON',
  signature: 'toJSON(value, indent = 0)',
  description: 'A value as JSON; with an indent (0 to 10 spaces) on several lines.',
  minArguments: 1,
  maxArguments: 2,
  call(values, call) {
    const indent = values.length > 1 ? integerArgument(values, 1, call) : 0;
    if (indent < 0 || indent > 10) call.fail('argument', 'takes an indent of 0 to 10');
    return call.jsonText(values[0] ?? null, indent);
  },
};
