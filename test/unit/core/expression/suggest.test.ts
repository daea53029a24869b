import { expect, test } from 'vitest';
import { suggest } from '../../../../src/core/expression/suggest.ts';

test.each([
  ['confg', ['config', 'context'], 'config'],
  ['contxet', ['config', 'context'], 'context'],
  ['max-attempts', ['max_attempts', 'delay'], 'max_attempts'],
  ['maxAttempts', ['max_attempts'], 'max_attempts'],
  ['STEPS', ['steps'], 'steps'],
  ['dependancies', ['dependencies', 'description'], 'dependencies'],
  ['id', ['if', 'env'], 'if'],
])('%s was probably meant as one of %j: %s', (word, candidates, meant) => {
  expect(suggest(word, candidates)).toBe(meant);
});

test.each([
  ['zzz', ['config', 'context']],
  ['', ['a']],
  ['x', ['config']],
  ['configuration', ['condition']],
  ['a', []],
])('nothing is suggested for %j among %j', (word, candidates) => {
  expect(suggest(word, candidates)).toBeNull();
});

test('the nearest candidate wins over an earlier one that is further away', () => {
  expect(suggest('steps', ['stop', 'step', 'types'])).toBe('step');
});

test('a word is never suggested for itself', () => {
  expect(suggest('steps', ['steps'])).toBeNull();
});

test('very long words are compared by their beginning only', () => {
  expect(suggest('a'.repeat(100_000), ['b'.repeat(100_000)])).toBeNull();
});
