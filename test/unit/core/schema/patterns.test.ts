import { beforeAll, describe, expect, it } from 'vitest';
import { loadPatterns } from '../../../../src/core/expression/pattern.ts';
import { checkSchema } from '../../../../src/core/schema/check-schema.ts';
import { usesPatterns } from '../../../../src/core/schema/uses-patterns.ts';

beforeAll(loadPatterns);

describe('patterns in a schema', () => {
  it('are refused where they cannot run in linear time', () => {
    expect(checkSchema({ pattern: '(?=a)b' })[0]).toMatchObject({ keyword: 'pattern' });
    expect(checkSchema({ pattern: '(a)\\1' })[0]).toMatchObject({ keyword: 'pattern' });
    expect(checkSchema({ patternProperties: { '(': {} } })[0]).toMatchObject({
      keyword: 'patternProperties',
      isKey: true,
    });
  });

  it('are seen at any depth', () => {
    expect(usesPatterns({ properties: { a: { items: { pattern: 'x' } } } })).toBe(true);
    expect(usesPatterns({ anyOf: [{ patternProperties: {} }] })).toBe(true);
    expect(usesPatterns({ properties: { a: { type: 'string' } } })).toBe(false);
    expect(usesPatterns({ properties: { pattern: { type: 'string' } } })).toBe(false);
  });
});
