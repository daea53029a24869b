import { describe, expect, test } from 'vitest';
import { makeRunId, parseAddress, stepId } from '../../../../src/core/model/ids.ts';
import type { PlanView } from '../../../../src/core/model/plan-view.ts';
import { diagnosticJson, refusalJson, validationJson } from '../../../../src/core/report/diagnostic-json.ts';
import { historyJson } from '../../../../src/core/report/history-json.ts';
import { listJson } from '../../../../src/core/report/list-json.ts';
import { planJson } from '../../../../src/core/report/plan-json.ts';
import { runJson, stepTimesJson } from '../../../../src/core/report/run-json.ts';
import { aFailedRelease, aFailedStep, aRun, aSkippedStep, aStep } from './run-views.ts';

describe('the object of a run', () => {
  test('has the keys of the contract', () => {
    const object = runJson(aFailedRelease());
    expect(Object.keys(object)).toEqual([
      'run_id',
      'workflow',
      'status',
      'started_at',
      'ended_at',
      'duration_ms',
      'outputs',
      'steps',
      'diagnostics',
    ]);
    expect(object.steps[0]).toMatchObject({
      id: 'bump',
      name: 'Bump Version',
      handler: 'release.version_bump',
      status: 'success',
      skipped_reason: null,
      attempts: 1,
      visits: 1,
      started_at: '2026-03-01T09:30:00.000Z',
      duration_ms: 1200,
      error: null,
    });
  });

  test('gives a failure with its exit code, null where there is none', () => {
    const steps = runJson(
      aRun([aFailedStep('a', 'm'), aFailedStep('b', 'm', { error: { kind: 'timeout', message: 't' } })]),
    ).steps;
    expect(steps.map(({ error }) => error)).toEqual([
      { kind: 'exit', message: 'm', exit_code: 3 },
      { kind: 'timeout', message: 't', exit_code: null },
    ]);
  });

  test('gives the kind of a skip as text, and beside it who or what', () => {
    const steps = runJson(
      aRun([
        aSkippedStep('a', { kind: 'blocked', by: parseAddress('x') }),
        aSkippedStep('b', { kind: 'handler', message: 'nothing to do' }),
        aSkippedStep('c', { kind: 'condition' }),
      ]),
    ).steps;
    expect(steps.map((step) => [step.skipped_reason, step.skipped_by, step.skipped_message])).toEqual([
      ['blocked', 'x', null],
      ['handler', null, 'nothing to do'],
      ['condition', null, null],
    ]);
  });

  test('has the address of an instance as its id', () => {
    const view = aRun([aStep('child', { address: parseAddress('g[eu].child') })]);
    expect(runJson(view).steps[0]?.id).toBe('g[eu].child');
    expect(stepTimesJson(view)).toEqual([
      { id: 'g[eu].child', status: 'success', started_at: '2026-03-01T09:30:00.000Z', duration_ms: 1200 },
    ]);
  });

  test('of a run under way is running and has no end', () => {
    expect(runJson(aRun([], { ended: false, endedAt: null, durationMs: null }))).toMatchObject({
      status: 'running',
      ended_at: null,
      duration_ms: null,
    });
  });
});

describe('diagnostics', () => {
  const warning = { code: 'unused-parameter', severity: 'warning', message: 'm' } as const;

  test('without a place have nulls in every place', () => {
    expect(diagnosticJson(warning)).toEqual({
      code: 'unused-parameter',
      severity: 'warning',
      message: 'm',
      file: null,
      line: null,
      column: null,
      end_line: null,
      end_column: null,
      path: null,
      hint: null,
    });
  });

  test('make a definition invalid only as errors', () => {
    expect(validationJson([warning]).valid).toBe(true);
    expect(validationJson([{ ...warning, severity: 'error' }]).valid).toBe(false);
    expect(refusalJson([warning]).valid).toBe(false);
  });
});

test('the object of a plan has the keys of the contract', () => {
  const view: PlanView = {
    workflow: { name: 'w', version: '1', file: 'w.yml' },
    levels: [[stepId('a')], [stepId('b')]],
    routed: [{ id: stepId('r'), from: [stepId('a')] }],
    finally: [[stepId('z')]],
    steps: [
      {
        id: stepId('a'),
        name: 'A',
        handler: 'command.run',
        willRun: 'unknown',
        why: 'w',
        config: { x: 1 },
        preview: null,
        rollback: null,
      },
    ],
    diagnostics: [],
  };
  expect(planJson(view)).toEqual({
    levels: [['a'], ['b']],
    routed: [{ id: 'r', from: ['a'] }],
    finally: [['z']],
    steps: [{ id: 'a', will_run: 'unknown', why: 'w', config: { x: 1 }, preview: null }],
    diagnostics: [],
  });
});

test('the object of the history has the keys of the contract, in the order of the store', () => {
  const runId = makeRunId('2026-03-01T09:30:00.000Z', 'abc123');
  expect(
    historyJson([
      { runId, workflow: { name: 'w', version: '1' }, status: 'running', owned: false, startedAt: 0, durationMs: null },
    ]),
  ).toEqual({
    runs: [
      {
        run_id: runId,
        workflow: { name: 'w', version: '1' },
        status: 'running',
        started_at: '1970-01-01T00:00:00.000Z',
        duration_ms: null,
      },
    ],
  });
});

test('the object of the list has the keys of the contract', () => {
  expect(listJson([{ file: 'workflows/w.yml', workflow: { name: 'w', version: '1.0.0', type: 'generic' } }])).toEqual({
    workflows: [{ name: 'w', file: 'workflows/w.yml', version: '1.0.0', type: 'generic', description: null }],
  });
});
