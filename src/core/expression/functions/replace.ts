import { textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const replaceFunction: ExpressionFunction = {
  name: 'replace',
  signature: 'replace(text, search, replacement)',
  description: 'A text with every occurrence of another replaced.',
  minArguments: 3,
  maxArguments: 3,
  call(values, call) {
    const text = textArgument(values, 0, call);
    const search = textArgument(values, 1, call);
    const replacement = textArgument(values, 2, call);
    if (search === '') call.fail('argument', 'cannot look for empty text');
    call.spendOn(text.length);
    const parts = text.split(search);
    call.expectTextFits(text.length + (parts.length - 1) * (replacement.length - search.length));
    return call.madeText(parts.join(replacement));
  },
};
