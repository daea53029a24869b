import type { ExpressionFunction } from './expression-function.ts';

export const defaultFunction: ExpressionFunction = {
  name: 'default',
  signature: 'default(value, otherwise)',
  description: 'A value, or another where it is null.',
  minArguments: 2,
  maxArguments: 2,
  call(values) {
    return values[0] ?? values[1] ?? null;
  },
};
