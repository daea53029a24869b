import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../../../src/adapters/terminal/line-splitter.ts';

describe('lines as one text', () => {
  it('are the same lines, wherever the chunks are cut', () => {
    const text = `one\ntwo\r\n\n\rthree\r\r\n${'x'.repeat(20_000)}\r\nrest`;
    for (const size of [1, 2, 3, 7, 1000, 17_000, text.length]) {
      const [listed, joined] = [new LineSplitter(), new LineSplitter()];
      const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
        text.slice(index * size, (index + 1) * size),
      );
      const expected = chunks.map((chunk) =>
        listed
          .push(chunk)
          .map((line) => `${line}\n`)
          .join(''),
      );
      expect(chunks.map((chunk) => joined.pushText(chunk))).toEqual(expected);
      expect(joined.end()).toBe(listed.end());
    }
  });

  it('are none while no line has ended', () => {
    expect(new LineSplitter().pushText('half')).toBe('');
  });
});
