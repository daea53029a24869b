import { textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const splitFunction: ExpressionFunction = {
  name: 'split',
  signature: 'split(text, separator)',
  description: 'The parts of a text between separators; with an empty separator its characters.',
  minArguments: 2,
  maxArguments: 2,
  call(values, call) {
    const text = textArgument(values, 0, call);
    const separator = textArgument(values, 1, call);
    // Making a list costs more than reading a text: every character may become an item.
    call.spendOn(text.length * 4);
    return separator === '' ? Array.from(text) : text.split(separator);
  },
};
