import { containsFunction } from '../functions/contains.ts';
import { endsWithFunction } from '../functions/ends-with.ts';
import type { ExpressionFunction } from '../functions/expression-function.ts';
import { lowerFunction } from '../functions/lower.ts';
import { replaceFunction } from '../functions/replace.ts';
import { splitFunction } from '../functions/split.ts';
import { startsWithFunction } from '../functions/starts-with.ts';
import { trimFunction } from '../functions/trim.ts';
import { upperFunction } from '../functions/upper.ts';
import type { ValueMethod } from './expression-method.ts';

/** Methods of text. Each is a function of the language with its first argument before the dot. */
export const textMethods: readonly ValueMethod[] = [
  method('includes', '(text)', containsFunction),
  method('startsWith', '(start)', startsWithFunction),
  method('endsWith', '(end)', endsWithFunction),
  method('toLowerCase', '()', lowerFunction),
  method('toUpperCase', '()', upperFunction),
  method('trim', '()', trimFunction),
  method('split', '(separator)', splitFunction),
  method('replace', '(search, replacement)', replaceFunction),
];

function method(name: string, parameters: string, same: ExpressionFunction): ValueMethod {
  return {
    kind: 'value',
    on: 'text',
    name,
    signature: `.${name}${parameters}`,
    description: same.description,
    minArguments: same.minArguments - 1,
    maxArguments: same.minArguments - 1,
    call: (values, call) => same.call(values, call),
  };
}
