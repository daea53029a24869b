import type { Json } from '../../model/json.ts';
import type { Call } from '../call.ts';
import { textArgument, textForm } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const formatFunction: ExpressionFunction = {
  name: 'format',
  signature: "format('{0} {1}', value, ...)",
  description: 'A text with `{0}`, `{1}` … replaced by the values; `{{` and `}}` are braces.',
  minArguments: 1,
  maxArguments: null,
  call(values, call) {
    const pattern = textArgument(values, 0, call);
    call.spendOn(pattern.length);
    let made = '';
    let at = 0;
    for (const found of pattern.matchAll(/\{\{|\}\}|\{([0-9]+)\}|[{}]/g)) {
      made += pattern.slice(at, found.index) + fill(found, values, call);
      call.expectTextFits(made.length);
      at = found.index + found[0].length;
    }
    return call.madeText(made + pattern.slice(at));
  },
};

function fill(found: RegExpExecArray, values: readonly Json[], call: Call): string {
  const [written, index] = found;
  if (written === '{{') return '{';
  if (written === '}}') return '}';
  if (index === undefined) return call.fail('argument', `has a lone \`${written}\` in its text`, 'write it twice');
  const position = Number(index) + 1;
  if (position >= values.length) return call.fail('argument', `has no value for \`${written}\``);
  return textForm(values[position] ?? null, call);
}
