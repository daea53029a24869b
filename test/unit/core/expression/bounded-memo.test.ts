import { expect, test } from 'vitest';
import { BoundedMemo } from '../../../../src/core/expression/bounded-memo.ts';

function counting() {
  const made: string[] = [];
  const memo = new BoundedMemo<{ readonly key: string }>(4);
  const get = (key: string) =>
    memo.get(key, () => {
      made.push(key);
      return { key };
    });
  return { get, made };
}

test('a value is made once', () => {
  const { get, made } = counting();
  expect(get('a')).toBe(get('a'));
  expect(made).toEqual(['a']);
});

test('when it is full, the oldest half is forgotten', () => {
  const { get, made } = counting();
  for (const key of ['a', 'b', 'c', 'd', 'e', 'c', 'd', 'e', 'a']) get(key);
  expect(made).toEqual(['a', 'b', 'c', 'd', 'e', 'a']);
});

test('what was made for a very long text is not kept', () => {
  const { get, made } = counting();
  get('a'.repeat(5_000));
  get('a'.repeat(5_000));
  expect(made).toHaveLength(2);
});
