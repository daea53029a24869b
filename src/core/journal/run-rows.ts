import type {
  AttemptLost,
  RunEnded,
  RunEvent,
  RunResumed,
  RunStarted,
  RunStatus,
  StepEnded,
  StepSettled,
} from '../model/event.ts';
import type { Failure } from '../model/failure.ts';
import type { Address } from '../model/ids.ts';
import { unreachable } from '../model/result.ts';
import type { StepStatus } from '../model/run-view.ts';
import type { SkipKind } from '../model/skip.ts';
import type { Workflow } from '../model/workflow.ts';
import type { Sha256 } from './chain.ts';

/** A definition that ran, named by the hash of its canonical JSON: the same for every run of it. */
export interface WorkflowRow {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly definition: string;
}

/** A run as `history` shows it. Times and durations as in the events. */
export interface ExecutionRow {
  readonly workflowId: string;
  readonly definitionHash: string;
  readonly file: string;
  readonly workspace: string;
  readonly commit: string | null;
  readonly status: RunStatus | 'running';
  readonly attempt: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly durationMs: number | null;
  readonly errorStep: string | null;
  readonly errorKind: string | null;
  readonly error: string | null;
}

/** One visit of one step. */
export interface StepRow {
  readonly address: Address;
  readonly visit: number;
  readonly status: StepStatus;
  readonly skipped: SkipKind | null;
  readonly attempts: number;
  /** Of the first attempt. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly durationMs: number | null;
  readonly errorKind: string | null;
  readonly error: string | null;
}

export interface ChangedRows {
  readonly workflows: readonly WorkflowRow[];
  readonly execution: ExecutionRow;
  readonly steps: readonly StepRow[];
}

/**
 * The rows of `workflows`, `executions` and `step_executions` for one run: derived from its events and from nothing
 * else, so that a table can always be rebuilt and compared.
 */
export class RunRows {
  readonly #sha256: Sha256;
  readonly #workflows = new Map<string, WorkflowRow>();
  readonly #steps = new Map<string, StepRow>();
  readonly #changedSteps = new Set<string>();
  #newWorkflows: WorkflowRow[] = [];
  #execution: ExecutionRow | null = null;

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  apply(event: RunEvent): void {
    switch (event.kind) {
      case 'run-started':
        return this.#start(event);
      case 'run-resumed':
        return this.#resume(event);
      case 'run-ended':
        return this.#endRun(event);
      case 'step-settled':
        return this.#settle(event);
      case 'attempt-started': {
        const { startedAt } = this.#step(event);
        return this.#put(event, { status: 'running', attempts: event.attempt, startedAt: startedAt ?? event.at });
      }
      case 'attempt-failed':
        return this.#fail(event, event.failure, {});
      case 'attempt-lost':
        return this.#resolveLost(event);
      case 'step-ended':
        return this.#end(event);
      case 'rollback-started':
        return this.#change({ status: 'running', endedAt: null, durationMs: null });
      case 'step-undone':
        return event.outcome.kind === 'undone' ? this.#put(event, { status: 'undone' }) : undefined;
      case 'undo-started':
      case 'undo-failed':
      case 'retry-due':
      case 'cancel-requested':
      case 'run-timed-out':
      case 'diagnostic-noted':
      case 'outputs-settled':
        return;
      default:
        return unreachable(event);
    }
  }

  /** What changed since the last call, all rows at the first one. The run must have started. */
  takeChanges(): ChangedRows {
    const steps = [...this.#changedSteps].flatMap((key) => this.#steps.get(key) ?? []);
    const changes = { workflows: this.#newWorkflows, execution: this.#started(), steps };
    this.#changedSteps.clear();
    this.#newWorkflows = [];
    return changes;
  }

  workflows(): readonly WorkflowRow[] {
    return [...this.#workflows.values()];
  }

  execution(): ExecutionRow {
    return this.#started();
  }

  /** In the order of their first events. */
  steps(): readonly StepRow[] {
    return [...this.#steps.values()];
  }

  #start(event: RunStarted): void {
    this.#execution = {
      workflowId: this.#workflowId(event.workflow),
      definitionHash: event.definitionHash,
      file: event.file,
      workspace: event.workspace,
      commit: event.commit,
      status: 'running',
      attempt: 1,
      startedAt: event.at,
      endedAt: null,
      durationMs: null,
      errorStep: null,
      errorKind: null,
      error: null,
    };
  }

  #resume({ attempt, changes }: RunResumed): void {
    this.#change({
      attempt,
      status: 'running',
      endedAt: null,
      durationMs: null,
      ...(changes.workflow && { workflowId: this.#workflowId(changes.workflow) }),
      ...(changes.definitionHash !== undefined && { definitionHash: changes.definitionHash }),
      ...(changes.commit !== undefined && { commit: changes.commit }),
    });
  }

  #settle(event: StepSettled): void {
    const { decision } = event;
    switch (decision.kind) {
      case 'run':
        return this.#put(event, { status: 'pending' });
      case 'skip':
        return this.#put(event, { status: 'skipped', skipped: decision.reason.kind, endedAt: event.at });
      case 'fail':
        return this.#fail(event, decision.failure, { status: 'failed', endedAt: event.at });
    }
  }

  #end(event: StepEnded): void {
    const { outcome, at: endedAt, durationMs } = event;
    const end = { endedAt, durationMs };
    switch (outcome.kind) {
      case 'success':
        return this.#put(event, { ...end, status: 'success', errorKind: null, error: null });
      case 'failed':
        return this.#fail(event, outcome.failure, { ...end, status: 'failed' });
      case 'skipped':
        return this.#put(event, { ...end, status: 'skipped', skipped: 'handler', error: outcome.message });
      case 'cancelled':
        return this.#put(event, { ...end, status: 'cancelled', errorKind: 'cancelled', error: outcome.message });
    }
  }

  #resolveLost(event: AttemptLost): void {
    const { resolution, at: endedAt } = event;
    const { startedAt } = this.#step(event);
    const end = { endedAt, durationMs: startedAt === null ? null : Math.max(0, endedAt - startedAt) };
    switch (resolution.kind) {
      case 'rerun':
        return this.#put(event, { status: 'pending' });
      case 'done':
        return this.#put(event, { ...end, status: 'success', errorKind: null, error: null });
      case 'fail':
        return this.#fail(event, resolution.failure, { ...end, status: 'failed' });
    }
  }

  #endRun({ at: endedAt, status, durationMs }: RunEnded): void {
    this.#change({ status, endedAt, durationMs });
    // An attempt that was being cancelled when the engine died has no end of its own in the journal.
    for (const row of this.#steps.values()) {
      if (row.status === 'running') this.#put(row, { status: 'cancelled', endedAt });
    }
  }

  #fail(event: StepEvent, failure: Failure, change: Partial<StepRow>): void {
    const error = { errorKind: failure.kind, error: failure.message };
    this.#put(event, { ...change, ...error });
    this.#change({ errorStep: event.address, ...error });
  }

  #put(event: StepEvent, change: Partial<StepRow>): void {
    const key = keyOf(event);
    this.#steps.set(key, { ...this.#step(event), ...change });
    this.#changedSteps.add(key);
  }

  #step(event: StepEvent): StepRow {
    return this.#steps.get(keyOf(event)) ?? { ...newStep, address: event.address, visit: event.visit };
  }

  #workflowId(workflow: Workflow): string {
    const definition = JSON.stringify(workflow);
    const { name, version, type } = workflow;
    const row = { id: this.#sha256(definition), name, version, type, definition };
    this.#workflows.set(row.id, row);
    this.#newWorkflows.push(row);
    return row.id;
  }

  #change(change: Partial<ExecutionRow>): void {
    this.#execution = { ...this.#started(), ...change };
  }

  #started(): ExecutionRow {
    if (this.#execution === null) throw new Error('the events of a run begin with run-started');
    return this.#execution;
  }
}

interface StepEvent {
  readonly address: Address;
  readonly visit: number;
}

const newStep = {
  status: 'pending',
  skipped: null,
  attempts: 0,
  startedAt: null,
  endedAt: null,
  durationMs: null,
  errorKind: null,
  error: null,
} as const;

function keyOf({ address, visit }: StepEvent): string {
  return `${visit} ${address}`;
}
