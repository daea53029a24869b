import { expect, test } from 'vitest';
import { parseExpression } from '../../../../src/core/expression/parse-expression.ts';
import { callsOf, referencesOf, usesPatterns } from '../../../../src/core/expression/references.ts';

function expression(text: string) {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function reads(text: string): readonly string[] {
  return referencesOf(expression(text)).map(({ root, path }) =>
    [root, ...path.map((key) => (key === null ? '?' : String(key)))].join('/'),
  );
}

test.each([
  ['config.a', ['config/a']],
  ['config', ['config']],
  ['variables.a', ['config/a']],
  ['steps.s.outputs.x', ['steps/s/outputs/x']],
  ["steps['s']['outputs'].x", ['steps/s/outputs/x']],
  ['step-outputs.s.x', ['steps/s/outputs/x']],
  ["step-outputs['s'].x", ['steps/s/outputs/x']],
  ['step-outputs.s', ['steps/s/outputs']],
  ['steps[config.id].outputs.x', ['steps/?/outputs/x', 'config/id']],
  ['steps', ['steps']],
  ['state.a', ['state/a']],
  ['context.state.a.b', ['state/a/b']],
  ["context.state.get('a')", ['state/a']],
  ["state.get('a').b", ['state/a/b']],
  ['state[config.k]', ['state/?', 'config/k']],
  ['state', ['state']],
  ['context.state', ['state']],
  ['context', ['context']],
  ['config.l[0].x', ['config/l/0/x']],
  ['config.l[config.i].x', ['config/l/?/x', 'config/i']],
  ['config.l.map(x => x.y + config.z)', ['config/l', 'config/z']],
  ['config.l.map(steps => steps.a)', ['config/l']],
  ["config.a.split(',')[0].b", ['config/a']],
  ['trim(config.a) + parameters.b', ['config/a', 'parameters/b']],
  ['a ? b : c ?? d || e && !f', ['a', 'b', 'c', 'd', 'e', 'f']],
  ['[a, [b]]', ['a', 'b']],
  ['a?.b?.c', ['a/b/c']],
  ['(a).b', ['a/b']],
  ["'text'.length", []],
  ['1 + 2', []],
])('%s reads %j', (text, expected) => {
  expect(reads(text)).toEqual(expected);
});

test('a reference says where it stands and how its root is written', () => {
  const [first, second] = referencesOf(expression('1 + variables.a.b == step-outputs.s.x'));
  expect(first).toMatchObject({ root: 'config', written: 'variables', start: 4, end: 17 });
  expect(second).toMatchObject({ root: 'steps', written: 'step-outputs', start: 21, end: 37 });
});

test('calls are functions and methods with their places; reading the state by get is none', () => {
  expect(callsOf(expression("trim(state.get('a').split(',').map(x => lower(x)))"))).toEqual([
    { kind: 'function', name: 'trim', start: 0, end: 50 },
    { kind: 'method', name: 'split', start: 19, end: 30 },
    { kind: 'method', name: 'map', start: 30, end: 49 },
    { kind: 'function', name: 'lower', start: 40, end: 48 },
  ]);
});

test('only a call of matches needs patterns', () => {
  expect(usesPatterns(expression("config.l.map(x => matches(x, 'a'))"))).toBe(true);
  expect(usesPatterns(expression("config.matches == 'matches'"))).toBe(false);
});
