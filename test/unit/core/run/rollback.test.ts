import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../src/core/model/event.ts';
import { addressOf, stepId } from '../../../../src/core/model/ids.ts';
import type { UndoOutcome } from '../../../../src/core/model/rollback.ts';
import type { Workflow } from '../../../../src/core/model/workflow.ts';
import { transition } from '../../../../src/core/run/transition.ts';
import { viewOf } from '../../../../src/core/run/view.ts';
import { failsAfter, succeedsAfter } from '../../../property/written-cases.ts';
import { makeStep, makeWorkflow, type WrittenStep } from '../../../rigs/definitions.ts';
import { replayed, type Simulation, simulate, simulateResume, simulateRollback } from '../../../rigs/simulate.ts';
import { plainStep, plainWorld, type StepScript, type World } from '../../../rigs/world.ts';

const undoable = { handler: 'test.undoable' } as const;
const careful = { handler: 'test.careful' } as const;
const final = { handler: 'test.final' } as const;
const fails = { attempts: [failsAfter(1000)] };
const cannot: UndoOutcome = { kind: 'failed', failure: { kind: 'handler', message: 'the door is shut' } };
const stands: UndoOutcome = { kind: 'left', reason: 'somebody moved it', commands: ['git push --delete'] };

function rollsBack(steps: { readonly [id: string]: WrittenStep }, more: Partial<Workflow> = {}): Workflow {
  return makeWorkflow(steps, { onFailure: 'rollback', ...more });
}

function world(steps: { readonly [id: string]: Partial<StepScript> }, more: Partial<World> = {}): World {
  const scripts = Object.entries(steps).map(([id, script]) => [id, { ...plainStep, ...script }] as const);
  return { ...plainWorld, steps: Object.fromEntries(scripts), ...more };
}

function statuses({ view }: Simulation): { readonly [id: string]: string } {
  return Object.fromEntries(view.steps.map((step) => [step.id, step.status]));
}

function rolledBack({ view }: Simulation): readonly string[] {
  return (view.rollback?.steps ?? []).map(({ address, status }) => `${address} ${status}`);
}

describe('`on_failure: rollback`', () => {
  it('undoes completed steps in reverse order of completion, optional ones too, and the run stays failed', async () => {
    const run = await simulate(
      rollsBack({ a: undoable, b: { ...undoable, required: false }, c: undoable, z: {} }),
      world({ z: fails }),
    );
    expect(run.undone).toEqual(['c', 'b', 'a']);
    expect(statuses(run)).toEqual({ a: 'undone', b: 'undone', c: 'undone', z: 'failed' });
    expect(run.view.status).toBe('failed');
    expect(run.view.error).toMatchObject({ step: 'z' });
  });

  it('goes by the order in which steps ended, not by the order in which they are written', async () => {
    const steps = { slow: undoable, fast: undoable, z: { needs: ['slow', 'fast'] } };
    const run = await simulate(
      rollsBack(steps, { order: 'graph', maxParallel: 3 }),
      world({ slow: { attempts: [succeedsAfter(5000)] }, fast: { attempts: [succeedsAfter(1000)] }, z: fails }),
    );
    expect(run.undone).toEqual(['slow', 'fast']);
  });

  it('passes over steps that left nothing, and leaves failed and skipped ones alone', async () => {
    const run = await simulate(
      rollsBack({ a: undoable, plain: {}, skipped: { ...undoable, condition: 'false' }, z: undoable }),
      world({ skipped: { condition: false }, z: fails }),
    );
    expect(run.undone).toEqual(['a']);
    expect(rolledBack(run)).toEqual(['a undone']);
  });

  it('ends before the first step that can never be undone, and lists what is left with the command for it', async () => {
    const run = await simulate(rollsBack({ a: undoable, p: final, b: undoable, z: {} }), world({ z: fails }));
    expect(run.undone).toEqual(['b']);
    expect(statuses(run)).toMatchObject({ a: 'success', p: 'success', b: 'undone' });
    expect(run.view.rollback?.steps).toMatchObject([
      { address: 'b', status: 'undone' },
      { address: 'p', status: 'left', message: 'what it did cannot be undone', commands: [] },
      { address: 'a', status: 'left', commands: [`vwmp rollback ${run.view.runId} --only a`] },
    ]);
  });

  it('reports an undo that fails beside the first error, and goes on with what that was not built on', async () => {
    const steps = { a: { ...undoable, needs: [] }, b: { ...undoable, needs: [] }, z: { needs: ['a', 'b'] } };
    const run = await simulate(rollsBack(steps, { maxParallel: 1 }), world({ b: { undo: [cannot] }, z: fails }));
    expect(run.undone).toEqual(['b!', 'a']);
    expect(run.view.error).toMatchObject({ step: 'z' });
    expect(run.view.rollback?.steps).toMatchObject([
      { address: 'b', status: 'failed', message: 'the door is shut', commands: [expect.stringContaining('--only b')] },
      { address: 'a', status: 'undone' },
    ]);
    expect(statuses(run)).toMatchObject({ a: 'undone', b: 'success' });
  });

  it('leaves what that was built on, which would be taken away from under it', async () => {
    const run = await simulate(
      rollsBack({ a: undoable, b: undoable, z: {} }),
      world({ b: { undo: [cannot] }, z: fails }),
    );
    expect(run.undone).toEqual(['b!']);
    expect(run.view.rollback?.steps).toMatchObject([
      { address: 'b', status: 'failed' },
      { address: 'a', status: 'left', message: '"b", which was built on it, could not be taken back' },
    ]);
  });

  it('lets what a standing effect was built on stand too, but not what stands beside it', async () => {
    const steps = {
      base: { ...undoable, needs: [] },
      beside: { ...undoable, needs: [] },
      push: { ...careful, needs: ['base'] },
      z: { needs: ['push', 'beside'] },
    };
    const run = await simulate(rollsBack(steps, { maxParallel: 1 }), world({ push: { undo: [stands] }, z: fails }));
    expect(run.undone).toEqual(['push!', 'beside']);
    expect(run.view.rollback?.steps.find(({ address }) => address === 'base')).toMatchObject({
      status: 'left',
      message: '"push", which was built on it, stands',
    });
  });

  it("runs a step's own rollback with its own retry, in place of what the handler would do", async () => {
    const rollback = makeStep('a/rollback', { needs: [], retry: { maxAttempts: 2, delay: '1s', jitter: 0 } });
    const run = await simulate(rollsBack({ a: { ...final, rollback }, z: {} }), world({ z: fails }));
    expect(run.calls).toEqual(['a', 'z', 'a']);
    expect(statuses(run)).toMatchObject({ a: 'undone' });
  });

  it('tries again as the retry of the step says', async () => {
    const retry = { maxAttempts: 2, delay: '1s', jitter: 0, on: ['handler'] };
    const run = await simulate(
      rollsBack({ a: { ...undoable, retry }, z: {} }),
      world({ a: { undo: [cannot] }, z: fails }),
    );
    expect(run.undone).toEqual(['a!', 'a']);
    expect(run.events.map(({ kind }) => kind)).toContain('undo-failed');
    expect(statuses(run)).toMatchObject({ a: 'undone' });
  });

  it('does not follow a cancel', async () => {
    const run = await simulate(rollsBack({ a: undoable, b: undoable, z: {} }), world({}, { cancelAt: 1500 }));
    expect(run.view.status).toBe('cancelled');
    expect(run.undone).toEqual([]);
    expect(run.view.rollback).toBeNull();
  });

  it('does not follow the failure of an optional step', async () => {
    const run = await simulate(rollsBack({ a: undoable, z: { required: false } }), world({ z: fails }));
    expect(run.view.status).toBe('partial');
    expect(run.undone).toEqual([]);
  });

  it('comes before `finally`, which sees what was undone', async () => {
    const workflow = rollsBack(
      { a: undoable, z: {} },
      {
        finally: [makeStep('f', { required: false, condition: "steps.a.status == 'undone'" })],
      },
    );
    const run = await simulate(workflow, world({ z: fails }));
    expect(statuses(run)).toMatchObject({ a: 'undone', f: 'success' });
    const order = run.events.map((event) => event.kind);
    expect(order.indexOf('step-undone')).toBeLessThan(order.lastIndexOf('attempt-started'));
  });

  it('lets steps that answer the failure run first', async () => {
    const steps = { a: undoable, z: {}, answer: { needs: [{ step: 'z', on: ['failure'] as const }] } };
    const run = await simulate(rollsBack(steps), world({ z: fails }));
    expect(run.calls).toEqual(['a', 'z', 'answer']);
    expect(run.undone).toEqual(['a']);
  });
});

describe('a resume', () => {
  const workflow = rollsBack(
    { a: { ...undoable, needs: [] }, b: { ...undoable, needs: [] }, c: { ...careful, needs: ['a', 'b'] }, z: {} },
    { maxParallel: 1 },
  );
  const failing = world({ b: { undo: [cannot] }, z: fails });

  it.each(cutKinds())('after %s goes on rolling back, and undoes nothing twice that is recorded', async (kind, nth) => {
    const whole = await simulate(workflow, failing);
    const cuts = whole.events.flatMap((event, at) => (event.kind === kind ? [at + 1] : []));
    const cut = cuts[nth];
    if (cut === undefined) throw new Error(`the run has no ${kind} number ${nth}`);
    const before = whole.events.slice(0, cut);
    const resumed = await simulateResume(before, failing);
    expect(rolledBack(resumed)).toEqual(rolledBack(whole));
    expect(statuses(resumed)).toEqual(statuses(whole));
    const recorded = before.filter((event) => event.kind === 'step-undone').map((event) => event.address);
    for (const id of recorded) expect(resumed.undone.map((name) => name.replace('!', ''))).not.toContain(id);
  });

  it('of the ended run starts undone steps again, and those that stand do not run', async () => {
    const whole = await simulate(workflow, failing);
    const again = await simulateResume(whole.events, plainWorld);
    expect(again.view.status).toBe('success');
    expect(again.calls).toEqual(['a', 'c', 'z']);
    expect(again.view.steps.find(({ id }) => id === 'a')?.visits).toBe(2);
  });

  it('keeps the order across steps that stand, however many follow one another', async () => {
    const steps = { a: undoable, b: undoable, stands1: {}, stands2: {}, c: undoable, z: {} };
    const whole = await simulate(rollsBack(steps, { maxParallel: 6 }), world({ z: fails }));
    const again = await simulateResume(whole.events, plainWorld);
    expect(again.calls).toEqual(['a', 'b', 'c', 'z']);
    const resumed = again.events.slice(again.events.findIndex(({ kind }) => kind === 'run-resumed'));
    const spans = ['a', 'b', 'c', 'z'].map((id) => {
      const of = resumed.flatMap((event, at) => ('address' in event && event.address === id ? [at] : []));
      return { first: Math.min(...of), last: Math.max(...of) };
    });
    for (const [at, { last }] of spans.slice(0, -1).entries()) expect(last).toBeLessThan(spans[at + 1]?.first ?? 0);
  });

  it('starts nothing behind a step that stands and would be blocked this time', async () => {
    const steps = { a: undoable, stands: {}, c: undoable, z: {} };
    const workflow = rollsBack(steps, { onFailure: 'continue' });
    const failed = await simulate(workflow, world({ z: fails }));
    const rolled = await simulateRollback(failed.events, plainWorld);
    const again = await simulateResume(rolled.events, world({ a: fails }));
    expect(again.calls).toEqual(['a']);
    expect(statuses(again)).toEqual({ a: 'failed', stands: 'success', c: 'skipped', z: 'skipped' });
    expect(again.view.steps.find(({ id }) => id === 'c')?.skipped).toEqual({ kind: 'blocked', by: 'a' });
  });
});

describe('a cancel while completed steps are taken back', () => {
  // Each takes a second to do and a second to take back: `c` from 4 s to 5 s, `b` until 6 s, `a` until 7 s.
  const slow = (id: string) => ({ ...final, rollback: makeStep(`${id}/rollback`, { needs: [] }) });
  const workflow = rollsBack({ a: slow('a'), b: slow('b'), c: slow('c'), z: {} });
  const failing = (more: Partial<World>) => world({ z: fails }, more);

  it('lets the one that is being taken back end and leaves the rest, and the run stays failed', async () => {
    const run = await simulate(workflow, failing({ cancelAt: 5500 }));
    expect(rolledBack(run)).toEqual(['c undone', 'b undone', 'a left']);
    expect(run.calls).toEqual(['a', 'b', 'c', 'z', 'c', 'b']);
    expect(run.view.status).toBe('failed');
    expect(run.view.rollback?.steps[2]).toMatchObject({
      message: 'the rollback was cancelled (the user cancelled)',
      commands: [`vwmp rollback ${run.view.runId} --only a`],
    });
  });

  it('ends that one too where it comes a second time', async () => {
    const run = await simulate(workflow, failing({ cancelAt: 5300, forceAt: 5600 }));
    expect(rolledBack(run)).toEqual(['c undone', 'b failed', 'a left']);
    expect(run.view.durationMs).toBeLessThan(6000);
  });

  it('lets no further attempt follow the one that is under way', async () => {
    const retry = { maxAttempts: 3, delay: '1s', jitter: 0 };
    const stubborn = { ...final, rollback: makeStep('b/rollback', { needs: [], retry }) };
    const calm = await simulate(rollsBack({ a: slow('a'), b: stubborn, z: {} }), failing({}));
    expect(rolledBack(calm)).toEqual(['b undone', 'a undone']);
    // What did the step did it well; what takes it back fails.
    const failingUndo = world({ b: fails }, { cancelAt: 500 });
    const run = await simulateResume(beforeRollback(calm.events), failingUndo);
    expect(rolledBack(run)).toEqual(['b failed', 'a left']);
    expect(run.calls).toEqual(['b']);
  });

  it('that comes before it has begun leaves everything, and `finally` runs', async () => {
    const whole = await simulate({ ...workflow, finally: [makeStep('f', { required: false })] }, failing({}));
    const recorded = beforeRollback(whole.events);
    const state = replayed(recorded);
    expect([state.phase, state.rollback]).toEqual(['rollback', null]);
    const at = state.lastEventAt;
    const cancelled = transition(state, { kind: 'cancel-requested', at, message: 'stop', force: false });
    expect(cancelled.state.phase).toBe('finally');
    // The performer had been asked to begin before the cancel came.
    const late = transition(cancelled.state, {
      kind: 'rollback-started',
      at,
      cause: 'failure',
      only: null,
      visits: 'all',
    });
    expect([late.commands, late.state.phase]).toEqual([[], 'finally']);
    const { rollback } = viewOf(late.state);
    expect(rollback?.steps.map(({ address, status }) => `${address} ${status}`)).toEqual([
      'c left',
      'b left',
      'a left',
    ]);
  });
});

describe('the rollback of a run in which steps ran again', () => {
  const workflow = rollsBack({ a: undoable, b: undoable, z: {} });
  const cancelled = () => simulate(workflow, world({ z: { attempts: [succeedsAfter(5000)] } }, { cancelAt: 3000 }));

  it('takes every visit back, each in its place of the order of completion', async () => {
    const first = await cancelled();
    expect(statuses(first)).toEqual({ a: 'success', b: 'success', z: 'cancelled' });
    const again = { changes: {}, again: [addressOf(stepId('a'))] };
    const run = await simulateResume(first.events, world({ z: fails }), again);
    expect(run.undone).toEqual(['a', 'b', 'a']);
    expect(run.view.rollback?.steps).toMatchObject([
      { address: 'a', visit: 2, status: 'undone' },
      { address: 'b', visit: 1, status: 'undone' },
      { address: 'a', visit: 1, status: 'undone' },
    ]);
    expect(statuses(run)).toEqual({ a: 'undone', b: 'undone', z: 'failed' });
  });

  it('takes the first visit back where the second one failed', async () => {
    const again = { changes: {}, again: [addressOf(stepId('a'))] };
    const run = await simulateResume((await cancelled()).events, world({ a: fails }), again);
    expect(run.undone).toEqual(['b', 'a']);
    expect(statuses(run)).toMatchObject({ a: 'failed', b: 'undone' });
  });

  it('leaves the first visit where the second one stands', async () => {
    const again = { changes: {}, again: [addressOf(stepId('a'))] };
    const stuck = world({ z: fails, a: { undo: [stands] } });
    const run = await simulateResume((await cancelled()).events, stuck, again);
    expect(rolledBack(run)).toEqual(['a left', 'b undone', 'a left']);
  });

  it('goes on where it died, and takes nothing back twice', async () => {
    const again = { changes: {}, again: [addressOf(stepId('a'))] };
    const whole = await simulateResume((await cancelled()).events, world({ z: fails }), again);
    const from = whole.events.findIndex(({ kind }) => kind === 'rollback-started');
    for (let cut = from; cut < whole.events.length - 1; cut++) {
      const run = await simulateResume(whole.events.slice(0, cut + 1), world({ z: fails }));
      expect(run.view.rollback?.steps, `after event ${cut}`).toEqual(whole.view.rollback?.steps);
    }
  });

  it('takes back the newest visits alone where the journal is of a time that knew no others', async () => {
    const again = { changes: {}, again: [addressOf(stepId('a'))] };
    const whole = await simulateResume((await cancelled()).events, world({ z: fails }), again);
    const state = replayed(beforeRollback(whole.events));
    const asked = { kind: 'rollback-started', at: state.lastEventAt, cause: 'failure', only: null } as const;
    const steps = (visits: 'all' | 'newest') => transition(state, { ...asked, visits }).state.rollback?.queue.length;
    expect([steps('all'), steps('newest')]).toEqual([2, 1]);
  });
});

describe('a step that was interrupted when the engine died', () => {
  const probed = { handler: 'test.looked-at' } as const;
  const slow = { attempts: [succeedsAfter(5000)] };

  /** The run died while `b` was under way, and was cancelled when somebody asked for its rollback. */
  async function died(b: WrittenStep, script: Partial<StepScript> = {}): Promise<Simulation> {
    const steps = makeWorkflow({ a: undoable, b, c: {} });
    const whole = await simulate(steps, world({ b: slow }));
    const begun = whole.events.findIndex((event) => event.kind === 'attempt-started' && event.address === 'b');
    return simulateResume(whole.events.slice(0, begun + 1), world({ b: { ...slow, ...script } }, { forceAt: 0 }));
  }

  function asked(run: Simulation, script: Partial<StepScript> = {}) {
    return simulateRollback(run.events, world({ b: script }));
  }

  it('is taken back where its probe finds it done, and is none of the rollback where it finds it not done', async () => {
    const done = { probe: { kind: 'done', outputs: {} } } as const;
    const finished = await asked(await died(probed, done));
    expect(rolledBack(finished)).toEqual(['b undone', 'a undone']);
    const open = await asked(await died(probed, { probe: { kind: 'not-done' } }));
    expect(rolledBack(open)).toEqual(['a undone']);
    expect(open.undone).toEqual(['a']);
  });

  it('is left with what it was built on where nobody can tell, and asked again by the next rollback', async () => {
    const first = await asked(await died(probed));
    expect(rolledBack(first)).toEqual(['b left', 'a left']);
    expect(first.view.rollback?.steps[0]?.message).toContain('interrupted');
    expect(first.undone).toEqual([]);
    const second = await asked(first, { probe: { kind: 'not-done' } });
    expect(rolledBack(second)).toEqual(['b undone', 'a undone']);
    const third = await asked(first, { probe: { kind: 'done', outputs: {} } });
    expect(third.undone).toEqual(['b', 'a']);
    expect(rolledBack(await asked(third))).toEqual([]);
  });

  it('is left where its handler has no probe, and where it brings a rollback of its own', async () => {
    expect(rolledBack(await asked(await died(undoable)))).toEqual(['b left', 'a left']);
    const own = await asked(await died({ rollback: makeStep('b/rollback', { needs: [] }) }));
    expect(rolledBack(own)).toEqual(['b left', 'a undone']);
    expect(own.calls).toEqual([]);
  });

  it('ends the rollback where it could never be undone', async () => {
    const run = await asked(await died(final));
    expect(rolledBack(run)).toEqual(['b left', 'a left']);
    expect(run.view.rollback?.steps[0]?.message).toBe('it was interrupted, and if it was done, that cannot be undone');
  });

  it('leaves nothing to look for where its handler leaves nothing', async () => {
    expect(rolledBack(await asked(await died({})))).toEqual(['a undone']);
  });

  it('is looked for too where a cancel ended it', async () => {
    const steps = makeWorkflow({ a: undoable, b: probed });
    const run = await simulate(steps, world({ b: slow }, { cancelAt: 1500 }));
    expect(statuses(run)).toEqual({ a: 'success', b: 'cancelled' });
    expect(rolledBack(await asked(run))).toEqual(['b left', 'a left']);
    expect(rolledBack(await asked(run, { probe: { kind: 'done', outputs: {} } }))).toEqual(['b undone', 'a undone']);
  });
});

describe('a cancel that is recorded just before the next step begins to be taken back', () => {
  it.each([
    ['undo-started', { kind: 'undo-started', attempt: 1, settings: null }],
    [
      'step-undone, because it cannot be settled',
      {
        kind: 'step-undone',
        durationMs: 0,
        outcome: { kind: 'failed', failure: { kind: 'configuration', message: 'x' } },
      },
    ],
  ] as const)('leaves it: %s changes nothing any more', async (_, late) => {
    const whole = await simulate(rollsBack({ a: undoable, b: undoable, z: {} }), world({ z: fails }));
    const started = whole.events.findIndex(({ kind }) => kind === 'rollback-started');
    const state = replayed(whole.events.slice(0, started + 1));
    expect(state.rollback?.current?.step).toBe('b');
    const at = state.lastEventAt;
    const stopped = transition(state, { kind: 'cancel-requested', at, message: 'stop', force: true }).state;
    const { state: after, commands } = transition(stopped, { ...late, at, address: addressOf(stepId('b')), visit: 1 });
    expect(commands.filter(({ kind }) => kind === 'execute-undo')).toEqual([]);
    const shown = viewOf(after).rollback?.steps.map(({ address, status }) => `${address} ${status}`);
    expect(shown).toEqual(['b left', 'a left']);
  });
});

/** The journal of a run that failed and whose rollback had not begun. */
function beforeRollback(events: readonly RunEvent[]): readonly RunEvent[] {
  return events.slice(
    0,
    events.findIndex(({ kind }) => kind === 'rollback-started'),
  );
}

function cutKinds(): readonly (readonly [RunEvent['kind'], number])[] {
  return [
    ['rollback-started', 0],
    ['undo-started', 0],
    ['step-undone', 0],
    ['undo-started', 1],
    ['step-undone', 1],
    ['undo-started', 2],
    ['step-undone', 2],
  ];
}
