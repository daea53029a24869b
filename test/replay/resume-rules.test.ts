import { beforeAll, describe, expect, test } from 'vitest';
import { loadPatterns } from '../../src/core/expression/pattern.ts';
import type { RunEvent } from '../../src/core/model/event.ts';
import { addressOf, stepId } from '../../src/core/model/ids.ts';
import type { OutputDeclarations } from '../../src/core/model/workflow.ts';
import { failsAfter, neverEnds, succeedsAfter, worldOf } from '../property/written-cases.ts';
import { makeWorkflow } from '../rigs/definitions.ts';
import { type Resumption, type Simulation, simulate, simulateResume } from '../rigs/simulate.ts';
import { plainWorld } from '../rigs/world.ts';

beforeAll(loadPatterns);

const hour = 3_600_000;
const again = (...ids: readonly string[]): Resumption => ({
  changes: {},
  again: ids.map((id) => addressOf(stepId(id))),
});
const later = (afterMs: number): Resumption => ({ changes: {}, again: [], afterMs });

/** What an engine leaves that dies after the last event that fits. */
function until({ events }: Simulation, fits: (event: RunEvent) => boolean): readonly RunEvent[] {
  return events.slice(0, events.findLastIndex(fits) + 1);
}

function started(id: string): (event: RunEvent) => boolean {
  return (event) => event.kind === 'attempt-started' && (event.address as string) === id;
}

function ended(id: string): (event: RunEvent) => boolean {
  return (event) => event.kind === 'step-ended' && (event.address as string) === id;
}

function statuses({ view }: Simulation): { readonly [id: string]: string } {
  return Object.fromEntries(view.steps.map(({ id, status }) => [id, status]));
}

describe('an attempt that nobody saw end', () => {
  test('keeps its place before steps that are written earlier', async () => {
    const workflow = makeWorkflow(
      { early: { retry: { maxAttempts: 2, delay: '10s', jitter: 0 } }, late: {} },
      { order: 'graph', maxParallel: 1 },
    );
    const world = worldOf({
      early: { attempts: [failsAfter(1000), succeedsAfter(1000)] },
      late: { attempts: [succeedsAfter(60_000)] },
    });
    const recorded = until(await simulate(workflow, world), (event) => event.kind === 'retry-due');
    expect((await simulateResume(recorded, world)).calls).toEqual(['late', 'early']);
  });

  test('is not counted as one of the attempts that retry allows', async () => {
    const workflow = makeWorkflow({ a: { retry: { maxAttempts: 2, delay: '1s', jitter: 0 } } });
    const world = worldOf({ a: { attempts: [failsAfter(1000), succeedsAfter(1000)] } });
    const recorded = until(await simulate(workflow, world), started('a'));
    const resumed = await simulateResume(recorded, world);
    expect(resumed.attempts).toEqual([{ step: 'a', visit: 1, attempt: 2 }]);
    expect(statuses(resumed)).toEqual({ a: 'success' });
  });

  test('does not run again where a cancel comes before that is decided', async () => {
    const workflow = makeWorkflow({ a: {}, b: {} });
    const recorded = until(await simulate(workflow, plainWorld), started('a'));
    const resumed = await simulateResume(recorded, { ...plainWorld, cancelAt: 0 });
    expect(statuses(resumed)).toEqual({ a: 'cancelled', b: 'skipped' });
    expect(resumed.view.status).toBe('cancelled');
  });

  test('does not run again after the deadline of its retries', async () => {
    const workflow = makeWorkflow({ a: { retry: { maxAttempts: 3, delay: '1s', deadline: '10m' } } });
    const recorded = until(await simulate(workflow, plainWorld), started('a'));
    const resumed = await simulateResume(recorded, plainWorld, later(hour));
    expect(resumed.calls).toEqual([]);
    expect(resumed.view.steps[0]?.error?.kind).toBe('timeout');
  });

  test('fails the step with kind `lost` where it says so', async () => {
    const workflow = makeWorkflow({ a: { onLost: 'fail' } });
    const recorded = until(await simulate(workflow, plainWorld), started('a'));
    const resumed = await simulateResume(recorded, plainWorld);
    expect(resumed.calls).toEqual([]);
    expect(resumed.view.steps[0]).toMatchObject({ status: 'failed', attempts: 1, error: { kind: 'lost' } });
  });

  test('is a success with what its probe found, and secret outputs stay out of the journal', async () => {
    const outputs: OutputDeclarations = {
      kind: 'declared',
      outputs: [
        { name: 'count', type: 'integer', required: true, secret: false },
        { name: 'key', type: 'string', required: false, secret: true },
      ],
    };
    const workflow = makeWorkflow({ a: { handler: 'test.probed', outputs } });
    const recorded = until(await simulate(workflow, plainWorld), started('a'));
    const found = { count: 3, key: 'a-key-of-some-length' };
    const resumed = await simulateResume(recorded, worldOf({ a: { probe: { kind: 'done', outputs: found } } }));
    expect(resumed.calls).toEqual([]);
    expect(resumed.view.steps[0]).toMatchObject({ status: 'success', outputs: { count: 3 }, secretOutputs: ['key'] });
    expect(JSON.stringify(resumed.events)).not.toContain('a-key-of');
  });

  test('fails with kind `output` where what its probe found does not fit', async () => {
    const outputs: OutputDeclarations = {
      kind: 'declared',
      outputs: [{ name: 'count', type: 'integer', required: true, secret: false }],
    };
    const workflow = makeWorkflow({ a: { handler: 'test.probed', outputs } });
    const recorded = until(await simulate(workflow, plainWorld), started('a'));
    const resumed = await simulateResume(
      recorded,
      worldOf({ a: { probe: { kind: 'done', outputs: { count: 'x' } } } }),
    );
    expect(resumed.view.steps[0]).toMatchObject({ status: 'failed', error: { kind: 'output' } });
  });
});

describe('a secret output that died with the engine', () => {
  const workflow = makeWorkflow({
    login: {
      outputs: { kind: 'declared', outputs: [{ name: 'session', type: 'string', required: true, secret: true }] },
    },
    use: { env: { SESSION: `\${{ steps.login.outputs.session }}` } },
    more: {},
  });
  const gives = { kind: 'success', outputs: { session: 'a-session-of-some-length' } } as const;
  const world = worldOf({ login: { attempts: [{ durationMs: 1000, end: gives, stopMs: 1 }] } });

  test.each([
    { title: 'waits to be settled', died: ended('login') },
    {
      title: 'waits to be started',
      died: (event: RunEvent) => event.kind === 'step-settled' && event.address === 'use',
    },
    { title: 'was running', died: started('use') },
  ])('is given again where its reader $title', async ({ died }) => {
    const recorded = until(await simulate(workflow, world), died);
    const resumed = await simulateResume(recorded, world, again('login'));
    expect(resumed.calls).toEqual(['login', 'use', 'more']);
    expect(statuses(resumed)).toEqual({ login: 'success', use: 'success', more: 'success' });
  });

  test('fails its reader where it cannot be given again', async () => {
    const recorded = until(await simulate(workflow, world), started('use'));
    const resumed = await simulateResume(recorded, world);
    expect(resumed.calls).toEqual([]);
    expect(resumed.view.steps[1]?.error).toMatchObject({ kind: 'configuration' });
    expect(resumed.view.steps[1]?.error?.message).toContain('login');
  });
});

describe('the timeout of the run', () => {
  const workflow = makeWorkflow({ a: {}, b: {} }, { timeout: '1m' });
  const slow = worldOf({ a: { attempts: [succeedsAfter(40_000)] }, b: { attempts: [succeedsAfter(40_000)] } });

  test('does not count the time in which no engine ran', async () => {
    const quick = worldOf({ a: { attempts: [succeedsAfter(40_000)] } });
    const recorded = until(await simulate(workflow, quick), ended('a'));
    expect((await simulateResume(recorded, quick, later(hour))).view.status).toBe('success');
  });

  test('counts what ran before the engine died', async () => {
    const recorded = until(await simulate(workflow, slow), ended('a'));
    const resumed = await simulateResume(recorded, slow, later(hour));
    expect(statuses(resumed)).toEqual({ a: 'success', b: 'cancelled' });
    expect(resumed.view.error?.kind).toBe('timeout');
  });

  test('begins anew when an ended run is opened again, and goes on from there when the engine dies', async () => {
    const timedOut = await simulate(workflow, slow);
    const opened = await simulateResume(timedOut.events, slow, later(hour));
    expect(opened.view.status).toBe('success');
    const recorded = until(opened, started('b'));
    expect((await simulateResume(recorded, slow)).view.status).toBe('success');
  });
});

describe('a run that goes on with another definition', () => {
  test('starts steps that were ready by their new places, and frees the place of one that is gone', async () => {
    const graph = { order: 'graph', maxParallel: 1 } as const;
    const before = makeWorkflow({ gone: {}, x: {}, y: {} }, graph);
    const recorded = until(await simulate(before, plainWorld), started('gone'));
    const workflow = makeWorkflow({ fresh: {}, y: {}, x: {} }, graph);
    const resumed = await simulateResume(recorded, plainWorld, { changes: { workflow }, again: [] });
    expect(resumed.calls).toEqual(['fresh', 'y', 'x']);
  });
});

test('steps that were told to end are cancelled when the engine died before they had ended', async () => {
  const workflow = makeWorkflow({ a: {}, b: {} }, { order: 'graph', maxParallel: 2 });
  const world = { ...worldOf({ a: { attempts: [neverEnds(900)] } }), cancelAt: 500 };
  const recorded = until(await simulate(workflow, world), (event) => event.kind === 'cancel-requested');
  const resumed = await simulateResume(recorded, plainWorld);
  expect(resumed.calls).toEqual([]);
  expect(statuses(resumed)).toEqual({ a: 'cancelled', b: 'cancelled' });
});
