import { expect, it } from 'vitest';
import { RunRows } from '../../../../src/core/journal/run-rows.ts';
import type { RunEvent } from '../../../../src/core/model/event.ts';
import { eventfulRun, sampleRun, sampleRunId, sampleStart, stepEvents } from '../../../fakes/sample-run.ts';

const id = sampleRunId(1);

function rowsOf(events: readonly RunEvent[]): RunRows {
  const rows = new RunRows((text) => `hash of ${text}`);
  for (const event of events) rows.apply(event);
  return rows;
}

it('tells of each visit how it stands', () => {
  const steps = rowsOf(eventfulRun(id))
    .steps()
    .map(({ address, visit, status, skipped, attempts, errorKind }) => [
      `${address}#${visit}`,
      status,
      skipped,
      attempts,
      errorKind,
    ]);
  expect(steps).toEqual([
    ['retried#1', 'success', null, 2, null],
    ['failing#1', 'failed', null, 1, 'exit'],
    ['off#1', 'skipped', 'condition', 0, null],
    ['wrong#1', 'failed', null, 0, 'configuration'],
    ['nothing#1', 'skipped', 'handler', 1, null],
    ['stopped#1', 'cancelled', null, 1, 'cancelled'],
    ['dying#1', 'cancelled', null, 1, null],
    ['failing#2', 'success', null, 1, null],
    ['lost#1', 'failed', null, 2, 'lost'],
  ]);
});

it('tells of the run how it stands, and what failed last', () => {
  const events = eventfulRun(id);
  const ended = rowsOf(
    events.slice(
      0,
      events.findIndex(({ kind }) => kind === 'run-resumed'),
    ),
  );
  expect(ended.execution()).toMatchObject({
    status: 'cancelled',
    attempt: 1,
    endedAt: sampleStart + 10,
    durationMs: 10,
    commit: null,
  });
  const resumed = rowsOf(events);
  expect(resumed.execution()).toMatchObject({
    status: 'running',
    attempt: 2,
    endedAt: null,
    durationMs: null,
    commit: 'c'.repeat(40),
    errorStep: 'lost',
    errorKind: 'lost',
  });
  expect(resumed.workflows().map(({ name }) => name)).toEqual(['release', 'renamed']);
  expect(resumed.execution().workflowId).toBe(resumed.workflows()[1]?.id);
});

it('gives each change once', () => {
  const rows = rowsOf(sampleRun(id, 2));
  const first = rows.takeChanges();
  expect([first.workflows.length, first.steps.length]).toEqual([1, 2]);
  const none = rows.takeChanges();
  expect([none.workflows, none.steps]).toEqual([[], []]);
  for (const event of stepEvents('s1', sampleStart)) rows.apply(event);
  expect(rows.takeChanges().steps.map(({ address }) => address)).toEqual(['s1']);
});

it('takes the start of the first attempt for that of the visit', () => {
  const [retried] = rowsOf(eventfulRun(id)).steps();
  expect(retried).toMatchObject({ startedAt: sampleStart + 1, endedAt: sampleStart + 9, durationMs: 8 });
});

it('needs the start of the run first', () => {
  expect(() => rowsOf(stepEvents('a', 1)).execution()).toThrow('run-started');
});
