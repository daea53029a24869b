import { isList } from '../values.ts';
import { failKind, textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const containsFunction: ExpressionFunction = {
  name: 'contains',
  signature: 'contains(textOrList, value)',
  description: 'Whether a text contains a text, or a list a value.',
  minArguments: 2,
  maxArguments: 2,
  call(values, call) {
    const [container = null, wanted = null] = values;
    if (isList(container)) {
      call.spendOn(container.length);
      return container.some((item) => call.areEqual(item, wanted));
    }
    if (typeof container !== 'string') return failKind(container, { index: 0, call, wanted: 'text or a list' });
    call.spendOn(container.length);
    return container.includes(textArgument(values, 1, call));
  },
};
