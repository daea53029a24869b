import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkExpression } from '../../src/core/expression/check-expression.ts';
import { evaluate, evaluateCondition } from '../../src/core/expression/evaluate.ts';
import { parseCondition, parseExpression } from '../../src/core/expression/parse-expression.ts';
import { parseTemplate } from '../../src/core/expression/parse-template.ts';
import { loadPatterns } from '../../src/core/expression/pattern.ts';
import { type Scope, type StatusFacts, type StepFacts, scopeOfRoots } from '../../src/core/expression/scope.ts';
import { settleJson, settleTemplateText, settleText } from '../../src/core/expression/settle.ts';
import type { Json, JsonMap } from '../../src/core/model/json.ts';
import type { Result } from '../../src/core/model/result.ts';

/** What a case's expression can read; a case's own `given` stands over the file's. */
interface Given {
  readonly roots?: JsonMap;
  readonly steps?: { readonly [id: string]: Partial<StepFacts> };
  readonly state?: JsonMap;
  readonly now?: string;
  readonly hash?: string;
  readonly status?: StatusFacts;
  /** For fields: the handler's own placeholders, and what others give. */
  readonly own?: readonly string[];
  readonly placeholders?: { readonly [name: string]: string };
}

interface ExpectedFault {
  readonly code: string;
  readonly at?: number;
  /** A piece of the message. */
  readonly says?: string;
  /** A piece of the hint. */
  readonly hint?: string;
}

interface Case {
  /** A bare expression. */
  readonly expression?: string;
  /** A whole condition: the value is true or false. */
  readonly condition?: string;
  /** A text with templates. */
  readonly template?: string;
  readonly nullAsText?: boolean;
  /** A handler's field with placeholders; the value is its parts. */
  readonly field?: string;
  /** A value that is settled as a whole. */
  readonly settle?: Json;
  /** An expression that is only checked. */
  readonly check?: string;
  readonly rules?: {
    readonly roots?: readonly string[];
    readonly statusFunctions?: boolean;
    readonly condition?: boolean;
  };
  readonly given?: Given;
  readonly value?: Json;
  readonly error?: ExpectedFault;
  readonly faults?: readonly ExpectedFault[];
}

interface Table {
  readonly about: string;
  readonly given?: Given;
  readonly cases: readonly Case[];
}

const folder = new URL('./expression/', import.meta.url);
const tables = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => ({ name, table: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Table }));

beforeAll(loadPatterns);

test('the tables hold hundreds of cases', () => {
  expect(tables.length).toBeGreaterThanOrEqual(12);
  expect(tables.reduce((sum, { table }) => sum + table.cases.length, 0)).toBeGreaterThanOrEqual(1_400);
});

for (const { name, table } of tables) {
  describe(`${name}: ${table.about}`, () => {
    test.each(table.cases.map((each, index) => [titleOf(each), each, index] as const))(
      '%s (case %#)',
      (_title, each) => {
        runCase(each, { ...table.given, ...each.given });
      },
    );
  });
}

function titleOf({ expression, condition, template, field, settle, check }: Case): string {
  const text = expression ?? condition ?? template ?? field ?? check ?? JSON.stringify(settle);
  const line = text.replace(/[^ -~]+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}

function runCase(each: Case, given: Given): void {
  if (each.check !== undefined) expectFaults(checkFaults(each, each.check), each.faults ?? []);
  else expectOutcome(outcomeOf(each, scopeOf(given), given), each);
}

interface Fault {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly start: number;
}

function outcomeOf(each: Case, scope: Scope, given: Given): Result<unknown, readonly Fault[]> {
  if (each.expression !== undefined) {
    const parsed = parseExpression(each.expression);
    return single(parsed.ok ? evaluate(parsed.value, scope) : parsed);
  }
  if (each.condition !== undefined) {
    const parsed = parseCondition(each.condition);
    return single(parsed.ok ? evaluateCondition(parsed.value, scope) : parsed);
  }
  if (each.template !== undefined) {
    const parsed = parseTemplate(each.template);
    return parsed.ok ? single(settleText(each.template, scope, { nullAsText: each.nullAsText ?? false })) : parsed;
  }
  if (each.field !== undefined) {
    const parsed = parseTemplate(each.field, { placeholders: true });
    const placeholders = { own: given.own ?? [], resolve: (name: string) => placeholderOf(given, name) };
    if (!parsed.ok) return parsed;
    const settled = single(settleTemplateText(each.field, scope, placeholders));
    return settled.ok
      ? { ok: true, value: (settled.value as { template: unknown } | null)?.template ?? null }
      : settled;
  }
  const settled = settleJson(each.settle ?? null, scope);
  return single(settled.ok ? { ok: true, value: settled.value ?? null } : settled);
}

function placeholderOf({ placeholders = {} }: Given, name: string): string | null {
  return Object.hasOwn(placeholders, name) ? (placeholders[name] ?? null) : null;
}

function single<T>(result: Result<T, Fault>): Result<T, readonly Fault[]> {
  return result.ok ? result : { ok: false, error: [result.error] };
}

function checkFaults({ rules = {} }: Case, text: string): readonly Fault[] {
  const parsed = parseExpression(text);
  if (!parsed.ok) return [parsed.error];
  return checkExpression(parsed.value, {
    roots: new Set(rules.roots ?? ['parameters', 'config', 'variables', 'steps', 'step-outputs', 'state', 'context']),
    statusFunctions: rules.statusFunctions ?? false,
    condition: rules.condition ?? false,
  });
}

function expectOutcome(outcome: Result<unknown, readonly Fault[]>, { value, error, faults }: Case): void {
  if (error || faults) {
    expect(outcome).toMatchObject({ ok: false });
    if (!outcome.ok) expectFaults(outcome.error, faults ?? (error ? [error] : []));
    return;
  }
  expect(outcome).toEqual({ ok: true, value });
}

function expectFaults(found: readonly Fault[], expected: readonly ExpectedFault[]): void {
  expect(found.map((fault) => fault.code)).toEqual(expected.map((fault) => fault.code));
  for (const [index, { at, says, hint }] of expected.entries()) {
    if (at !== undefined) expect(found[index]?.start).toBe(at);
    if (says !== undefined) expect(found[index]?.message).toContain(says);
    if (hint !== undefined) expect(found[index]?.hint).toContain(hint);
  }
}

function scopeOf({ roots = {}, steps = {}, state = {}, now, hash, status }: Given): Scope {
  return scopeOfRoots(roots, {
    step: (id) => (Object.hasOwn(steps, id) ? { ...noFacts, ...steps[id] } : null),
    state: (key) => (Object.hasOwn(state, key) ? (state[key] ?? null) : null),
    now: () => now ?? '2026-01-02T03:04:05.678Z',
    hashFiles: (patterns) =>
      hash === undefined
        ? { ok: false, error: 'no such folder' }
        : { ok: true, value: `${hash}:${patterns.join('|')}` },
    status: () => status ?? null,
  });
}

const noFacts: StepFacts = { outputs: {}, status: 'pending', error: null, attempts: 0, visits: 0, duration_ms: null };
