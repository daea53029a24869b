import { describe, expect, it } from 'vitest';
import { noteLines } from '../../../../../plugins/release/notes/breaking-note.ts';
import { hostLinks } from '../../../../../plugins/release/notes/host-links.ts';
import { inlineScope, inlineText } from '../../../../../plugins/release/notes/inline-text.ts';
import { headings, parseText } from '../../../../../src/plugin-api/index.ts';

const links = hostLinks('https://github.com/o/r');

describe('words of a commit in a list', () => {
  it.each([
    ['plain words', 'plain words'],
    ['a < b and a <- b', 'a < b and a <- b'],
    ['use <Menu>', 'use &lt;Menu>'],
    ['end </div>', 'end &lt;/div>'],
    ['hide <!-- all', 'hide &lt;!-- all'],
    ['hide `<!--` all', 'hide `&lt;!--` all'],
    ['keep `<Menu>` as code', 'keep `<Menu>` as code'],
    ['keep ``a ` b`` as code', 'keep ``a ` b`` as code'],
    ['one ` alone', 'one \\` alone'],
    ['one `` and ` alone', 'one \\`\\` and \\` alone'],
    ['``` opens', '\\`\\`\\` opens'],
    ['- a list', '\\- a list'],
    ['* a list', '\\* a list'],
    ['+ a list', '\\+ a list'],
    ['12. a list', '12\\. a list'],
    ['3) a list', '3\\) a list'],
    ['# a heading', '\\# a heading'],
    ['> a quotation', '\\> a quotation'],
    ['~~~ code', '\\~~~ code'],
    ['[ ] a task', '\\[ ] a task'],
    ['[x] a task', '\\[x] a task'],
    ['[a]: b', '\\[a]: b'],
    ['***', '\\***'],
    ['- - -', '\\- - -'],
    ['===', '\\==='],
    ['| a | b |', '\\| a | b |'],
    ['-x stays', '-x stays'],
    ['1.2.3 stays', '1.2.3 stays'],
    ['two\nlines\r\nand\u2028more', 'two lines and more'],
    ['bell\u0007 and\u001b[31m red', 'bell and [31m red'],
    ['  around  ', 'around'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(inlineText(text, null)).toBe(expected);
  });

  it.each([
    ['mention @ada', 'mention `@ada`'],
    ['raise @types/node', 'raise `@types/node`'],
    ['raise `@types/node`', 'raise `@types/node`'],
    ['write to a@example.com', 'write to a@example.com'],
    ['see https://example.com/@ada', 'see https://example.com/@ada'],
    ['(@ada).', '(`@ada`).'],
    ['@', '@'],
  ])('call nobody: %s', (text, expected) => {
    expect(inlineText(text, links)).toBe(expected);
  });

  it.each([
    ['see #12', 'see [#12](https://github.com/o/r/issues/12)'],
    ['see GH-12', 'see [GH-12](https://github.com/o/r/issues/12)'],
    ['see x/y#12', 'see [x/y#12](https://github.com/x/y/issues/12)'],
    ['see `#12`', 'see `#12`'],
    ['see #general', 'see #general'],
    ['colour #123abc', 'colour #123abc'],
    ['see a#12', 'see a#12'],
    ['see https://example.com/#12', 'see https://example.com/#12'],
    ['code &#60; stays', 'code &#60; stays'],
    ['#12 first', '[#12](https://github.com/o/r/issues/12) first'],
  ])('link numbers: %s', (text, expected) => {
    expect(inlineText(text, links)).toBe(expected);
  });

  it('have no links where nobody knows the host', () => {
    expect(inlineText('see #12', null)).toBe('see #12');
  });

  it('may hold any number of backticks, brackets and signs', () => {
    const text = `${'`'.repeat(5000)} ${'` ``'.repeat(5000)}${'<'.repeat(5000)}${'a/'.repeat(5000)}`;
    expect(inlineText(text, links)).not.toContain('\n');
  });
});

describe('a scope in bold print', () => {
  it.each([
    ['api', 'api'],
    ['**x**', '\\*\\*x\\*\\*'],
    ['a_b', 'a\\_b'],
    ['<b>', '&lt;b>'],
    ['a`b', 'a\\`b'],
  ])('%s becomes %s', (scope, expected) => {
    expect(inlineScope(scope)).toBe(expected);
  });
});

describe('the text of a breaking change', () => {
  it('keeps its lines, lists and code', () => {
    const note = 'Before:\n\n```ts\nopen(<Door>)\n```\n\n- one #1\n- two';
    expect(noteLines(note, null)).toEqual(['Before:', '', '```ts', 'open(<Door>)', '```', '', '- one #1', '- two']);
  });

  it('closes a fence that nobody closed', () => {
    expect(noteLines('a\n````\nb\n```', null)).toEqual(['a', '````', 'b', '```', '````']);
  });

  it.each(['## 9.9.9', '9.9.9\n=====', '9.9.9\n-----', '   ## 9.9.9', '<!-- x', 'a\n\n    ```\n## 9.9.9', '- # 9.9.9'])(
    'has no headings, and hides nothing below it: %j',
    (note) => {
      const lines = ['- **api:** x', ...noteLines(note, null).map((line) => `  ${line}`), '', '## 1.0.0'];
      expect(headings(parseText(lines.join('\n'))).map(({ text }) => text)).toEqual(['1.0.0']);
    },
  );
});
