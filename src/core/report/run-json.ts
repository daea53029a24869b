import type { RunStatus } from '../model/event.ts';
import type { Failure, FailureKind } from '../model/failure.ts';
import { isoTime } from '../model/iso-time.ts';
import type { JsonMap } from '../model/json.ts';
import type { RollbackView, RolledBackStep, RunView, StepStatus, StepView } from '../model/run-view.ts';
import type { SkipKind, SkipReason } from '../model/skip.ts';
import { type DiagnosticJson, diagnosticJson } from './diagnostic-json.ts';

/** The object that `run --json`, `resume --json` and `status --json` print. Times are ISO 8601, UTC. */
export interface RunJson {
  readonly run_id: string;
  readonly workflow: { readonly name: string; readonly version: string };
  readonly status: RunStatus | 'running';
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly duration_ms: number | null;
  readonly outputs: JsonMap;
  readonly steps: readonly StepJson[];
  readonly diagnostics: readonly DiagnosticJson[];
  /** Only where completed steps were taken back. */
  readonly rollback?: RollbackJson;
}

export interface RollbackJson {
  readonly cause: RollbackView['cause'];
  readonly steps: readonly {
    readonly id: string;
    readonly visit: number;
    readonly status: RolledBackStep['status'];
    readonly message: string;
    readonly commands: readonly string[];
    readonly duration_ms: number | null;
  }[];
}

export interface StepJson {
  /** The address, where the step is an instance in a loop. */
  readonly id: string;
  readonly name: string;
  readonly handler: string;
  readonly status: StepStatus;
  readonly skipped_reason: SkipKind | null;
  /** The step that a skip `blocked` or `edge` speaks of. */
  readonly skipped_by: string | null;
  /** What the handler said when it skipped the step. */
  readonly skipped_message: string | null;
  readonly attempts: number;
  readonly visits: number;
  readonly started_at: string | null;
  readonly duration_ms: number | null;
  readonly outputs: JsonMap;
  readonly error: ErrorJson | null;
}

export interface ErrorJson {
  readonly kind: FailureKind;
  readonly message: string;
  readonly exit_code: number | null;
}

export function runJson(view: RunView): RunJson {
  return {
    run_id: view.runId,
    workflow: { name: view.workflow.name, version: view.workflow.version },
    status: view.ended ? view.status : 'running',
    started_at: isoTime(view.startedAt),
    ended_at: timeOrNull(view.endedAt),
    duration_ms: view.durationMs,
    outputs: view.outputs,
    steps: view.steps.map(stepJson),
    diagnostics: [...view.diagnostics.map(diagnosticJson), ...view.steps.flatMap(findingsJson)],
    ...(view.rollback !== null && { rollback: rollbackJson(view.rollback) }),
  };
}

function rollbackJson({ cause, steps }: RollbackView): RollbackJson {
  return {
    cause,
    steps: steps.map(({ address, visit, status, message, commands, durationMs }) => ({
      id: address,
      visit,
      status,
      message,
      commands,
      duration_ms: durationMs,
    })),
  };
}

/** What the action's output `steps` holds: no text of the run, which a mask would make the platform drop. */
export function stepTimesJson(
  view: RunView,
): readonly Pick<StepJson, 'id' | 'status' | 'started_at' | 'duration_ms'>[] {
  return view.steps.map((step) => ({
    id: step.address,
    status: step.status,
    started_at: timeOrNull(step.startedAt),
    duration_ms: step.durationMs,
  }));
}

function stepJson(step: StepView): StepJson {
  return {
    id: step.address,
    name: step.name,
    handler: step.handler,
    status: step.status,
    skipped_reason: step.skipped?.kind ?? null,
    skipped_by: step.skipped ? skippedBy(step.skipped) : null,
    skipped_message: step.skipped?.kind === 'handler' ? step.skipped.message : null,
    attempts: step.attempts,
    visits: step.visits,
    started_at: timeOrNull(step.startedAt),
    duration_ms: step.durationMs,
    outputs: step.outputs,
    error: step.error && errorJson(step.error),
  };
}

function skippedBy(reason: SkipReason): string | null {
  return reason.kind === 'blocked' || reason.kind === 'edge' ? reason.by : null;
}

function errorJson(failure: Failure): ErrorJson {
  return { kind: failure.kind, message: failure.message, exit_code: failure.exitCode ?? null };
}

function timeOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : isoTime(epochMs);
}

/** What steps remarked stands among the diagnostics, behind those of the definition. */
function findingsJson({ address, findings }: StepView): readonly DiagnosticJson[] {
  return findings.map(({ level, message, file, line, column, rule, hint }) => ({
    code: 'finding',
    severity: level,
    message: rule === undefined ? message : `${message} (${rule})`,
    file: file ?? null,
    line: line ?? null,
    column: column ?? null,
    end_line: null,
    end_column: null,
    path: `steps.${address}`,
    hint: hint ?? null,
  }));
}
