import type { ExpressionFunction } from './expression-function.ts';

export const coalesceFunction: ExpressionFunction = {
  name: 'coalesce',
  signature: 'coalesce(value, ...)',
  description: 'The first of the values that is not null.',
  minArguments: 1,
  maxArguments: null,
  call(values) {
    return values.find((value) => value !== null) ?? null;
  },
};
