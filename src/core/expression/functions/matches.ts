import { compilePattern, type Pattern } from '../pattern.ts';
import { textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const matchesFunction: ExpressionFunction = {
  name: 'matches',
  signature: 'matches(text, pattern)',
  description: 'Whether a pattern (RE2 syntax, linear time) is found in a text.',
  minArguments: 2,
  maxArguments: 2,
  call(values, call) {
    const text = textArgument(values, 0, call);
    const pattern = compilePattern(textArgument(values, 1, call));
    if (!pattern.ok) return call.fail('argument', `cannot use its pattern: ${pattern.error}`);
    call.spendOn(costOf(text, pattern.value));
    return pattern.value.test(text);
  },
};

/** Compiling costs in proportion to the program, matching to the program times the text. */
function costOf(text: string, { size }: Pattern): number {
  return size * 32 + Math.ceil((text.length * size) / 8);
}
