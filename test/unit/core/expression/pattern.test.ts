import { describe, expect, test, vi } from 'vitest';
import {
  compilePattern,
  loadPatterns,
  type Pattern,
  patternsAreLoaded,
} from '../../../../src/core/expression/pattern.ts';

function compiled(source: string): Pattern {
  const pattern = compilePattern(source);
  if (!pattern.ok) throw new Error(pattern.error);
  return pattern.value;
}

test('compiling before patterns are loaded is a fault of the program', async () => {
  vi.resetModules();
  const fresh = await import('../../../../src/core/expression/pattern.ts');
  expect(fresh.patternsAreLoaded()).toBe(false);
  expect(() => fresh.compilePattern('a')).toThrow('loadPatterns');
});

describe('once loaded', async () => {
  await loadPatterns();

  test('loading says that it has happened', () => {
    expect(patternsAreLoaded()).toBe(true);
  });

  test.each([
    ['ab', 'xaby', true],
    ['^ab$', 'xaby', false],
    ['(?i)ERROR', 'an error', true],
    ['(?s)a.b', 'a\nb', true],
    ['a.b', 'a\nb', false],
    ['\\bword\\b', 'a word here', true],
    ['[[:digit:]]{3}', '12', false],
    ['(?<year>\\d{4})', 'in 2026', true],
    ['', '', true],
    ['ECONNRESET|ETIMEDOUT', 'read ETIMEDOUT', true],
  ])('%s on %j: %s', (source, text, found) => {
    expect(compiled(source).test(text)).toBe(found);
  });

  test.each([
    ['(', 'missing closing'],
    ['[a', 'missing closing'],
    ['a**', 'repetition'],
    ['(?=a)', 'linear time'],
    ['(?!a)', 'linear time'],
    ['(?<!a)b', 'linear time'],
    ['(a)\\1', 'linear time'],
    ['a{1001}', 'repeat'],
    ['(?:(?:a{40}){40}){2}', 'repeat'],
    [`(?:${'[ab]{900}'.repeat(6)})`, 'too large'],
    ['a'.repeat(10_001), 'longer than'],
  ])('%s is refused', (source, reason) => {
    const pattern = compilePattern(source);
    expect(pattern.ok).toBe(false);
    if (!pattern.ok) expect(pattern.error).toContain(reason);
  });

  test('the same text gives the same pattern', () => {
    expect(compilePattern('same')).toBe(compilePattern('same'));
  });

  test('patterns that hang a backtracking engine end', () => {
    expect(compiled('^(a+)+$').test(`${'a'.repeat(50_000)}!`)).toBe(false);
    expect(compiled('^(\\w+\\s?)*$').test(`${'word '.repeat(10_000)}!`)).toBe(false);
  });
});
