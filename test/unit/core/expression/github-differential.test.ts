import { data, Evaluator, Parser as GithubParser, Lexer, wellKnownFunctions } from '@actions/expressions';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../../../../src/core/expression/evaluate.ts';
import { parseExpression } from '../../../../src/core/expression/parse-expression.ts';
import { scopeOfRoots } from '../../../../src/core/expression/scope.ts';
import type { JsonMap } from '../../../../src/core/model/json.ts';

const roots: JsonMap = {
  config: { name: 'vwmp', count: 3, on: true, off: false, nothing: null, list: ['a', 'b', 'c'], 'with-hyphen': 'x' },
};

function ours(text: string): unknown {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  const value = evaluate(parsed.value, scopeOfRoots(roots));
  if (!value.ok) throw new Error(`${text}: ${value.error.message}`);
  return value.value;
}

function github(text: string): unknown {
  const context = JSON.parse(JSON.stringify(roots), data.reviver) as data.Dictionary;
  const { tokens } = new Lexer(text).lex();
  const parsed = new GithubParser(tokens, Object.keys(roots), Object.values(wellKnownFunctions)).parse();
  const value = new Evaluator(parsed, context).evaluate();
  return JSON.parse(JSON.stringify(value, data.replacer)) as unknown;
}

/** Expressions of one kind each, in the words that both languages share and without coercions. */
const { truth, text } = fc.letrec((tie) => {
  const truthOf = tie('truth') as fc.Arbitrary<string>;
  const textOf = tie('text') as fc.Arbitrary<string>;
  const number = fc.oneof(
    fc.integer({ min: -1000, max: 1000 }).map(String),
    fc.constantFrom('0.5', '1e3', '0xff', 'config.count'),
  );
  const literal = fc.string({ unit: fc.constantFrom(...'abc {}.,'), maxLength: 5 }).map((value) => `'${value}'`);
  const pair = <T>(each: fc.Arbitrary<T>) => fc.tuple(each, each);
  return {
    truth: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('true', 'false', 'config.on', 'config.off'),
      truthOf.map((a) => `!${a}`),
      pair(truthOf).map(([a, b]) => `(${a} && ${b})`),
      pair(truthOf).map(([a, b]) => `(${a} || ${b})`),
      pair(truthOf).map(([a, b]) => `(${a} == ${b})`),
      fc
        .tuple(number, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), number)
        .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
      fc.tuple(textOf, fc.constantFrom('==', '!='), textOf).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
      fc
        .tuple(fc.constantFrom('contains', 'startsWith', 'endsWith'), textOf, textOf)
        .map(([f, a, b]) => `${f}(${a}, ${b})`),
      textOf.map((a) => `contains(config.list, ${a})`),
      textOf.map((a) => `(${a} == null)`.replace(a, 'config.nothing')),
    ),
    text: fc.oneof(
      { maxDepth: 3 },
      literal,
      fc.constantFrom('config.name', "config['name']", 'config.list[1]', 'config.with-hyphen', "config['with-hyphen']"),
      pair(textOf).map(([a, b]) => `format('{0}-{{{1}}}', ${a}, ${b})`),
      number.map((a) => `format('{0}', ${a})`),
      truthOf.map((a) => `format('{0}', ${a})`),
      fc.constantFrom('join(config.list)', "join(config.list, '+')"),
      pair(textOf).map(([a, b]) => `(${a} && ${b})`),
      pair(textOf).map(([a, b]) => `(${a} || ${b})`),
      textOf.map((a) => `fromJSON(toJSON(${a}))`),
    ),
  };
});

test("in the shared words, without coercion, a value is the one that GitHub's evaluator gives", () => {
  fc.assert(
    fc.property(fc.oneof(truth, text), (expression) => {
      expect(ours(expression as string)).toEqual(github(expression as string));
    }),
    { numRuns: 1_000 },
  );
});

test.each<[string, string | boolean, string | boolean, string]>([
  ["'a' == 'A'", false, true, 'texts are compared with case'],
  ["1 == '1'", false, true, 'no coercion in equality'],
  ['null == 0', false, true, 'no coercion of null'],
  ["'' == 0", false, true, 'no coercion of text'],
  ["contains('ABC', 'b')", false, true, 'functions compare with case'],
  ["contains(config.list, 'A')", false, true, 'lists are searched with case'],
  ["startsWith('ABC', 'a')", false, true, 'functions compare with case'],
  ['toJSON(config.list)', '["a","b","c"]', '[\n  "a",\n  "b",\n  "c"\n]', 'JSON is compact unless an indent is given'],
  ["'a\\\\b'", 'a\\b', 'a\\\\b', 'a backslash escapes'],
])('%s differs from GitHub on purpose: %s, not %s (%s)', (expression, mine, theirs) => {
  expect(ours(expression)).toEqual(mine);
  expect(github(expression)).toEqual(theirs);
});

test.each([
  ["1 < '2'", 'kinds are not mixed in comparisons'],
  ["contains(1, '1')", 'arguments are not coerced'],
  ["format('{0}', null)", 'null is not written as text'],
  ["join('a', ',')", 'join takes a list'],
  ['fromJSON(1)', 'fromJSON takes text'],
  ["'abc'.x", 'only maps have keys'],
])('%s is a fault here although GitHub gives a value: %s', (expression) => {
  const parsed = parseExpression(expression);
  expect(parsed.ok && evaluate(parsed.value, scopeOfRoots(roots)).ok).toBe(false);
  if (!expression.includes("'.x")) expect(() => github(expression)).not.toThrow();
});
