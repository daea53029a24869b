import type { Json } from '../../model/json.ts';
import type { Call } from '../call.ts';
import { limits } from '../limits.ts';
import { isList, isMap } from '../values.ts';
import { textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const fromJsonFunction: ExpressionFunction = {
  name: 'fromJSON',
  signature: 'fromJSON(text)',
  description: 'The value that a JSON text stands for.',
  minArguments: 1,
  maxArguments: 1,
  call(values, call) {
    const text = textArgument(values, 0, call);
    call.spendOn(text.length);
    const value = parse(text, call);
    checkParsed(value, 0, call);
    return value;
  },
};

/** The host's own message is not passed on: it quotes a piece of the text, which masking would no longer know. */
function parse(text: string, call: Call): Json {
  try {
    return JSON.parse(text);
  } catch {
    return call.fail('argument', text.trim() === '' ? 'was given empty text' : 'was given text that is not JSON');
  }
}

/** JSON can say more than the language has: depth without end, and numbers that are not finite. */
function checkParsed(value: Json, depth: number, call: Call): void {
  if (depth > limits.valueDepth) call.fail('limit', `was given JSON nested deeper than ${limits.valueDepth} levels`);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    call.fail('arithmetic', 'was given a number that is too large');
  }
  if (isList(value)) for (const item of value) checkParsed(item, depth + 1, call);
  else if (isMap(value)) for (const key of Object.keys(value)) checkParsed(value[key] ?? null, depth + 1, call);
}
