import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Case } from './random-workflow.ts';
import { randomCase, randomSelectedCase } from './random-workflow.ts';
import { predict } from './reference-model.ts';
import type { Verdict } from './verdict.ts';

const seed = 7_041_776;

function verdictsOf(cases: readonly Case[]): readonly Verdict[] {
  return cases.map(({ workflow, world }) => predict(workflow, world));
}

describe('random cases', () => {
  const cases = fc.sample(randomCase(), { numRuns: 1500, seed });
  const verdicts = verdictsOf(cases);
  const steps = verdicts.flatMap((verdict) => [...verdict.steps.values()]);

  test.each(['success', 'partial', 'failed', 'cancelled'])('end %s in a fair part of the runs', (status) => {
    expect(verdicts.filter((verdict) => verdict.status === status).length).toBeGreaterThan(cases.length / 25);
  });

  test.each(['disabled', 'edge', 'blocked', 'condition', 'handler', 'run-ended'])(
    'have steps skipped as %s',
    (kind) => {
      expect(steps.filter((step) => step.skipped?.kind === kind).length).toBeGreaterThan(100);
    },
  );

  test.each(['exit', 'handler', 'crashed', 'timeout', 'configuration'])('have steps that fail with kind %s', (kind) => {
    expect(steps.filter((step) => step.failureKind === kind).length).toBeGreaterThan(100);
  });

  test('retry, and are ended by a cancel and by the timeout of the run', () => {
    expect(steps.filter((step) => step.attempts > 1).length).toBeGreaterThan(500);
    expect(steps.filter((step) => step.status === 'cancelled').length).toBeGreaterThan(100);
    expect(verdicts.filter((verdict) => verdict.timedOut).length).toBeGreaterThan(20);
  });

  test('are large and small', () => {
    const sizes = new Set(cases.map(({ workflow }) => workflow.steps.length));
    expect(Math.min(...sizes)).toBe(1);
    expect(Math.max(...sizes)).toBe(30);
  });

  test('are nearly all decided by the language', () => {
    expect(verdicts.filter((verdict) => verdict.unclear.length > 0).length).toBeLessThan(cases.length / 10);
  });

  test('shrink to one plain step', () => {
    const found: Case[] = [];
    const refuse = fc.property(randomCase(), (_one) => false);
    const report = (details: fc.RunDetails<[Case]>): void => void found.push(...(details.counterexample ?? []));
    fc.assert(refuse, { seed, reporter: report });
    const shrunk = found[0];
    expect(shrunk?.workflow.steps.map(({ id, dependencies, retry }) => ({ id, dependencies, retry }))).toEqual([
      { id: 's0', dependencies: null, retry: undefined },
    ]);
    expect(shrunk?.workflow.finally).toEqual([]);
  });
});

test('selected cases have steps that are not selected and steps that run', () => {
  const steps = verdictsOf(fc.sample(randomSelectedCase(), { numRuns: 500, seed })).flatMap((verdict) => [
    ...verdict.steps.values(),
  ]);
  expect(steps.filter((step) => step.skipped?.kind === 'not-selected').length).toBeGreaterThan(500);
  expect(steps.filter((step) => step.status === 'success').length).toBeGreaterThan(500);
});
