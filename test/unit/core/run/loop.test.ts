import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../../src/core/model/event.ts';
import { worldOf } from '../../../property/written-cases.ts';
import { makeWorkflow } from '../../../rigs/definitions.ts';
import { simulate } from '../../../rigs/simulate.ts';
import type { World } from '../../../rigs/world.ts';

describe('the loop', () => {
  test('records each decision before the next one is made', async () => {
    const commits = await commitsOf(makeWorkflow({ a: {}, b: {} }));
    expect(commits).toEqual([
      'run-started',
      'step-settled a',
      'attempt-started a',
      'step-ended a',
      'step-settled b',
      'attempt-started b',
      'step-ended b',
      'run-ended',
    ]);
  });

  test('hears a cancel that was asked for before the run began, before it starts a step', async () => {
    const commits = await commitsOf(makeWorkflow({ a: {}, b: {} }), worldOf({}, { cancelAt: 0 }));
    expect(commits.join('; ')).toContain('cancel-requested');
    expect(commits.join('; ')).not.toContain('attempt-started');
  });

  test('calls no handler before its start is durable', async () => {
    let recorded = 0;
    let commits = 0;
    await simulate(makeWorkflow({ a: {}, b: {}, c: {} }), worldOf({}), async (events, calls) => {
      const before = recorded;
      recorded += events.filter(({ kind }) => kind === 'attempt-started').length;
      commits++;
      for (let turn = 0; turn < 20; turn++) {
        await Promise.resolve();
        expect(calls()).toBe(before);
      }
    });
    expect([recorded, commits]).toEqual([3, 11]);
  });

  test('calls no handler whose start cannot be recorded', async () => {
    let callsMade = 0;
    const run = simulate(makeWorkflow({ a: {}, b: {} }), worldOf({}), async (events, calls) => {
      callsMade = calls();
      if (events.some((event) => event.kind === 'step-ended')) throw new Error('the disk is full');
    });
    await expect(run).rejects.toThrow('the disk is full');
    expect(callsMade).toBe(1);
  });
});

async function commitsOf(workflow: ReturnType<typeof makeWorkflow>, world: World = worldOf({})) {
  const commits: string[] = [];
  await simulate(workflow, world, async (events) => {
    commits.push(events.map(nameOf).join(', '));
  });
  return commits;
}

function nameOf(event: RunEvent): string {
  return 'address' in event ? `${event.kind} ${event.address}` : event.kind;
}
