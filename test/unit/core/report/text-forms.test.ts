import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoTime } from '../../../../src/core/model/iso-time.ts';
import { durationText } from '../../../../src/core/report/duration-text.ts';
import { fencedBlock, htmlText, inlineCode, inlineText } from '../../../../src/core/report/markdown-text.ts';
import {
  cutText,
  firstLine,
  plainLine,
  plainLines,
  shortLine,
  shortLines,
} from '../../../../src/core/report/plain-text.ts';
import { textTable } from '../../../../src/core/report/text-table.ts';
import { cutToUtf8Size, utf8Size } from '../../../../src/core/report/utf8-size.ts';

test('a moment is written as the platform writes it, over 400 years', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5_000_000_000_000, max: 8_000_000_000_000 }), (moment) => {
      expect(isoTime(moment)).toBe(new Date(moment).toISOString());
    }),
  );
});

test.each([
  [0, '0 ms'],
  [-5, '0 ms'],
  [999.4, '999 ms'],
  [1000, '1.0 s'],
  [59_940, '59.9 s'],
  [59_999, '1m 00s'],
  [65_000, '1m 05s'],
  [3_599_999, '1h 00m'],
  [7_380_000, '2h 03m'],
  [100_800_000, '1d 04h'],
])('%d ms are %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test('the size in UTF-8 is what an encoder gives, broken surrogates included', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '\ud800', '\udc00', '\ud83d\ude80', 'é', '日'),
      (a, b) => {
        expect(utf8Size(a + b)).toBe(new TextEncoder().encode(a + b).length);
      },
    ),
  );
});

test('a text cut to bytes is its longest beginning that fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, limit) => {
      const cut = cutToUtf8Size(text, limit);
      expect(text.startsWith(cut)).toBe(true);
      expect(utf8Size(cut)).toBeLessThanOrEqual(limit);
      const next = String.fromCodePoint(text.codePointAt(cut.length) ?? 0);
      if (cut.length < text.length) expect(utf8Size(cut + next)).toBeGreaterThan(limit);
    }),
  );
});

test('a cut text says so and never ends in half a character', () => {
  expect(cutText('abcdef', 4)).toBe('abc…');
  expect(cutText('abcd', 4)).toBe('abcd');
  expect(cutText('ab🚀cd', 4)).toBe('ab…');
});

describe('what a program printed', () => {
  test('loses colours, titles, links and marks that reorder text, and keeps its lines', () => {
    const printed =
      '\u001b[1;31mred\u001b[0m \u001b]8;;http://x\u001b\\link\u001b]8;;\u0007 \u202eevil\r\nnext\u0000\ty';
    expect(plainLines(printed)).toBe('red link evil\nnext\ty');
    expect(plainLine(printed)).toBe('red link evil next y');
  });

  test('keeps what follows a sequence that never ends', () => {
    expect(plainLines('a\u001b]0;title\nkept')).toContain('kept');
  });

  test('is cut to its beginning without being read whole, and says so', () => {
    expect(shortLine(`${'\u001b[0m'.repeat(30)}${'x'.repeat(1_000_000)}`, 20)).toBe(`${'x'.repeat(19)}…`);
    expect(shortLine(`ab${' '.repeat(1000)}c`, 20)).toBe('ab …');
    expect(shortLines('a\r\nb', 20)).toBe('a\nb');
  });

  test('has a first line that says something', () => {
    expect(firstLine('\n  \n  oh no \nmore', 50)).toBe('oh no');
    expect(firstLine('\n \n', 50)).toBe('');
  });
});

describe('inline Markdown', () => {
  test.each([
    ['a | b', 'a &#124; b'],
    ['<b>x</b> & y', '&lt;b&gt;x&lt;/b&gt; &amp; y'],
    ['`code` **bold**', '&#96;code&#96; &#42;&#42;bold&#42;&#42;'],
    ['[x](y)', '&#91;x&#93;(y)'],
    ['_em_ snake_case', '&#95;em&#95; snake_case'],
    ['$x$', '&#36;x&#36;'],
    ['hi @octocat, see #12', 'hi @&#8203;octocat, see #&#8203;12'],
    ['me@example.org', 'me@example.org'],
    [':tada: 10:30', '&#58;tada: 10:30'],
    ['1. x', '1&#46; x'],
    ['1.2.0', '1.2.0'],
    ['two\nlines', 'two lines'],
    ['back\\slash', 'back&#92;slash'],
  ])('shows %j as it stands', (text, markdown) => {
    expect(inlineText(text)).toBe(markdown);
  });

  test('code is a span where it can be one and an element where a sign would break it', () => {
    expect(inlineCode('a < b && c')).toBe('`a < b && c`');
    expect(inlineCode('a ` b | c \\')).toBe('<code>a &#96; b &#124; c &#92;</code>');
    expect(inlineCode(' \n ')).toBe('');
  });

  test('text in an element cannot leave it', () => {
    expect(htmlText('</summary><script>"')).toBe('&lt;/summary&gt;&lt;script&gt;&quot;');
  });

  test('a block of code cannot be closed by its content', () => {
    expect(fencedBlock('a\n`````\nb', 'text')).toBe('``````text\na\n`````\nb\n``````\n');
    expect(fencedBlock('', 'text')).toBe('```text\n```\n');
  });
});

test('a table for terminals lines its columns up, wide letters included', () => {
  expect(
    textTable(
      ['NAME', 'FILE'],
      [
        ['日本', 'a.yml'],
        ['x', 'b\nc.yml'],
      ],
    ),
  ).toBe('NAME  FILE\n日本  a.yml\nx     b c.yml\n');
});
