import { describe, expect, it } from 'vitest';
import { readPlain } from './plain-value.ts';

const repeat = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

describe('YAML', () => {
  it('is read by the core schema of version 1.2', () => {
    const text = 'a: yes\nb: on\nc: 012\nd: 0o17\ne: 0x1F\nf: 1e3\ng: ~\nh: 2001-01-01\ni: !!str 1\nj: True\non: x\n';
    expect(readPlain(text)).toEqual({
      value: { a: 'yes', b: 'on', c: 12, d: 15, e: 31, f: 1000, g: null, h: '2001-01-01', i: '1', j: true, on: 'x' },
      faults: [],
    });
  });

  it('reads keys as they are written', () => {
    expect(readPlain('1: a\n1.0: b\nnull: c\ntrue: d\n').value).toEqual({ '1': 'a', '1.0': 'b', null: 'c', true: 'd' });
  });

  it('follows aliases and merges, and what a map says itself wins over what it merges', () => {
    const text = 'd: &d {a: 1, b: 2}\ne:\n  b: 3\n  <<: *d\n  c: *d\nf:\n  <<: [{b: 9}, *d]\n"<<": x\n';
    expect(readPlain(text)).toEqual({
      value: { d: { a: 1, b: 2 }, e: { b: 3, c: { a: 1, b: 2 }, a: 1 }, f: { b: 9, a: 1 }, '<<': 'x' },
      faults: [],
    });
  });

  it.each([
    ['a second key', 'a: 1\nb: 2\na: 3\n', ['duplicate-key 3:1']],
    ['a number and its text', '1: a\n"1": b\n', ['duplicate-key 2:1']],
    ['keys that look alike', '\u00e9: 1\ne\u0301: 2\n', ['duplicate-key 2:1']],
    ['a second merge', 'd: &d {a: 1}\ne:\n  <<: *d\n  <<: *d\n', ['duplicate-key 4:3']],
    ['a merge of what is no map', 'a:\n  <<: 3\n', ['type 2:3']],
    [
      'reserved keys',
      '__proto__: 1\nb: {constructor: 1}\nprototype: 1\n',
      ['forbidden-key 1:1', 'forbidden-key 2:5', 'forbidden-key 3:1'],
    ],
    ['a key that turns the direction of text', '"a\u202eb": 1\n', ['forbidden-key 1:1']],
    ['an expression without quotes', 'a: {{ x }}\nb: [{{ y }}]\n', ['forbidden-key 1:4', 'forbidden-key 2:5']],
    ['a key that is a map', '? {a: 1}\n: 2\n', ['forbidden-key 1:3']],
    ['a key that is a list', '? [a]\n: 2\n', ['forbidden-key 1:3']],
    ['an empty key', ': 2\n', ['forbidden-key 1:1']],
    ['unknown tags', 'a: !x\nb: !failure()\nc: !!binary aGk=\n', ['syntax 1:4', 'syntax 2:4', 'syntax 3:4']],
    ['numbers without an end', 'a: .nan\nb: -.inf\n', ['value 1:4', 'value 2:4']],
    ['an alias of nothing', 'a: *b\n', ['syntax 1:4']],
    ['an alias inside what it names', 'a: &a [*a]\n', ['too-large 1:8']],
    ['an older version', '%YAML 1.1\n---\na: on\n', ['syntax 1:1']],
    ['a second document', 'a: 1\n---\nb: 2\n', ['syntax 2:1']],
    ['tabs', 'a:\n\tb: 1\n', ['syntax 2:1']],
    ['bad indentation', 'a:\n   b: 1\n  c: 2\n', ['syntax 3:1']],
    ['two keys on a line', 'a: b: c\n', ['syntax 1:4']],
    ['an open quote', 'a: "b\n', ['syntax 2:1']],
    ['an open bracket', 'a: [1, 2\nb: 3\n', ['syntax 2:1']],
    ['reserved characters', 'a: @b\nc: `d`\n', ['syntax 1:4', 'syntax 2:4']],
  ])('refuses %s', (_, text, faults) => {
    expect(readPlain(text).faults).toEqual(faults);
  });

  it('says of both kinds of unquoted text that they want quotes', async () => {
    const { readDocument } = await import('../../../../src/core/document/read-document.ts');
    for (const text of ['a: {{ x }}', 'a: !x']) {
      expect(readDocument(text, 'x.yml').diagnostics[0]?.hint).toContain('quote it');
    }
  });

  it('warns of whole numbers that lose digits', () => {
    expect(readPlain('a: 12345678901234567890\n').faults).toEqual(['value 1:4']);
    expect(readPlain('a: 9007199254740991\n').faults).toEqual([]);
  });

  it('reads long lists as it reads short ones', () => {
    const text = `a:\n${repeat(5000, (index) => `  - id: s${index}\n    n: [${index}, 'x']\n    t: |\n      line\n`)}b: 1\n`;
    const expected = {
      a: Array.from({ length: 5000 }, (_, index) => ({ id: `s${index}`, n: [index, 'x'], t: 'line\n' })),
      b: 1,
    };
    expect(readPlain(text)).toEqual({ value: expected, faults: [] });
  });

  it('reads long lists inside long lists', () => {
    const inner = repeat(300, (index) => `    - ${index}\n`);
    const text = repeat(40, (index) => `- k: ${index}\n  l:\n${inner}`);
    const list = Array.from({ length: 300 }, (_, index) => index);
    expect(readPlain(text).value).toEqual(Array.from({ length: 40 }, (_, index) => ({ k: index, l: list })));
  });

  it('finds errors in the middle of long lists', () => {
    const text = `a:\n${repeat(9000, (index) => `  - id: ${index === 4000 ? '@x' : index}\n`)}`;
    expect(readPlain(text).faults).toEqual(['syntax 4002:9']);
  });

  it('follows aliases in long lists', () => {
    const text = `d: &d {x: 1}\na:\n${repeat(5000, () => '  - *d\n')}`;
    expect(readPlain(text).value).toEqual({ d: { x: 1 }, a: Array.from({ length: 5000 }, () => ({ x: 1 })) });
  });

  it.each([
    [
      'nested aliases',
      `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${repeat(10, (i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(',')}]\n`)}`,
      'too-large',
    ],
    [
      'chained merges',
      `m0: &m0 {a0: 1}\n${repeat(3000, (i) => `m${i + 1}: &m${i + 1}\n  <<: *m${i}\n  a${i + 1}: 1\n`)}`,
      'too-large',
    ],
    ['aliases that nest', `a0: &a0 [x]\n${repeat(3000, (i) => `a${i + 1}: &a${i + 1} [*a${i}]\n`)}`, 'too-deep'],
    ['explicit keys in each other', '? '.repeat(500), 'too-deep'],
    ['open brackets', `a: ${'['.repeat(100_000)}`, 'too-deep'],
    ['open braces', `a: ${'{a: '.repeat(100_000)}`, 'too-deep'],
    ['lists in lists', '- '.repeat(100_000), 'too-deep'],
    ['open brackets of JSON', '{"a": '.repeat(100_000), 'too-deep'],
    ['a text of ten million characters', `a: ${'x'.repeat(10_000_000)}`, 'too-large'],
    ['a text of JSON of ten million characters', `{"a": "${'x'.repeat(10_000_000)}"}`, 'too-large'],
    ['a million documents', '---\n'.repeat(1_000_000), 'syntax'],
    ['a file beyond the limit', `${'#'.repeat(1000)}\n`.repeat(40_000), 'too-large'],
  ])('refuses %s before they cost much', (_, text, code) => {
    expect(readPlain(text).faults[0]).toMatch(new RegExp(`^${code} `));
  });

  it('reads the deepest nesting that is allowed, in both formats', () => {
    expect(readPlain(`${'['.repeat(100)}${']'.repeat(100)}`).faults).toEqual([]);
    expect(readPlain(`${'['.repeat(101)}${']'.repeat(101)}`).faults).toHaveLength(1);
    expect(readPlain(`${'['.repeat(100)}${']'.repeat(100)}`, 'x.json').faults).toEqual([]);
    expect(readPlain(`${'['.repeat(101)}${']'.repeat(101)}`, 'x.json').faults).toHaveLength(1);
  });
});
