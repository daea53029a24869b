import { describe, expect, it } from 'vitest';
import { quoted } from '../../../../../plugins/project/validators/quoted.ts';

describe('a text from outside in a message', () => {
  it.each([
    ['plain', '"plain"'],
    ['say "hi" \\ back', '"say \\"hi\\" \\\\ back"'],
    ['a\r\n::error::b', '"a\\r\\n::error::b"'],
    ['\u001b[31mred\u0007\u0085', '"\\u001b[31mred\\u0007\\u0085"'],
    ['\u202eback\u2066 \u2028 \ufeff', '"\\u202eback\\u2066 \\u2028 \\ufeff"'],
    ['תמיכה 👩‍👩‍👧 ü', '"תמיכה 👩‍👩‍👧 ü"'],
    ['\ud83d alone', '"\\ud83d alone"'],
    ['', '""'],
  ])('%j is %s', (text, expected) => {
    expect(quoted(text)).toBe(expected);
  });

  it('is cut to a hundred characters, never through one', () => {
    expect(quoted('x'.repeat(100))).toBe(`"${'x'.repeat(100)}"`);
    expect(quoted('🚀'.repeat(101))).toBe(`"${'🚀'.repeat(99)}…"`);
    expect(quoted('🚀'.repeat(1_000_000))).toBe(`"${'🚀'.repeat(99)}…"`);
  });
});
