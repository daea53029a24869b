import type { RunEvent, RunStarted, StepSettings } from '../../src/core/model/event.ts';
import { type Address, addressOf, isRunId, type RunId, stepId } from '../../src/core/model/ids.ts';
import { noRetry } from '../../src/core/model/retry.ts';
import { wholeRun } from '../../src/core/model/selection.ts';
import type { Workflow } from '../../src/core/model/workflow.ts';

/** Events of plausible runs, for tests of what stores them. */

export const sampleStart = Date.UTC(2026, 2, 4, 5, 6, 7);

/** `number` 1 gives `20260304-050607-000001`. */
export function sampleRunId(number: number): RunId {
  const id = `20260304-050607-${String(number).padStart(6, '0')}`;
  if (!isRunId(id)) throw new Error(`not a run id: ${id}`);
  return id;
}

export function sampleWorkflow(name = 'release'): Workflow {
  return {
    name,
    version: '1.2.0',
    type: 'generic',
    config: { folder: 'docs' },
    parameters: [],
    triggers: [],
    steps: [
      {
        id: stepId('build'),
        name: 'Build',
        handler: 'command.run',
        config: { run: 'make' },
        dependencies: null,
        required: true,
        enabled: true,
        automatic: false,
        env: {},
        secrets: [],
      },
    ],
    order: 'sequence',
    finally: [],
    outputs: {},
    defaults: { env: {} },
    onFailure: 'stop',
    failFast: false,
  };
}

export function runStarted(runId: RunId, at = sampleStart, name = 'release'): RunStarted {
  return {
    kind: 'run-started',
    at,
    runId,
    engine: '0.1.0',
    workflow: sampleWorkflow(name),
    file: 'workflows/release.yml',
    definitionHash: 'a'.repeat(64),
    commit: null,
    workspace: '/work',
    parameters: { größe: 3, zulu: [1, 2.5, null], alpha: { b: 1, a: 2 } },
    secretParameters: ['token'],
    config: {},
    task: null,
    github: null,
    selection: wholeRun,
    selected: null,
    disabled: [],
    enabledFailures: {},
    maxParallel: 2,
    timeoutMs: null,
  };
}

const settings: StepSettings = {
  name: 'Build',
  config: { run: 'make' },
  env: {},
  deferred: [],
  timeoutMs: null,
  retry: noRetry,
  idempotencyKey: 'key',
};

export function sampleAddress(id: string): Address {
  return addressOf(stepId(id));
}

/** One step from its settling to its success: three events. */
export function stepEvents(id: string, at: number): readonly RunEvent[] {
  const step = { address: sampleAddress(id), visit: 1 };
  return [
    { kind: 'step-settled', at, ...step, decision: { kind: 'run', settings }, parametersRead: [] },
    { kind: 'attempt-started', at: at + 1, ...step, attempt: 1 },
    {
      kind: 'step-ended',
      at: at + 2,
      ...step,
      durationMs: 1.5,
      outcome: {
        kind: 'success',
        outputs: { text: 'line\nline ✓ \u2028 \ud800', list: [{ a: null }] },
        secretOutputs: [],
      },
      stateWrites: { [id]: true },
      findings: [],
      files: [],
    },
  ];
}

/** A run of that many steps, from its start to its end. */
export function sampleRun(runId: RunId, steps = 2, at = sampleStart): readonly RunEvent[] {
  const middle = Array.from({ length: steps }, (_, index) => stepEvents(`s${index}`, at + 10 * (index + 1))).flat();
  const end = at + 10 * (steps + 1);
  return [
    runStarted(runId, at),
    ...middle,
    { kind: 'outputs-settled', at: end, outputs: { version: '2.0.0' }, secretOutputs: [], failures: [] },
    { kind: 'run-ended', at: end + 1, status: 'success', durationMs: end + 1 - at },
  ];
}

/** A run in which everything that the tables tell apart happens. */
export function eventfulRun(runId: RunId): readonly RunEvent[] {
  const at = sampleStart;
  const step = (id: string, visit = 1) => ({ address: sampleAddress(id), visit });
  const settled = (id: string, visit = 1): RunEvent => ({
    kind: 'step-settled',
    at,
    ...step(id, visit),
    decision: { kind: 'run', settings },
    parametersRead: ['size'],
  });
  const started = (id: string, attempt = 1, visit = 1): RunEvent => ({
    kind: 'attempt-started',
    at: at + attempt,
    ...step(id, visit),
    attempt,
  });
  const failure = { kind: 'exit', exitCode: 3, message: 'make ended with code 3' } as const;
  const ended = { at: at + 9, durationMs: 8, stateWrites: {}, findings: [], files: [] };
  return [
    runStarted(runId, at),
    settled('retried'),
    started('retried'),
    { kind: 'attempt-failed', at: at + 2, ...step('retried'), attempt: 1, failure, retryAt: at + 3, findings: [] },
    { kind: 'retry-due', at: at + 3, ...step('retried') },
    started('retried', 2),
    { kind: 'step-ended', ...ended, ...step('retried'), outcome: { kind: 'success', outputs: {}, secretOutputs: [] } },
    settled('failing'),
    started('failing'),
    { kind: 'step-ended', ...ended, ...step('failing'), outcome: { kind: 'failed', failure, outputs: {} } },
    {
      kind: 'step-settled',
      at,
      ...step('off'),
      decision: { kind: 'skip', reason: { kind: 'condition' } },
      parametersRead: [],
    },
    {
      kind: 'step-settled',
      at,
      ...step('wrong'),
      decision: { kind: 'fail', failure: { kind: 'configuration', message: 'no' } },
      parametersRead: [],
    },
    settled('nothing'),
    started('nothing'),
    { kind: 'step-ended', ...ended, ...step('nothing'), outcome: { kind: 'skipped', message: 'nothing to do' } },
    settled('stopped'),
    started('stopped'),
    { kind: 'cancel-requested', at: at + 4, message: 'SIGINT', force: false },
    { kind: 'step-ended', ...ended, ...step('stopped'), outcome: { kind: 'cancelled', message: 'SIGINT' } },
    settled('dying'),
    started('dying'),
    { kind: 'diagnostic-noted', at: at + 5, diagnostic: { code: 'platform', severity: 'notice', message: 'cut' } },
    { kind: 'outputs-settled', at: at + 9, outputs: {}, secretOutputs: [], failures: [] },
    { kind: 'run-ended', at: at + 10, status: 'cancelled', durationMs: 10 },
    {
      kind: 'run-resumed',
      at: at + 20,
      attempt: 2,
      changes: { workflow: sampleWorkflow('renamed'), commit: 'c'.repeat(40) },
      again: [],
      keepsOrder: true,
    },
    settled('failing', 2),
    started('failing', 1, 2),
    {
      kind: 'attempt-lost',
      at: at + 21,
      ...step('failing', 2),
      attempt: 1,
      resolution: { kind: 'done', outputs: { a: 1 } },
    },
    settled('lost'),
    started('lost'),
    { kind: 'attempt-lost', at: at + 22, ...step('lost'), attempt: 1, resolution: { kind: 'rerun' } },
    started('lost', 2),
    {
      kind: 'attempt-lost',
      at: at + 23,
      ...step('lost'),
      attempt: 2,
      resolution: { kind: 'fail', failure: { kind: 'lost', message: 'lost' } },
    },
    { kind: 'run-timed-out', at: at + 24 },
  ];
}
