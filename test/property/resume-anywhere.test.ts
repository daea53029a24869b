import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPatterns } from '../../src/core/expression/pattern.ts';
import type { RunEvent } from '../../src/core/model/event.ts';
import type { Step, Workflow } from '../../src/core/model/workflow.ts';
import {
  type Disturbed,
  replayed,
  type Simulation,
  simulate,
  simulateAfterCrash,
  simulateResume,
} from '../rigs/simulate.ts';
import type { World } from '../rigs/world.ts';
import { endedAs, isShiftedByCrash, wrongCalls } from './crash-rules.ts';
import { type Case, randomCase, randomSelectedCase } from './random-workflow.ts';
import { predict } from './reference-model.ts';

/** `PROPERTY_SEED` replays a seed, `PROPERTY_RUNS` multiplies the number of cases. */
const replay = process.env.PROPERTY_SEED === undefined ? {} : { seed: Number(process.env.PROPERTY_SEED) };
const prolonged = Number(process.env.PROPERTY_RUNS ?? 1);
const minutes = 60_000;

beforeAll(loadPatterns);

describe('a run whose engine dies ends as if nothing had happened', () => {
  test('after any of its events', { timeout: 10 * minutes }, async () => {
    await fc.assert(
      fc.asyncProperty(randomCase(6).map(steadied), async (one) => {
        const whole = await undisturbed(one);
        for (let length = 1; length < whole.events.length; length++)
          await expectSameEnd(whole, [length], firstRun(one));
      }),
      { ...replay, numRuns: 150 * prolonged },
    );
  });

  test('when it is large or a selection takes part', { timeout: 10 * minutes }, async () => {
    const cases = fc.oneof(randomCase(30), randomSelectedCase()).map(steadied);
    await fc.assert(
      fc.asyncProperty(cases, fc.array(cut, { minLength: 4, maxLength: 4 }), async (one, cuts) => {
        const whole = await undisturbed(one);
        for (const at of cuts) await expectSameEnd(whole, [placeOf(at, 1, whole.events.length)], firstRun(one));
      }),
      { ...replay, numRuns: 400 * prolonged },
    );
  });

  test('and dies again and again while it is resumed', { timeout: 10 * minutes }, async () => {
    await fc.assert(
      fc.asyncProperty(
        randomCase(10).map(steadied),
        fc.array(cut, { minLength: 2, maxLength: 5 }),
        async (one, cuts) => {
          const whole = await undisturbed(one);
          await expectSameEnd(whole, cuts, firstRun(one));
        },
      ),
      { ...replay, numRuns: 600 * prolonged },
    );
  });

  test('after any event since it was opened again', { timeout: 10 * minutes }, async () => {
    await fc.assert(
      fc.asyncProperty(randomCase(6).map(steadied), async (one) => {
        const first = await undisturbed(one);
        const before = predict(one.workflow, one.world);
        fc.pre(before.status !== 'success');
        fc.pre(predict(one.workflow, one.resume, { before }).unclear.length === 0);
        const whole = await simulateResume(first.events, one.resume);
        const openedAt = first.events.length;
        for (let length = openedAt + 1; length < whole.events.length; length++)
          await expectSameEnd(whole, [length], { world: one.resume, openedAt });
      }),
      { ...replay, numRuns: 200 * prolonged },
    );
  });
});

type Opened = Pick<Disturbed, 'world' | 'openedAt'>;

/** Where a journal is cut: a count of events, or a share of what lies behind the last cut. */
type Cut = number | { readonly share: number };

const cut = fc.nat(999).map((thousandths): Cut => ({ share: thousandths / 1000 }));

function placeOf(at: Cut, least: number, end: number): number {
  return typeof at === 'number' ? at : Math.min(end - 1, least + Math.floor(at.share * (end - least)));
}

function firstRun({ world }: Case): Opened {
  return { world, openedAt: 0 };
}

async function undisturbed(one: Case): Promise<Simulation> {
  fc.pre(predict(one.workflow, one.world).unclear.length === 0);
  return simulate(one.workflow, one.world);
}

/** Cuts the journal, goes on, cuts what came of that further back, goes on, and so forth. */
async function expectSameEnd(whole: Simulation, cuts: readonly Cut[], { world, openedAt }: Opened): Promise<void> {
  let events: readonly RunEvent[] = whole.events;
  let least = 1;
  let made: Simulation | null = null;
  for (const at of cuts) {
    const length = placeOf(at, least, events.length);
    const recorded = events.slice(0, length);
    const state = replayed(recorded);
    if (state.phase === 'ended' || isShiftedByCrash(state)) break;
    made = await simulateAfterCrash(recorded, { world, openedAt, undisturbed: whole.events });
    expect(wrongCalls(recorded, made.attempts)).toEqual([]);
    events = made.events;
    // The resume itself is recorded: a death before that is one that never resumed.
    least = length + 1;
  }
  if (made !== null) expect(endedAs(made.view)).toEqual(endedAs(whole.view));
}

/**
 * The case without chance, because a resumed run draws other delays, and with something to see: outputs of steps,
 * writes to the state, outputs of the run.
 */
function steadied(one: Case): Case {
  const noJitter = (step: Step): Step => (step.retry ? { ...step, retry: { ...step.retry, jitter: 0 } } : step);
  const { steps, finally: last, defaults } = one.workflow;
  const workflow: Workflow = {
    ...one.workflow,
    steps: steps.map(noJitter),
    finally: last.map(noJitter),
    defaults: defaults.retry ? { ...defaults, retry: { ...defaults.retry, jitter: 0 } } : defaults,
    outputs: Object.fromEntries([
      ['last', { value: `\${{ state.last }}`, secret: false }],
      ...steps.map(({ id }) => [
        id,
        { value: `\${{ steps.${id}.outputs.made ?? "nothing" }} \${{ steps.${id}.status }}`, secret: false },
      ]),
    ]),
  };
  return { workflow, world: telling(one.world), resume: telling(one.resume) };
}

function telling(world: World): World {
  const steps = Object.entries(world.steps).map(([id, script]) => {
    const attempts = script.attempts.map((attempt, index) =>
      attempt.end.kind === 'success'
        ? { ...attempt, end: { ...attempt.end, outputs: { made: `${id} ${index}` }, stateWrites: { last: id } } }
        : attempt,
    );
    return [id, { ...script, attempts }] as const;
  });
  return { ...world, steps: Object.fromEntries(steps) };
}
