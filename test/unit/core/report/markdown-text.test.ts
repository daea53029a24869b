import { describe, expect, test } from 'vitest';
import { sentenceText } from '../../../../src/core/report/markdown-text.ts';

describe('a sentence of ours', () => {
  test.each<readonly [string, string]>([
    ['There is no key `stepz` here.', 'There is no key `stepz` here.'],
    ['Write `a|b` or `c`.', 'Write <code>a&#124;b</code> or `c`.'],
    ['One ` alone', 'One &#96; alone'],
    ['Nothing in ``', 'Nothing in &#96;&#96;'],
    ['`a` <b> and *c*', '`a` &lt;b&gt; and &#42;c&#42;'],
    ['@ada did `x` in #1', '@&#8203;ada did `x` in #&#8203;1'],
  ])('%j shows words of the document as code, and everything else as it is', (text, shown) => {
    expect(sentenceText(text)).toBe(shown);
  });

  test('that names something with a backtick in it still means nothing to the page', () => {
    expect(sentenceText('No step `a`<script>`b` here')).not.toContain('<script>');
    expect(sentenceText('No step `a`<b>`b`<i>')).not.toMatch(/<[bi]>/);
  });
});
