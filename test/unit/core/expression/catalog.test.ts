import { expect, test } from 'vitest';
import { expressionFunctions } from '../../../../src/core/expression/functions/catalog.ts';
import { arrowMethods } from '../../../../src/core/expression/methods/arrow-methods.ts';
import { expressionMethods } from '../../../../src/core/expression/methods/catalog.ts';

test('the functions are those of the language, and each is described', () => {
  expect(expressionFunctions.map(({ name }) => name).join(' ')).toBe(
    'contains startsWith endsWith format join split replace trim lower upper length keys values first last min max ' +
      'round toJSON fromJSON hashFiles coalesce matches default now semver success failure cancelled always',
  );
  for (const { name, signature, description } of expressionFunctions) {
    expect(signature.startsWith(`${name}(`)).toBe(true);
    expect(description).toMatch(/^[A-Z].*\.$/);
  }
});

test('the methods are those of the language', () => {
  const names = (on: string) => expressionMethods.filter((method) => method.on === on).map(({ name }) => name);
  expect(names('text').join(' ')).toBe('includes startsWith endsWith toLowerCase toUpperCase trim split replace');
  expect(names('list').join(' ')).toBe('includes join at map filter some every find');
});

test('the parser and the methods agree on which of them take an arrow function', () => {
  const arrows = expressionMethods.filter((method) => method.kind === 'arrow').map(({ name }) => name);
  expect(new Set(arrows)).toEqual(arrowMethods);
});
