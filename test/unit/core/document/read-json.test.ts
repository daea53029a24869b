import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlain } from './plain-value.ts';

const json = (text: string) => readPlain(text, 'x.json');

describe('JSON', () => {
  it('may hold comments and trailing commas', () => {
    expect(json('// one\n{ /* two */ "a": [1, 2,], // three\n "b": {"c": null,}, }\n/* end */')).toEqual({
      value: { a: [1, 2], b: { c: null } },
      faults: [],
    });
  });

  it('keeps what looks like a comment inside of text', () => {
    expect(json('{"a": "x // y /* z */"}').value).toEqual({ a: 'x // y /* z */' });
  });

  it('may begin with a byte order mark', () => {
    expect(json('\ufeff{"a": 1}')).toEqual({ value: { a: 1 }, faults: [] });
  });

  it('is recognised by its first brace, behind comments too, whatever the name of the file', () => {
    expect(readPlain('/* x */ // y\n {"a": "b" // c\n}', 'x.yml')).toEqual({ value: { a: 'b' }, faults: [] });
  });

  it('gives way to YAML where a text begins with a brace and is YAML', () => {
    expect(readPlain('{ a: b, c: [d] }', 'x.yml')).toEqual({ value: { a: 'b', c: ['d'] }, faults: [] });
  });

  it.each([
    ['', 'syntax 1:1'],
    ['{', 'syntax 1:2'],
    ['{"a"', 'syntax 1:5'],
    ['{"a": }', 'syntax 1:7'],
    ['{"a": 1,, }', 'syntax 1:9'],
    ['{"a": 1 "b": 2}', 'syntax 1:9'],
    ['{"a": 1} x', 'syntax 1:10'],
    ["{'a': 1}", 'syntax 1:2'],
    ['{"a": yes}', 'syntax 1:7'],
    ['{"a": 01}', 'syntax 1:8'],
    ['{"a": 1.}', 'syntax 1:8'],
    ['{"a": .5}', 'syntax 1:7'],
    ['{"a": "x\ny"}', 'syntax 1:9'],
    ['{"a": "\\x"}', 'syntax 1:8'],
    ['{"a": "\\u12"}', 'syntax 1:8'],
    ['{"a": "x', 'syntax 1:9'],
    ['{"a": /* x', 'syntax 1:7'],
    ['[1, 2', 'syntax 1:6'],
    ['{{ x }}', 'forbidden-key 1:2'],
    ['{"a": 1e999}', 'value 1:7'],
  ])('says where %j goes wrong', (text, fault) => {
    expect(json(text).faults).toEqual([fault]);
  });

  it('refuses twins and reserved keys and keeps the rest', () => {
    expect(json('{"a": 1, "__proto__": {"x": 1}, "constructor": 2, "prototype": 3, "a": 4, "b": 5}')).toEqual({
      value: { a: 1, b: 5 },
      faults: ['forbidden-key 1:10', 'forbidden-key 1:33', 'forbidden-key 1:51', 'duplicate-key 1:67'],
    });
  });

  it('reads what the platform writes', () => {
    const keys = fc.string({ unit: fc.constantFrom('a', 'b', '"', '\\', '\n', 'é') });
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue({ maxDepth: 3 })), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        if (/__proto__|constructor|prototype|[\u200b-\u206f\ufeff\u061c]|"-0/.test(text)) return;
        expect(json(text)).toEqual({ value: JSON.parse(text), faults: [] });
      }),
    );
  });
});
