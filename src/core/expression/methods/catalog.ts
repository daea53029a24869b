import type { ExpressionMethod } from './expression-method.ts';
import { listMethods } from './list-methods.ts';
import { textMethods } from './text-methods.ts';

/** Every method of text and lists. `.get` of the state and the property `.length` belong to the grammar. */
export const expressionMethods: readonly ExpressionMethod[] = [...textMethods, ...listMethods];

/** The methods of one name, by the kind of value before the dot. */
export interface NamedMethods {
  readonly text: ExpressionMethod | undefined;
  readonly list: ExpressionMethod | undefined;
}

const byName = new Map(
  expressionMethods.map(({ name }): [string, NamedMethods] => [
    name,
    {
      text: textMethods.find((method) => method.name === name),
      list: listMethods.find((method) => method.name === name),
    },
  ]),
);

export function findMethods(name: string): NamedMethods | undefined {
  return byName.get(name);
}
