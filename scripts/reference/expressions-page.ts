import { expressionFunctions } from '../../src/core/expression/functions/catalog.ts';
import { knownRoots } from '../../src/core/expression/known-roots.ts';
import { limits } from '../../src/core/expression/limits.ts';
import { expressionMethods } from '../../src/core/expression/methods/catalog.ts';
import { code, page, table } from './markdown.ts';

/** Functions and methods, from the records that the static checks and the evaluation read too. */
export function expressionsPage(): string {
  return page('Expressions: roots, functions, methods', 'the catalogs of src/core/expression', [
    'How expressions are written and where they may stand: [the guide](../guide/expressions.md).',
    '## Roots',
    `Expressions begin with one of: ${knownRoots.map(code).join(', ')}.`,
    '## Functions',
    table(
      ['function', 'gives', 'where'],
      expressionFunctions.map(({ signature, description, status }) => [
        code(signature),
        description,
        status ? '`finally` only' : 'everywhere',
      ]),
    ),
    ...methodsOf('text', 'Methods of text'),
    ...methodsOf('list', 'Methods of lists'),
    '`.length` is a property of text and lists. `state` has `.get(key)`.',
    '## Bounds',
    table(
      ['what', 'limit'],
      [
        ['characters of one expression', number(limits.length)],
        ['brackets, calls, signs and branches inside one another', number(limits.nesting)],
        ['evaluation steps', number(limits.steps)],
        ['bytes of a result, and of every text on the way to it', number(limits.resultBytes)],
        ['lists and maps inside one another in a value', number(limits.valueDepth)],
      ],
    ),
  ]);
}

function methodsOf(kind: 'text' | 'list', heading: string): readonly string[] {
  const rows = expressionMethods
    .filter((method) => method.on === kind)
    .map(({ signature, description }) => [code(signature), description]);
  return [`## ${heading}`, table(['method', 'gives'], rows)];
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
