import type { ExpressionFunction } from './expression-function.ts';

export const nowFunction: ExpressionFunction = {
  name: 'now',
  signature: 'now()',
  description: 'The time in UTC as ISO 8601 text.',
  minArguments: 0,
  maxArguments: 0,
  call(_values, call) {
    return call.scope.now();
  },
};
