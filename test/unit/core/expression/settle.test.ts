import { expect, test } from 'vitest';
import { hasTemplate, isConstant, isWhole, parseTemplate } from '../../../../src/core/expression/parse-template.ts';
import { scopeOfRoots } from '../../../../src/core/expression/scope.ts';
import { settleJson, settleTemplateText } from '../../../../src/core/expression/settle.ts';

const scope = scopeOfRoots({ n: null, a: 1 });

test('a fault says under which keys and indices the text stands', () => {
  const settled = settleJson({ list: [{ ok: '{{ a }}' }, { bad: 'x{{ n }}' }] }, scope);
  expect(settled).toMatchObject({ ok: false, error: { code: 'null', path: ['list', 1, 'bad'], start: 1 } });
});

test('a value that is one text has an empty path', () => {
  expect(settleJson('{{ 1 / 0 }}', scope)).toMatchObject({ ok: false, error: { path: [] } });
});

test('a whole text that comes out null settles to nothing, a written null stays', () => {
  expect(settleJson('{{ n }}', scope)).toEqual({ ok: true, value: undefined });
  expect(settleJson(null, scope)).toEqual({ ok: true, value: null });
});

test('a key named __proto__ stays a key', () => {
  const settled = settleJson(JSON.parse('{"__proto__": "{{ a }}"}'), scope);
  expect(settled.ok && Object.keys(settled.value ?? {})).toEqual(['__proto__']);
});

test('filled-in text larger than the bound is refused', () => {
  const large = scopeOfRoots({ k: 'a'.repeat(600_000) });
  expect(settleJson('{{ k }}{{ k }}', large)).toMatchObject({ ok: false, error: { code: 'limit', start: 7 } });
});

test("the handler's own placeholder keeps what others would give as its second choice", () => {
  const settled = settleTemplateText('{tag} {version} {epic}', scope, {
    own: ['tag', 'epic'],
    resolve: (name) => (name === 'epic' ? null : `of ${name}`),
  });
  expect(settled).toEqual({
    ok: true,
    value: { template: [{ name: 'tag', otherwise: 'of tag' }, ' of version ', { name: 'epic', otherwise: null }] },
  });
});

test.each([
  ['plain', false, true, false],
  ['\\{{ x }}', true, true, false],
  ['{{ x }}', true, false, true],
  ['a {{ x }}', true, false, false],
])('%j: may hold a template %s, constant %s, one expression %s', (text, may, constant, whole) => {
  const template = parseTemplate(text);
  if (!template.ok) throw new Error(template.error[0]?.message);
  expect([hasTemplate(text), isConstant(template.value), isWhole(template.value)]).toEqual([may, constant, whole]);
});

test('the parts of a template know their places', () => {
  const template = parseTemplate('a {{ x }} {p}', { placeholders: true });
  expect(template).toMatchObject({
    ok: true,
    value: {
      parts: [
        'a ',
        { kind: 'expression', start: 2, end: 9, expression: { start: 5, end: 6 } },
        ' ',
        { kind: 'placeholder', name: 'p', start: 10, end: 13 },
      ],
    },
  });
});
