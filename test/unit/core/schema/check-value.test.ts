import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/core/model/json.ts';
import { checkSchema } from '../../../../src/core/schema/check-schema.ts';
import { checkValue } from '../../../../src/core/schema/check-value.ts';
import type { AnySchema } from '../../../../src/core/schema/schema-node.ts';

const isTemplate = (value: Json) => typeof value === 'string' && value.includes('${');

function messages(schema: AnySchema, value: Json): readonly string[] {
  return checkValue(schema, value).map(({ path, message, hint }) =>
    [path.join('.'), message, hint ?? ''].filter((part) => part !== '').join(' | '),
  );
}

describe('the words for a value that does not fit', () => {
  it('names what was wanted and what was found', () => {
    expect(messages({ type: 'integer' }, 1.5)).toEqual(['must be a whole number, not the number 1.5']);
    expect(messages({ type: ['string', 'null'] }, [])).toEqual(['must be text or null, not a list']);
    expect(messages({ enum: ['a', 'b'] }, 'zzzzz')).toEqual(['must be "a" or "b", not the text "zzzzz"']);
  });

  it('asks for quotes around a number that should be text, and for none around a text that should be a number', () => {
    expect(messages({ type: 'string' }, 1.1)).toEqual(['must be text, not the number 1.1 | quote it']);
    expect(messages({ type: 'number' }, '5')).toEqual(['must be a number, not the text "5" | write it without quotes']);
    expect(messages({ type: 'boolean' }, 'true')[0]).toContain('write it without quotes');
    expect(messages({ type: 'boolean' }, 'yes')).toEqual(['must be true or false, not the text "yes"']);
  });

  it('suggests the key and the option that were meant', () => {
    const schema = { properties: { remote: {}, push_tags: {} }, additionalProperties: false };
    expect(messages(schema, { remot: 1 })).toEqual(['remot | unknown key "remot" | did you mean "remote"?']);
    expect(messages(schema, { pushTags: 1 })[0]).toContain('did you mean "push_tags"?');
    expect(messages(schema, { entirely: 1 })[0]).toContain('known keys: remote, push_tags');
    expect(messages({ enum: ['patch', 'minor'] }, 'pathc')[0]).toContain('did you mean "patch"?');
  });

  it('points at the key for an unknown one, and at the map for a missing one', () => {
    const schema = { properties: { a: {} }, required: ['a'], additionalProperties: false };
    expect(checkValue(schema, { b: 1 })).toMatchObject([
      { path: [], keyword: 'required' },
      { path: ['b'], keyword: 'additionalProperties', isKey: true },
    ]);
  });

  it('gives the faults of the one form whose kind the value has', () => {
    const schema = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };
    expect(messages(schema, ['a', 1])).toEqual(['1 | must be text, not the number 1 | quote it']);
    expect(messages(schema, 1)).toEqual(['must be text or a list, not the number 1']);
  });

  it('never shows a secret value', () => {
    const schema = { type: 'string', enum: ['x'], maxLength: 2 };
    const faults = checkValue(schema, 'hunter2-hunter2', { secret: true });
    expect(faults).not.toEqual([]);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });
});

describe('values that are not known yet', () => {
  it('are not judged, while their neighbours are', () => {
    const schema = { properties: { a: { type: 'integer' }, b: { type: 'integer' } }, additionalProperties: false };
    const faults = checkValue(schema, { a: '${parameters.a}', b: 'x', c: '${env.C}' }, { isUnknown: isTemplate });
    expect(faults.map(({ path }) => path.join('.'))).toEqual(['b', 'c']);
  });

  it('silence the keywords that look at the whole', () => {
    for (const schema of [
      { enum: [['a']] },
      { const: ['a'] },
      { not: { type: 'array' } },
      { contains: { const: 'z' } },
      { oneOf: [{ type: 'array' }, { items: { type: 'string' } }] },
      JSON.parse('{ "if": { "maxItems": 9 }, "then": false }'),
    ]) {
      expect(checkValue(schema, ['${env.A}'], { isUnknown: isTemplate }), JSON.stringify(schema)).toEqual([]);
    }
    expect(checkValue({ maxProperties: 1 }, { a: 1, b: '${env.A}' }, { isUnknown: isTemplate })).toEqual([]);
  });
});

describe('the bounds of a check', () => {
  it('ends for a reference that leads back to itself', () => {
    expect(checkValue({ $ref: '#' }, 1)).toMatchObject([{ keyword: 'depth' }]);
  });

  it('ends for a schema that doubles at each reference', () => {
    const defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        `d${n}`,
        { allOf: [{ $ref: `#/$defs/d${n + 1}` }, { $ref: `#/$defs/d${n + 1}` }] },
      ]),
    );
    const schema = { $defs: { ...defs, d40: { type: 'integer' } }, $ref: '#/$defs/d0' };
    expect(checkValue(schema, 1)[0]).toMatchObject({ keyword: 'budget' });
  });

  it('gives back no more faults than were asked for', () => {
    const list = Array.from({ length: 500 }, () => 'x');
    expect(checkValue({ items: { type: 'integer' } }, list)).toHaveLength(50);
    expect(checkValue({ items: { type: 'integer' } }, list, { maxFaults: 3 })).toHaveLength(3);
  });

  it('leaves Object.prototype alone and takes hostile keys as ordinary ones', () => {
    const value: Json = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}');
    expect(messages({ properties: {}, additionalProperties: false }, value)).toHaveLength(2);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

describe('a schema that a document brings', () => {
  it.each([
    [{ type: 'strin' }, 'type', 'did you mean string'],
    [{ type: [] }, 'type', 'one of'],
    [{ minLength: -1 }, 'minLength', '0 or more'],
    [{ minLength: '3' }, 'minLength', 'whole number'],
    [{ required: 'a' }, 'required', 'list of texts'],
    [{ properties: [] }, 'properties', 'map of schemas'],
    [{ items: 3 }, 'schema', 'must be a schema'],
    [{ enum: [] }, 'enum', '1 or more'],
    [{ multipleOf: 0 }, 'multipleOf', 'greater than 0'],
    [{ $ref: 'https://example.org/schema.json' }, '$ref', 'no schema is fetched'],
    [{ $ref: '#/$defs/none' }, '$ref', 'points at nothing'],
    [{ unevaluatedProperties: false }, 'unevaluatedProperties', 'not supported'],
    [{ anyOf: [] }, 'anyOf', 'list of schemas'],
    [{ additionalProprties: false }, 'additionalProprties', 'unknown keyword'],
  ] as const)('is refused for %j', (schema, keyword, words) => {
    const [fault] = checkSchema(schema as AnySchema);
    expect(fault).toMatchObject({ keyword });
    expect(`${fault?.message} ${fault?.hint ?? ''}`).toContain(words);
  });

  it('is told where in it the fault lies', () => {
    const [fault] = checkSchema({ properties: { a: { items: { type: 'whole' } } } });
    expect(fault?.path).toEqual(['properties', 'a', 'items', 'type']);
  });
});
