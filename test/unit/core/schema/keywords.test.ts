import { beforeAll, describe, expect, it } from 'vitest';
import { loadPatterns } from '../../../../src/core/expression/pattern.ts';
import { checkSchema } from '../../../../src/core/schema/check-schema.ts';
import { checkValue } from '../../../../src/core/schema/check-value.ts';
import cases from './keywords.json' with { type: 'json' };

const table = cases as unknown as readonly {
  readonly about: string;
  readonly schema: Parameters<typeof checkValue>[0];
  readonly valid: readonly never[];
  readonly invalid: readonly never[];
}[];

beforeAll(loadPatterns);

describe('the keywords of JSON Schema', () => {
  it.each(table)('judges values by: $about', ({ schema, valid, invalid }) => {
    for (const value of valid) expect(checkValue(schema, value), JSON.stringify(value)).toEqual([]);
    for (const value of invalid) expect(checkValue(schema, value), JSON.stringify(value)).not.toEqual([]);
  });

  it.each(table)('finds nothing wrong with the schema: $about', ({ schema }) => {
    expect(checkSchema(schema)).toEqual([]);
  });

  it('is covered by several hundred cases', () => {
    expect(table.flatMap(({ valid, invalid }) => [...valid, ...invalid]).length).toBeGreaterThan(500);
  });
});
