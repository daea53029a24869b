import { describe, expect, test } from 'vitest';
import { makeWorkflow } from '../rigs/definitions.ts';
import { simulate } from '../rigs/simulate.ts';
import { failsAfter, neverEnds, succeedsAfter, worldOf } from './written-cases.ts';

const together = { order: 'graph', maxParallel: 2 } as const;

describe('of things that happen at one moment', () => {
  test('all are taken in before places are given away: the step written first gets the first', async () => {
    const workflow = makeWorkflow({ a: {}, b: {}, c: { needs: ['b'] }, d: {} }, together);
    const { calls } = await simulate(workflow, worldOf({}));
    expect(calls).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a failure keeps another step from taking the place that comes free beside it', async () => {
    const workflow = makeWorkflow({ a: {}, b: {}, c: {} }, together);
    const { calls, view } = await simulate(workflow, worldOf({ b: { attempts: [failsAfter(1000)] } }));
    expect(calls).toEqual(['a', 'b']);
    expect(view.steps[2]?.skipped).toEqual({ kind: 'run-ended' });
  });

  test('a retry that is ready stands back for no new start of a stopped run, and is made once', async () => {
    const workflow = makeWorkflow(
      { a: { retry: { maxAttempts: 2, delay: '1s', jitter: 0 } }, b: {}, c: { timeout: '2s' } },
      { order: 'graph', maxParallel: 3 },
    );
    const world = worldOf({
      a: { attempts: [failsAfter(1000), succeedsAfter(1000)] },
      b: { attempts: [failsAfter(2000)] },
      c: { attempts: [neverEnds(0)] },
    });
    const { attempts, view } = await simulate(workflow, world);
    expect(attempts.filter(({ step }) => step === 'a')).toEqual([
      { step: 'a', visit: 1, attempt: 1 },
      { step: 'a', visit: 1, attempt: 2 },
    ]);
    expect(view.steps.map(({ status }) => status)).toEqual(['success', 'failed', 'failed']);
  });

  test('a cancel and the end of a delay leave the step cancelled or told to end, and the run ends', async () => {
    const workflow = makeWorkflow({ a: { retry: { maxAttempts: 2, delay: '10s', jitter: 0 } } });
    const world = worldOf({ a: { attempts: [failsAfter(1000), succeedsAfter(5000)] } }, { cancelAt: 11_000 });
    const { view } = await simulate(workflow, world);
    expect(view.steps[0]?.status).toBe('cancelled');
    expect(view.status).toBe('cancelled');
  });
});
