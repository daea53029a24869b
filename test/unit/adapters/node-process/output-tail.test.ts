import { describe, expect, it } from 'vitest';
import { OutputTail } from '../../../../src/adapters/node-process/output-tail.ts';

function tailOf(...chunks: readonly string[]): string {
  const tail = new OutputTail();
  for (const chunk of chunks) tail.add(chunk);
  return tail.text();
}

const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `${from + i}\n`).join('');

describe('the tail of an output', () => {
  it('is all of a short one, however it was cut', () => {
    expect(tailOf('a', '\nb', '\nc')).toBe('a\nb\nc');
  });

  it('has the last 100 lines', () => {
    expect(tailOf(lines(1, 150))).toBe(lines(51, 150));
  });

  it('counts a line that has not ended', () => {
    expect(tailOf(lines(1, 100), 'open')).toBe(`${lines(2, 100)}open`);
  });

  it('has 100 lines where the first of them is empty', () => {
    expect(tailOf(`\n${lines(1, 99)}`)).toBe(`\n${lines(1, 99)}`);
  });

  it('is at most 64 KiB and begins with a whole line', () => {
    const tail = tailOf(...Array.from({ length: 90 }, (_, i) => `${String(i).padStart(999, 'ä')}\n`));
    expect([Buffer.byteLength(tail) <= 64 * 1024, tail.slice(0, 3), tail.endsWith('89\n')]).toEqual([
      true,
      'äää',
      true,
    ]);
    expect(
      tail
        .split('\n')
        .slice(0, -1)
        .every((line) => line.length === 999),
    ).toBe(true);
  });

  it('is the end of a single line that is longer', () => {
    const tail = tailOf(...Array.from({ length: 100 }, () => 'x'.repeat(1000)), 'end');
    expect([tail.length, tail.endsWith('xend')]).toEqual([64 * 1024, true]);
  });
});
