import { integerArgument, numberArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const roundFunction: ExpressionFunction = {
  name: 'round',
  signature: 'round(number, digits = 0)',
  description: 'A number rounded to that many decimals (0 to 15); halves go away from zero.',
  minArguments: 1,
  maxArguments: 2,
  call(values, call) {
    const number = numberArgument(values, 0, call);
    const digits = values.length > 1 ? integerArgument(values, 1, call) : 0;
    if (digits < 0 || digits > 15) call.fail('argument', 'takes 0 to 15 digits');
    const rounded = movePoint(Math.round(movePoint(Math.abs(number), digits)), -digits);
    if (!Number.isFinite(rounded)) return number;
    return number < 0 ? 0 - rounded : rounded;
  },
};

/**
 * Moves the decimal point in the number's shortest text. Multiplying would bring in the binary error of the factor:
 * 1.005 times 100 is 100.49999999999999.
 */
function movePoint(number: number, places: number): number {
  const [digits = '0', exponent = '0'] = String(number).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}
