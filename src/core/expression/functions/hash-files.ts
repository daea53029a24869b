import { textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

const filesCost = 25_600;

export const hashFilesFunction: ExpressionFunction = {
  name: 'hashFiles',
  signature: 'hashFiles(pattern, ...)',
  description: 'A hash over the files that match; empty text where none does.',
  minArguments: 1,
  maxArguments: null,
  call(values, call) {
    const patterns = values.map((_, index) => textArgument(values, index, call));
    // Reading files is far dearer than any step: a loop may not do it without end.
    call.spendOn(filesCost);
    const hash = call.scope.hashFiles(patterns);
    return hash.ok ? hash.value : call.fail('argument', `failed: ${hash.error}`);
  },
};
