import { beforeAll, describe, expect, it } from 'vitest';
import { loadPatterns } from '../../../../src/core/expression/pattern.ts';
import { scopeOfRoots } from '../../../../src/core/expression/scope.ts';
import { settleJson } from '../../../../src/core/expression/settle.ts';
import type { Json } from '../../../../src/core/model/json.ts';
import { err, ok } from '../../../../src/core/model/result.ts';
import type { ParameterDeclaration, ParameterType } from '../../../../src/core/model/workflow.ts';
import { inReadingOrder } from '../../../../src/core/parameters/keys-read.ts';
import {
  type EvaluateDefault,
  type GivenParameters,
  settleParameters,
} from '../../../../src/core/parameters/settle-parameters.ts';

beforeAll(loadPatterns);

function declare(name: string, type: ParameterType, more: Partial<ParameterDeclaration> = {}): ParameterDeclaration {
  return { name, type, required: false, secret: false, validation: {}, options: [], ...more };
}

const asWritten: EvaluateDefault = (declaration) => ok(declaration.default);

function settle(declarations: readonly ParameterDeclaration[], given: GivenParameters) {
  return settleParameters(declarations, given, asWritten);
}

function text(value: string) {
  return { value, text: true, origin: '-p' };
}

function plain(value: Json) {
  return { value, text: false, origin: '' };
}

function messagesOf(result: ReturnType<typeof settle>): readonly string[] {
  return result.ok ? [] : result.error.map(({ message }) => message);
}

describe('text for a parameter', () => {
  it.each<[ParameterType, string, Json]>([
    ['string', '5', '5'],
    ['string', '', ''],
    ['textarea', 'a\nb', 'a\nb'],
    ['number', '1.5', 1.5],
    ['number', '-2e3', -2000],
    ['integer', '7', 7],
    ['integer', '3.0', 3],
    ['boolean', 'true', true],
    ['boolean', 'false', false],
    ['array', '["a", 1]', ['a', 1]],
    ['array', '[a, b]', ['a', 'b']],
    ['array', '- a\n- b', ['a', 'b']],
    ['object', '{"a": {"b": 1}}', { a: { b: 1 } }],
    ['object', '{a: 1}', { a: 1 }],
    ['date', '2026-11-21', '2026-11-21'],
    ['file', 'docs/guide.md', 'docs/guide.md'],
    ['file', 'a/../b', 'a/../b'],
  ])('of type %s turns %j into %j', (type, written, value) => {
    const result = settle([declare('p', type)], { p: text(written) });
    expect(result).toEqual({ ok: true, value: { values: { p: value }, secretValues: {} } });
  });

  it.each<[ParameterType, string]>([
    ['number', 'five'],
    ['number', ''],
    ['number', '0x10'],
    ['number', ' 5'],
    ['number', '1e999'],
    ['number', 'NaN'],
    ['number', '+5'],
    ['number', '1_000'],
    ['integer', '1.5'],
    ['integer', '9007199254740993'],
    ['boolean', 'yes'],
    ['boolean', 'True'],
    ['boolean', '1'],
    ['boolean', ''],
    ['array', 'a,b'],
    ['array', '{"a": 1}'],
    ['array', '["a"'],
    ['object', '[1]'],
    ['object', 'text'],
    ['date', '2026-02-30'],
    ['date', '21.11.2026'],
    ['date', '2026-11-21T10:00:00Z'],
    ['file', '../secret'],
    ['file', 'a/../../b'],
    ['file', '/etc/passwd'],
    ['file', 'C:\\x'],
    ['file', ''],
  ])('of type %s refuses %j', (type, written) => {
    expect(messagesOf(settle([declare('p', type)], { p: text(written) }))).toHaveLength(1);
  });
});

describe('a value that is no text', () => {
  it.each<[ParameterType, Json]>([
    ['string', 5],
    ['string', true],
    ['number', '5'],
    ['integer', '5'],
    ['boolean', 'true'],
    ['boolean', 0],
    ['array', '[]'],
    ['array', {}],
    ['object', []],
    ['object', null],
    ['string', null],
    ['date', 20261121],
  ])('of type %s is never turned into it: %j', (type, value) => {
    expect(messagesOf(settle([declare('p', type)], { p: plain(value) }))).toHaveLength(1);
  });

  it('is asked for with or without quotes', () => {
    const result = settle([declare('a', 'string'), declare('b', 'number')], { a: plain(5), b: plain('5') });
    expect(result.ok ? [] : result.error.map(({ hint }) => hint)).toEqual(['Quote it.', 'Write it without quotes.']);
  });
});

describe('settling parameters', () => {
  it('reports all faults at once, each by the name of its parameter', () => {
    const declarations = [
      declare('summary', 'string', { required: true, label: 'Release summary', validation: { minLength: 10 } }),
      declare('count', 'integer'),
      declare('kind', 'enum', { options: [{ value: 'fix', label: 'Fix' }] }),
      declare('note', 'string', { required: true }),
    ];
    const result = settle(declarations, {
      summary: text('short'),
      count: text('x'),
      kind: text('fixx'),
      sumary: text(''),
    });
    expect(result.ok ? [] : result.error.map(({ code, path }) => [code, path])).toEqual([
      ['parameter-value', 'parameters.sumary'],
      ['parameter-value', 'parameters.summary'],
      ['parameter-value', 'parameters.count'],
      ['parameter-value', 'parameters.kind'],
      ['parameter-value', 'parameters.note'],
    ]);
    expect(messagesOf(result)[1]).toBe('Parameter `summary` must be at least 10 characters long, not 5 (from -p).');
  });

  it('suggests the declared name and the option that were meant', () => {
    const kind = declare('kind', 'enum', { options: [{ value: 'feature', label: 'F' }] });
    const result = settle([kind], { kind: text('featur'), kinds: text('x') });
    expect(result.ok ? [] : result.error.map(({ hint }) => hint)).toEqual([
      'Did you mean `kind`?',
      'Did you mean "feature"?',
    ]);
  });

  it('takes a default in place of a required value, null too', () => {
    const declarations = [
      declare('a', 'string', { required: true, default: 'x' }),
      declare('b', 'boolean', { required: true, default: false }),
      declare('c', 'string', { required: true, default: null }),
      declare('d', 'string'),
    ];
    expect(settle(declarations, {})).toEqual({
      ok: true,
      value: { values: { a: 'x', b: false, c: null, d: null }, secretValues: {} },
    });
  });

  it('judges what a default came to as it judges a given value', () => {
    const fromNowhere: EvaluateDefault = () => ok('many');
    const result = settleParameters([declare('n', 'integer', { default: '{{ env.N }}' })], {}, fromNowhere);
    expect(messagesOf(result)).toEqual([
      'Parameter `n` must be a whole number, not the text "many" (from its default).',
    ]);
  });

  it('hands the given values to the evaluation of a default, secret ones left out', () => {
    const seen: Json[] = [];
    const declarations = [
      declare('later', 'string', { default: '{{ parameters.a }}' }),
      declare('a', 'string'),
      declare('token', 'string', { secret: true }),
    ];
    const result = settleParameters(declarations, { a: text('x'), token: text('hush-hush') }, (_declaration, given) => {
      seen.push(given);
      return ok('y');
    });
    expect(seen).toEqual([{ a: 'x' }]);
    expect(result).toEqual({
      ok: true,
      value: { values: { later: 'y', a: 'x' }, secretValues: { token: 'hush-hush' } },
    });
  });

  it('tells nothing of a secret value', () => {
    const secret = { secret: true, validation: { maxLength: 3, pattern: '^x', schema: { enum: ['a'] } } };
    const declarations = [
      declare('s', 'string', secret),
      declare('n', 'integer', { secret: true }),
      declare('e', 'enum', { secret: true, options: [{ value: 'hunter3', label: 'x' }] }),
      declare('d', 'date', { secret: true }),
      declare('l', 'array', { secret: true }),
    ];
    const result = settle(declarations, {
      s: text('hunter2-s'),
      n: text('hunter2-n'),
      e: text('hunter2-e'),
      d: text('hunter2-d'),
      l: text('[hunter2-l'),
    });
    expect(messagesOf(result).length).toBeGreaterThanOrEqual(5);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('makes a file that is given absolutely relative where it lies in the workspace', () => {
    const given = { f: text('/work/repo/docs/a.md') };
    const settled = settleParameters([declare('f', 'file')], given, asWritten, { workspace: '/work/repo' });
    expect(settled).toMatchObject({ ok: true, value: { values: { f: 'docs/a.md' } } });
    const outside = settleParameters([declare('f', 'file')], { f: text('/work/repository/a') }, asWritten, {
      workspace: '/work/repo',
    });
    expect(outside.ok).toBe(false);
  });

  it('leaves hostile names alone', () => {
    const given: GivenParameters = JSON.parse('{"__proto__": {"value": 1, "text": false, "origin": ""}}');
    expect(messagesOf(settle([declare('a', 'string')], given))).toHaveLength(1);
    expect(messagesOf(settle([declare('constructor', 'string', { required: true })], {}))).toHaveLength(1);
  });
});

describe('defaults that read other parameters', () => {
  it('are evaluated after those, in whatever order they are written', () => {
    const declarations = [
      declare('c', 'string', { default: '{{ parameters.b }}!' }),
      declare('b', 'string', { default: '{{ trigger.a }}!' }),
      declare('a', 'string', { default: 'x' }),
    ];
    const result = settleParameters(declarations, {}, ({ default: template }, known) => {
      const settled = settleJson(template ?? null, scopeOfRoots({ parameters: known, trigger: known }));
      return settled.ok ? settled : err(settled.error);
    });
    expect(result).toEqual({ ok: true, value: { values: { c: 'x!!', b: 'x!', a: 'x' }, secretValues: {} } });
  });

  it('may form long chains', () => {
    const count = 20_000;
    const declarations = Array.from({ length: count }, (_, at) =>
      declare(`p${at}`, 'string', at + 1 < count ? { default: `{{ parameters.p${at + 1} }}` } : {}),
    );
    const order: string[] = [];
    settleParameters(declarations.slice(0, 5), {}, ({ name }) => ok(order.push(name).toString()));
    expect(order).toEqual(['p0', 'p1', 'p2', 'p3', 'p4'].reverse());
    const reads = new Map(declarations.map(({ name }, at) => [name, at + 1 < count ? [`p${at + 1}`] : []]));
    expect(inReadingOrder(reads)).toHaveLength(count);
  });
});

describe('validation of a parameter', () => {
  it.each<[ParameterType, ParameterDeclaration['validation'], Json, boolean]>([
    ['string', { minLength: 2 }, 'ab', true],
    ['string', { minLength: 2 }, 'a', false],
    ['string', { minLength: 2 }, '🚀', false],
    ['string', { maxLength: 1 }, '🚀', true],
    ['string', { pattern: '^v\\d+$' }, 'v12', true],
    ['string', { pattern: '^v\\d+$' }, 'v12b', false],
    ['string', { pattern: '^(a+)+$' }, `${'a'.repeat(60)}!`, false],
    ['number', { minimum: 1, maximum: 2 }, 1.5, true],
    ['number', { minimum: 1, maximum: 2 }, 0.5, false],
    ['number', { minimum: 1, maximum: 2 }, 2.5, false],
    ['array', { minItems: 1 }, [], false],
    ['array', { maxItems: 1 }, [1, 2], false],
    ['array', { minItems: 1, maxItems: 2 }, [1], true],
    ['object', { schema: { required: ['a'] } }, { a: 1 }, true],
    ['object', { schema: { required: ['a'] } }, {}, false],
    ['array', { schema: { items: { type: 'integer' } } }, [1, 'x'], false],
  ])('of type %s with %j judges %j: %s', (type, validation, value, fits) => {
    expect(settle([declare('p', type, { validation })], { p: plain(value) }).ok).toBe(fits);
  });

  it('says where in a structure the fault lies', () => {
    const validation = { schema: { items: { properties: { port: { type: 'integer' } } } } };
    const result = settle([declare('servers', 'array', { validation })], {
      servers: plain([{ port: 1 }, { port: 'x' }]),
    });
    expect(messagesOf(result)[0]).toContain('[1].port must be a whole number');
  });
});
