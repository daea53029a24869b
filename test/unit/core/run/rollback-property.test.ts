import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPatterns } from '../../../../src/core/expression/pattern.ts';
import type { RunEvent } from '../../../../src/core/model/event.ts';
import type { UndoOutcome } from '../../../../src/core/model/rollback.ts';
import type { Workflow } from '../../../../src/core/model/workflow.ts';
import { failsAfter, succeedsAfter, worldOf } from '../../../property/written-cases.ts';
import { makeStep, makeWorkflow, type WrittenStep } from '../../../rigs/definitions.ts';
import { type Simulation, simulate, simulateResume } from '../../../rigs/simulate.ts';
import type { StepScript, World } from '../../../rigs/world.ts';

/** `PROPERTY_SEED` replays a seed, `PROPERTY_RUNS` multiplies the number of cases. */
const replay = process.env.PROPERTY_SEED === undefined ? {} : { seed: Number(process.env.PROPERTY_SEED) };
const prolonged = Number(process.env.PROPERTY_RUNS ?? 1);

const handlers = {
  /** Leaves nothing. */
  none: 'test.step',
  undo: 'test.undoable',
  'undo-with-care': 'test.careful',
  never: 'test.final',
} as const;

const drawnStep = fc.record({
  kind: fc.constantFrom<keyof typeof handlers>('undo', 'none', 'undo-with-care', 'undo', 'never'),
  /** It brings a rollback of its own. */
  own: fc.boolean(),
  needs: fc.array(fc.nat(5), { maxLength: 2 }),
  durationMs: fc.integer({ min: 1, max: 6 }).map((units) => units * 1000),
  end: fc.constantFrom<'success' | 'failure' | 'optional failure' | 'skip'>(
    'success',
    'success',
    'success',
    'success',
    'failure',
    'optional failure',
    'skip',
  ),
  /** What its undo comes to, attempt by attempt; beyond: undone. */
  undo: fc.array(fc.constantFrom<UndoOutcome['kind']>('undone', 'failed', 'left'), { maxLength: 2 }),
  undoAttempts: fc.integer({ min: 1, max: 2 }),
});
type DrawnStep = typeof drawnStep extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const drawnRun = fc.record({
  steps: fc.array(drawnStep, { minLength: 1, maxLength: 8 }),
  maxParallel: fc.integer({ min: 1, max: 4 }),
});
type DrawnRun = typeof drawnRun extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const outcomes: { readonly [kind in UndoOutcome['kind']]: UndoOutcome } = {
  undone: { kind: 'undone' },
  left: { kind: 'left', reason: 'somebody moved it', commands: [] },
  failed: { kind: 'failed', failure: { kind: 'handler', message: 'the door is shut' } },
};

const idOf = (index: number) => `s${index}`;
/** Distinct, so that no two steps end at one moment. */
const momentOf = ({ durationMs }: DrawnStep, index: number) => durationMs + index;

function needsOf({ needs }: DrawnStep, index: number): readonly number[] {
  return index === 0 ? [] : [...new Set(needs.map((back) => index - 1 - (back % index)))];
}

function workflowOf({ steps, maxParallel }: DrawnRun): Workflow {
  const retry = ({ undoAttempts }: DrawnStep) =>
    ({ maxAttempts: undoAttempts, delay: '1s', jitter: 0, on: ['handler'] }) as const;
  const written = steps.map((step, index): [string, WrittenStep] => [
    idOf(index),
    {
      handler: handlers[step.kind],
      needs: needsOf(step, index).map(idOf),
      required: step.end !== 'optional failure',
      retry: retry(step),
      ...(step.end === 'skip' && { condition: 'false' }),
      ...(step.own && { rollback: makeStep(`${idOf(index)}/rollback`, { needs: [], retry: retry(step) }) }),
    },
  ]);
  return makeWorkflow(Object.fromEntries(written), { onFailure: 'rollback', order: 'graph', maxParallel });
}

function worldFor({ steps }: DrawnRun): World {
  const scripts = steps.map((step, index): [string, Partial<StepScript>] => {
    const ends = step.end === 'success' ? succeedsAfter : (ms: number) => failsAfter(ms, 'exit');
    return [
      idOf(index),
      {
        attempts: [ends(momentOf(step, index))],
        undo: step.undo.map((kind) => outcomes[kind]),
        condition: step.end !== 'skip',
      },
    ];
  });
  return worldOf(Object.fromEntries(scripts));
}

interface Expected {
  /** Every call of an undo, in order: step and attempt. */
  readonly calls: readonly string[];
  /** What became of each step, the newest first: step and outcome. */
  readonly ends: readonly string[];
}

/** From the words of the language and of decision 0009, and the order in which steps ended. */
function expectedOf({ steps }: DrawnRun, endedInSuccess: readonly number[]): Expected {
  const calls: string[] = [];
  const ends: string[] = [];
  /** What a handler left standing, or could not take back, keeps what it was built on. */
  const kept = new Set<number>();
  let beyond = false;
  for (const index of endedInSuccess.toReversed()) {
    const step = steps[index];
    if (step === undefined || (step.kind === 'none' && !step.own)) continue;
    if (step.kind === 'never' && !step.own) beyond = true;
    const isLeft = beyond || (kept.has(index) && !step.own);
    const tried = isLeft ? null : triesOf(step);
    for (let attempt = 1; attempt <= (tried?.attempts ?? 0); attempt++) calls.push(`${idOf(index)} ${attempt}`);
    const kind = tried?.kind ?? 'left';
    ends.push(`${idOf(index)} ${kind}`);
    if (kind !== 'undone' && !step.own) for (const above of upstreamOf(steps, index)) kept.add(above);
  }
  return { calls, ends };
}

/** The handler of a rollback of its own succeeds always, as the step did. */
function triesOf({ own, undo, undoAttempts }: DrawnStep): {
  readonly attempts: number;
  readonly kind: UndoOutcome['kind'];
} {
  if (own) return { attempts: 1, kind: 'undone' };
  for (let attempt = 1; ; attempt++) {
    const kind = undo[attempt - 1] ?? 'undone';
    if (kind !== 'failed' || attempt === undoAttempts) return { attempts: attempt, kind };
  }
}

function upstreamOf(steps: readonly DrawnStep[], index: number): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [index];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const step = steps[at];
    for (const need of step ? needsOf(step, at) : []) {
      if (!found.has(need)) open.push(need);
      found.add(need);
    }
  }
  return found;
}

/** Steps that ended in success before the first end of the run, in the order in which they did. */
function successesIn(events: readonly RunEvent[]): readonly number[] {
  return events.flatMap((event) =>
    event.kind === 'step-ended' && event.outcome.kind === 'success' ? [Number(event.address.slice(1))] : [],
  );
}

function undoCalls(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => (event.kind === 'undo-started' ? [`${event.address} ${event.attempt}`] : []));
}

function endsOf({ view }: Simulation): readonly string[] {
  return (view.rollback?.steps ?? []).map(({ address, status }) => `${address} ${status}`);
}

function failed({ steps }: DrawnRun, { view }: Simulation): boolean {
  return view.steps.some(({ status }, index) => status === 'failed' && steps[index]?.end === 'failure');
}

beforeAll(loadPatterns);

describe('a rollback of a random graph', () => {
  test(
    'undoes exactly the completed steps that have an undo, each once, what depends on others before them',
    async () => {
      let rolledBack = 0;
      const property = fc.asyncProperty(drawnRun, async (drawn) => {
        const run = await simulate(workflowOf(drawn), worldFor(drawn));
        if (!failed(drawn, run)) {
          expect([run.view.rollback, undoCalls(run.events)]).toEqual([null, []]);
          return;
        }
        const successes = successesIn(run.events);
        const { calls, ends } = expectedOf(drawn, successes);
        expect(undoCalls(run.events)).toEqual(calls);
        expect(endsOf(run)).toEqual(ends);
        if (calls.length > 0) rolledBack++;

        const handlersAsked = calls.filter((call) => !drawn.steps[Number(call.split(' ')[0]?.slice(1))]?.own);
        expect(run.undone).toHaveLength(handlersAsked.length);
        const undone = run.view.steps.flatMap(({ id, status }) => (status === 'undone' ? [`${id} undone`] : []));
        expect(undone.toSorted()).toEqual(ends.filter((end) => end.endsWith(' undone')).toSorted());
        expect(run.view.status).toBe('failed');

        const order = [...new Set(calls.map((call) => Number(call.split(' ')[0]?.slice(1))))];
        for (const [place, index] of order.entries()) {
          for (const above of upstreamOf(drawn.steps, index)) expect(order.slice(0, place)).not.toContain(above);
        }
      });
      await fc.assert(property, { ...replay, numRuns: 2000 * prolonged });
      if (replay.seed === undefined) expect(rolledBack).toBeGreaterThan(200 * prolonged);
    },
    60_000 * prolonged,
  );

  test(
    'ends the same when the engine dies after any of its events, and undoes nothing again that is recorded',
    async () => {
      const property = fc.asyncProperty(drawnRun, async (drawn) => {
        const world = worldFor(drawn);
        const whole = await simulate(workflowOf(drawn), world);
        const from = whole.events.findIndex(({ kind }) => kind === 'rollback-started');
        fc.pre(from !== -1);
        for (let length = from; length < whole.events.length; length++) {
          const recorded = whole.events.slice(0, length);
          const resumed = await simulateResume(recorded, world);
          expect(endsOf(resumed), `died after ${recorded.at(-1)?.kind}`).toEqual(endsOf(whole));
          const done = recorded.flatMap((event) => (event.kind === 'step-undone' ? [event.address as string] : []));
          const again = resumed.undone.map((id) => id.replace('!', ''));
          for (const address of done) expect(again).not.toContain(address);
          expect(undoCalls(resumed.events).filter((call) => undoCalls(whole.events).indexOf(call) === -1)).toEqual([]);
        }
      });
      await fc.assert(property, { ...replay, numRuns: 250 * prolonged });
    },
    60_000 * prolonged,
  );
});
