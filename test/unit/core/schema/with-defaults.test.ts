import { describe, expect, it } from 'vitest';
import { withDefaults } from '../../../../src/core/schema/with-defaults.ts';

describe('defaults of a schema', () => {
  it('fill absent keys and never replace what is there, null neither', () => {
    const schema = { properties: { a: { default: 1 }, b: { default: 2 }, c: { default: 3 }, d: {} } };
    expect(withDefaults(schema, { a: 9, b: null })).toEqual({ a: 9, b: null, c: 3 });
  });

  it('fill nested maps, defaults that are maps, and the items of lists', () => {
    const port = { type: 'object', properties: { host: { default: 'localhost' }, port: { default: 80 } } };
    const schema = { properties: { one: { ...port, default: { port: 1 } }, many: { items: port } } };
    expect(withDefaults(schema, { many: [{ host: 'x' }, {}] })).toEqual({
      one: { host: 'localhost', port: 1 },
      many: [
        { host: 'x', port: 80 },
        { host: 'localhost', port: 80 },
      ],
    });
  });

  it('come from references and from all of allOf', () => {
    const schema = {
      $defs: { base: { properties: { a: { default: 1 } } } },
      allOf: [{ $ref: '#/$defs/base' }, { properties: { b: { default: 2 } } }],
    };
    expect(withDefaults(schema, {})).toEqual({ a: 1, b: 2 });
  });

  it('give the same value back where nothing is added', () => {
    const value = { a: { b: [1] } };
    expect(withDefaults({ properties: { a: { properties: { b: { default: [] } } } } }, value)).toBe(value);
  });

  it('end for schemas that lead back to themselves', () => {
    expect(withDefaults({ allOf: [{ $ref: '#' }, { $ref: '#' }] }, {})).toEqual({});
    const endless = { properties: { next: { $ref: '#', default: {} } } };
    expect(withDefaults(endless, {})).toHaveProperty('next.next');
  });
});
