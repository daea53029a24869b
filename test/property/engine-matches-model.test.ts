import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPatterns } from '../../src/core/expression/pattern.ts';
import type { RunEvent } from '../../src/core/model/event.ts';
import type { RunView } from '../../src/core/model/run-view.ts';
import { simulate, simulateResume } from '../rigs/simulate.ts';
import { disagreements } from './compare.ts';
import { observe } from './observation.ts';
import { brokenOrderRules } from './order-rules.ts';
import { type Case, randomCase, randomSelectedCase } from './random-workflow.ts';
import { predict } from './reference-model.ts';
import type { Verdict } from './verdict.ts';

/**
 * Each run draws new cases; a failure prints its seed and the smallest case. `PROPERTY_SEED` in the environment
 * replays a seed, `PROPERTY_RUNS` multiplies the number of cases.
 */
const replay = process.env.PROPERTY_SEED === undefined ? {} : { seed: Number(process.env.PROPERTY_SEED) };
const prolonged = Number(process.env.PROPERTY_RUNS ?? 1);
const minutes = 60_000;

function runsOf(numRuns: number): fc.Parameters<[Case]> {
  return { ...replay, numRuns: Math.ceil(numRuns * prolonged) };
}

interface Simulated {
  readonly view: RunView;
  readonly events: readonly RunEvent[];
}

interface Judgement {
  readonly verdict: Verdict;
  /** What the engine got wrong. Where the language does not decide the case, the rules of order still hold. */
  readonly faults: readonly string[];
}

function judge(one: Case, seen: Simulated, before?: Verdict): Judgement {
  const observation = observe(seen.view, seen.events);
  const world = before ? one.resume : one.world;
  const verdict = predict(one.workflow, world, { delays: observation.delays, ...(before ? { before } : {}) });
  const wrong = verdict.unclear.length === 0 ? disagreements(verdict, observation) : [];
  return { verdict, faults: [...wrong, ...brokenOrderRules(one.workflow, observation)] };
}

async function expectFirstRunAsModelled(one: Case): Promise<void> {
  expect(judge(one, await simulate(one.workflow, one.world)).faults).toEqual([]);
}

beforeAll(loadPatterns);

describe('the engine does what the reference model says', () => {
  test('with workflows of up to 6 steps', { timeout: 10 * minutes }, async () => {
    const property = fc.asyncProperty(randomCase(6), expectFirstRunAsModelled);
    await fc.assert(property, runsOf(4000));
  });

  test('with workflows of up to 30 steps', { timeout: 10 * minutes }, async () => {
    const property = fc.asyncProperty(randomCase(30), expectFirstRunAsModelled);
    await fc.assert(property, runsOf(2000));
  });

  test('with a selection', { timeout: 10 * minutes }, async () => {
    const property = fc.asyncProperty(randomSelectedCase(), expectFirstRunAsModelled);
    await fc.assert(property, runsOf(2000));
  });

  test('when it resumes a run that did not end in success', { timeout: 10 * minutes }, async () => {
    const property = fc.asyncProperty(randomCase(8), async (one) => {
      const seen = await simulate(one.workflow, one.world);
      const { verdict } = judge(one, seen);
      fc.pre(verdict.unclear.length === 0 && verdict.status !== 'success');
      expect(judge(one, await simulateResume(seen.events, one.resume), verdict).faults).toEqual([]);
    });
    await fc.assert(property, runsOf(2000));
  });
});
