import { execFileSync } from 'node:child_process';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { violationsOf } from '../../../../src/core/document/generated/language-validator.ts';
import { languageSchema } from '../../../../src/core/document/language-schema.ts';
import { isJsonList, isJsonMap, type Json } from '../../../../src/core/model/json.ts';

/** Every schema of a key, with the path of the key. */
function keysIn(schema: Json, path: string): readonly (readonly [string, Json])[] {
  if (isJsonList(schema)) return schema.flatMap((item, index) => keysIn(item, `${path}/${index}`));
  if (!isJsonMap(schema)) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'properties' && isJsonMap(value)) {
      const keys = Object.entries(value).map(([key, inner]) => [`${path}/${key}`, inner] as const);
      return [...keys, ...keys.flatMap(([key, inner]) => keysIn(inner, key))];
    }
    return keyword === 'default' ? [] : keysIn(value, `${path}/${keyword}`);
  });
}

describe('the schema of the language', () => {
  it('is a schema of its draft', () => {
    expect(new Ajv2020().validateSchema(languageSchema)).toBe(true);
  });

  it('describes every key', () => {
    const undescribed = keysIn(languageSchema, '').filter(([, schema]) => {
      if (!isJsonMap(schema)) return false;
      const reference = schema['$ref'];
      const definitions = languageSchema['$defs'];
      const target =
        typeof reference === 'string' && isJsonMap(definitions) ? definitions[reference.replace('#/$defs/', '')] : null;
      return !schema['description'] && !(isJsonMap(target) && (target['description'] || target['title']));
    });
    expect(undescribed.map(([path]) => path)).toEqual([]);
  });

  it('is what the committed validator checks', () => {
    const check = () =>
      execFileSync(process.execPath, ['scripts/generate-validators.ts', '--check'], { stdio: 'pipe' });
    expect(check).not.toThrow();
  });

  it('gives a validator that says every violation', () => {
    expect(violationsOf({ name: 'x', steps: [{ id: 'a', run: 'x' }] })).toEqual([]);
    const places = violationsOf({ name: 1, steps: [{ id: 'a', timeout: [] }, { id: 'a b' }] }).map(
      ({ instancePath }) => instancePath,
    );
    expect(new Set(places)).toEqual(new Set(['', '/name', '/steps/0/timeout', '/steps/1/id']));
  });
});
