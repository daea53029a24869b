import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../src/core/document/canonical-json.ts';
import { emptyMap, type Json } from '../../../../src/core/model/json.ts';

describe('canonical JSON', () => {
  it('is the same for maps that differ in the order of their keys only', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, { z: 1, y: 2 }], c: null } })).toBe(
      '{"a":{"c":null,"d":[1,{"y":2,"z":1}]},"b":1}',
    );
  });

  it('sorts keys by code unit, upper case before lower and 10 before 9', () => {
    expect(canonicalJson({ a: 1, B: 2, '9': 3, '10': 4, ä: 5 })).toBe('{"10":4,"9":3,"B":2,"a":1,"ä":5}');
  });

  it('keeps the order of lists', () => {
    expect(canonicalJson([3, 1, 2])).toBe('[3,1,2]');
  });

  it('writes maps without a prototype', () => {
    const map = emptyMap<Json>();
    map['toString'] = 'x';
    expect(canonicalJson(map)).toBe('{"toString":"x"}');
  });
});
