import { expect, test } from 'vitest';
import { evaluate, evaluateCondition } from '../../../../src/core/expression/evaluate.ts';
import { parseCondition, parseExpression } from '../../../../src/core/expression/parse-expression.ts';
import { type Scope, scopeOfRoots } from '../../../../src/core/expression/scope.ts';
import type { Json } from '../../../../src/core/model/json.ts';

function expression(text: string) {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

/** A scope that notes what is asked of it. */
function recordingScope(): { readonly scope: Scope; readonly asked: string[] } {
  const asked: string[] = [];
  const note = (what: string, value: Json): Json => {
    asked.push(what);
    return value;
  };
  const scope = scopeOfRoots(
    {},
    {
      root: (name) => note(name, { a: 1 }),
      step: (id) => {
        asked.push(`step ${id}`);
        return null;
      },
      state: (key) => note(`state ${key}`, 'v'),
    },
  );
  return { scope, asked };
}

test.each([
  ['config.a == 1 || secrets.token', ['config']],
  ['config.x && steps.never.status', ['config']],
  ['config.a ? steps.s.status : steps.t.status', ['config', 'step s']],
  ["state.get('k') ?? config.a", ['state k']],
  ['variables.a', ['config']],
  ['step-outputs.s.x', ['step s']],
  ['[1].map(config => config)', []],
  ['1 + 1', []],
  ["context.state['k']", ['state k']],
  ['state', ['state']],
])('%s asks the scope for %j only', (text, expected) => {
  const { scope, asked } = recordingScope();
  evaluate(expression(text), scope);
  expect(asked).toEqual(expected);
});

test('the keys that mean something to the host are not even asked for', () => {
  const { scope, asked } = recordingScope();
  for (const text of ['constructor', 'state.constructor', "state.get('__proto__')", 'steps.prototype.outputs']) {
    expect(evaluate(expression(text), scope)).toEqual({ ok: true, value: null });
  }
  expect(asked).toEqual([]);
});

test('getters and functions of a value that is no plain data are not reached', () => {
  const host = { call: () => 'called', nested: { call: () => 'called' } } as unknown as Json;
  const scope = scopeOfRoots({ host });
  expect(evaluate(expression('host.call'), scope)).toEqual({ ok: true, value: null });
  expect(evaluate(expression('host.nested.call'), scope)).toEqual({ ok: true, value: null });
  expect(evaluate(expression('host.call()'), scope)).toMatchObject({ ok: false, error: { code: 'unknown-function' } });
});

test('an own key named __proto__ reads as missing', () => {
  const scope = scopeOfRoots({ m: JSON.parse('{"__proto__": {"polluted": true}, "a": 1}') as Json });
  expect(evaluate(expression('m.__proto__'), scope)).toEqual({ ok: true, value: null });
  expect(evaluate(expression('m.polluted'), scope)).toEqual({ ok: true, value: null });
});

test('a file hash that fails says why', () => {
  const scope = scopeOfRoots({}, { hashFiles: () => ({ ok: false, error: 'a.txt cannot be read' }) });
  expect(evaluate(expression("hashFiles('a.txt')"), scope)).toMatchObject({
    ok: false,
    error: { code: 'argument', message: expect.stringContaining('a.txt cannot be read') },
  });
});

test('a result of exactly the bound is given, one byte more is not', () => {
  const scope = scopeOfRoots({ fits: 'a'.repeat(1_048_576), wide: 'é'.repeat(524_288), over: 'a'.repeat(1_048_577) });
  expect(evaluate(expression('fits'), scope).ok).toBe(true);
  expect(evaluate(expression('wide'), scope).ok).toBe(true);
  expect(evaluate(expression('over'), scope)).toMatchObject({ ok: false, error: { code: 'limit' } });
  expect(evaluate(expression("wide + 'é'"), scope)).toMatchObject({ ok: false, error: { code: 'limit' } });
});

test('a large value may be read where the result is small', () => {
  const scope = scopeOfRoots({ over: { text: 'a'.repeat(3_000_000), part: 1 } });
  expect(evaluate(expression('over.part'), scope)).toEqual({ ok: true, value: 1 });
  expect(evaluate(expression('over.text.length'), scope)).toEqual({ ok: true, value: 3_000_000 });
});

test('a value deeper than the bound is refused and does not exhaust the stack', () => {
  let deep: Json = 1;
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];
  let same: Json = 1;
  for (let depth = 0; depth < 100_000; depth++) same = [same];
  const scope = scopeOfRoots({ deep, same });
  for (const text of [
    'deep',
    'toJSON(deep)',
    'deep == same',
    'join([deep])',
    "format('{0}', deep)",
    'contains([deep], same)',
  ]) {
    expect(evaluate(expression(text), scope)).toMatchObject({ ok: false, error: { code: 'limit' } });
  }
});

test('the fault of an evaluation points at the operator or call at fault', () => {
  const fault = evaluate(expression("config.a && trim(1) == 'x'"), scopeOfRoots({ config: { a: 1 } }));
  expect(fault).toMatchObject({ ok: false, error: { start: 12, end: 19 } });
});

test('messages never quote values, which may be secret', () => {
  const scope = scopeOfRoots({ secrets: { token: 'hunter2-token' } });
  for (const text of [
    'secrets.token.x',
    'secrets.token + 1',
    'fromJSON(secrets.token)',
    'semver(secrets.token)',
    '-secrets.token',
  ]) {
    const value = evaluate(expression(text), scope);
    expect(value.ok).toBe(false);
    expect(JSON.stringify(value)).not.toContain('hunter2');
  }
});

test('a condition is the truth of its value, and text that spells a boolean is refused', () => {
  const scope = scopeOfRoots({ a: [], b: 'false' });
  expect(evaluateCondition(expression('a'), scope)).toEqual({ ok: true, value: true });
  expect(evaluateCondition(expression('b'), scope)).toMatchObject({ ok: false, error: { code: 'condition-text' } });
});

test('the same text is parsed once', () => {
  expect(parseExpression('config.a + 1')).toBe(parseExpression('config.a + 1'));
  const [first, second] = [parseCondition('{{ config.b }}'), parseCondition('{{ config.b }}')];
  expect(first.ok && second.ok && first.value === second.value).toBe(true);
});

test('the offsets of a condition in a template count in the whole text', () => {
  const parsed = parseCondition('  {{ config.a }}');
  expect(parsed).toMatchObject({ ok: true, value: { start: 5, end: 13 } });
});
