import { describe, expect, test } from 'vitest';
import { exampleRuns, notRun, runFaults, shippedWorkflows, staticFaults } from '../../scripts/examples/example-runs.ts';

describe('shipped workflows', () => {
  test('there are at least five, and each is run or has a reason not to be', () => {
    const names = shippedWorkflows();
    expect(names.length).toBeGreaterThanOrEqual(5);
    const covered = new Set([...exampleRuns.map(({ workflow }) => workflow), ...Object.keys(notRun)]);
    expect([...covered].sort()).toEqual(names);
  });

  test.each(shippedWorkflows())('%s validates and plans without a warning', (workflow) => {
    expect(staticFaults(workflow)).toEqual([]);
  });

  test.each(exampleRuns.map((run) => [run.workflow, run.says, run] as const))('%s %s', (_workflow, _says, run) => {
    expect(runFaults(run)).toEqual([]);
  });
});
