import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { checkExpression } from '../../../../src/core/expression/check-expression.ts';
import { evaluate, evaluateCondition } from '../../../../src/core/expression/evaluate.ts';
import { parseCondition, parseExpression } from '../../../../src/core/expression/parse-expression.ts';
import { parseTemplate } from '../../../../src/core/expression/parse-template.ts';
import { loadPatterns } from '../../../../src/core/expression/pattern.ts';
import { callsOf, referencesOf } from '../../../../src/core/expression/references.ts';
import { scopeOfRoots } from '../../../../src/core/expression/scope.ts';
import { settleJson, settleTemplateText, settleText } from '../../../../src/core/expression/settle.ts';
import type { Json } from '../../../../src/core/model/json.ts';

beforeAll(loadPatterns);

const pieces = [
  ...['a', 'l', 'm', 't', 'steps', 'step-outputs', 'state', 'context', 'null', 'true', '1', '-0.5e3', '0xf', 'x'],
  ...[
    "'s'",
    '"s"',
    "''",
    "'\\u005f'",
    '.',
    '?.',
    '[',
    ']',
    '(',
    ')',
    ',',
    '=>',
    '?',
    ':',
    '??',
    '||',
    '&&',
    '==',
    '!=',
  ],
  ...[
    '<',
    '>=',
    '+',
    '-',
    '*',
    '/',
    '%',
    '!',
    ' ',
    '\n',
    '{{',
    '}}',
    '${',
    '}',
    '\\',
    '{',
    'x => x',
    '.map(x => ',
    '.get(',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    '.length',
    'trim(',
    'matches(',
    "'(a+)+$'",
    'fromJSON(',
    'format(',
  ],
];
const source = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 16 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 16 }).map((parts) => parts.join(' ')),
);
const scope = scopeOfRoots(
  { a: 1, l: [1, 'b', [null]], m: { k: { v: 1 } }, t: 'text' },
  { state: (key) => (key === 'k' ? 'v' : null) },
);

test('whatever is written, reading, checking and evaluating end without an exception and within the text', () => {
  const keysBefore = Reflect.ownKeys(Object.prototype).length;
  fc.assert(
    fc.property(source, (text) => {
      for (const parsed of [parseExpression(text), parseCondition(text)]) {
        if (!parsed.ok) {
          expect(parsed.error.start).toBeLessThanOrEqual(parsed.error.end);
          expect(parsed.error.end).toBeLessThanOrEqual(text.length);
          continue;
        }
        checkExpression(parsed.value, {
          roots: new Set(['a', 'l', 'm', 't']),
          statusFunctions: false,
          condition: true,
        });
        referencesOf(parsed.value);
        callsOf(parsed.value);
        evaluateCondition(parsed.value, scope);
        const value = evaluate(parsed.value, scope);
        if (value.ok) expectPlain(value.value);
        else expect(value.error.end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 3_000 },
  );
  expect(Reflect.ownKeys(Object.prototype)).toHaveLength(keysBefore);
});

test('whatever is written, templates are read and settled without an exception', () => {
  fc.assert(
    fc.property(source, (text) => {
      for (const template of [parseTemplate(text), parseTemplate(text, { placeholders: true })]) {
        if (!template.ok) for (const fault of template.error) expect(fault.end).toBeLessThanOrEqual(text.length);
      }
      settleText(text, scope);
      settleTemplateText(text, scope, { own: ['a'], resolve: (name) => (name === 'x' ? '{a}' : null) });
    }),
    { numRuns: 3_000 },
  );
});

test('values without templates settle to themselves', () => {
  const plain = fc.jsonValue().filter((value) => !/\{\{|\$\{/.test(JSON.stringify(value)));
  fc.assert(
    fc.property(plain, (value) => {
      expect(settleJson(value as Json, scope)).toEqual({ ok: true, value });
    }),
    { numRuns: 300 },
  );
});

test('an escaped text settles to the text that was escaped', () => {
  const text = fc
    .array(fc.constantFrom('${', '{{', '}', 'a', ' ', '$', '{ '), { maxLength: 8 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (written) => {
      const escaped = written.replace(/\$\{|\{\{/g, (opening) => `\\${opening}`);
      expect(settleText(escaped, scope)).toEqual({ ok: true, value: written });
    }),
    { numRuns: 1_000 },
  );
});

test('a text literal written with escapes reads back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const literal = `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
      const parsed = parseExpression(literal);
      expect(parsed.ok && evaluate(parsed.value, scope)).toEqual({ ok: true, value });
    }),
    { numRuns: 500 },
  );
});

test('a number written as text reads back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const written = settleText(`n{{ ${value} }}`, scope);
      expect(written.ok && Number(String(written.value).slice(1))).toBe(value + 0);
    }),
    { numRuns: 500 },
  );
});

function expectPlain(value: Json): void {
  expect(['string', 'number', 'boolean', 'object']).toContain(typeof value);
  if (typeof value !== 'object' || value === null) return;
  expect([Object.prototype, Array.prototype, null]).toContain(Object.getPrototypeOf(value));
  for (const item of Object.values(value)) expectPlain(item);
}
