import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Failure } from './failure.ts';
import type { Address, RunId, StepId } from './ids.ts';
import type { Json, JsonMap } from './json.ts';
import type { Finding, PublishedFile } from './outcome.ts';
import type { RetryPolicy } from './retry.ts';
import type { StepEffect, UndoOutcome } from './rollback.ts';
import type { Selection } from './selection.ts';
import type { SkipReason } from './skip.ts';
import type { Workflow } from './workflow.ts';

/**
 * What happened in a run, in the order in which it happened. Events are the only truth: state, reports, tables and
 * live views are derived from them. An event is durable before its consequences begin.
 *
 * Times are milliseconds since 1970, UTC, by the wall clock; durations come from the monotonic clock.
 * Secret values never stand in an event.
 * docs/decisions/0003-events-for-the-whole-language.md lists the events that later capabilities add.
 */
export type RunEvent =
  | RunStarted
  | RunResumed
  | StepSettled
  | AttemptStarted
  | AttemptFailed
  | RetryDue
  | AttemptLost
  | StepEnded
  | CancelRequested
  | RunTimedOut
  | DiagnosticNoted
  | OutputsSettled
  | RollbackStarted
  | UndoStarted
  | UndoFailed
  | StepUndone
  | RunEnded;

export interface RunStarted {
  readonly kind: 'run-started';
  readonly at: number;
  readonly runId: RunId;
  /** Version of the engine that wrote the event. */
  readonly engine: string;
  readonly workflow: Workflow;
  /** The file that the definition came from, relative to the workspace where it lies inside. */
  readonly file: string;
  /** SHA-256, hexadecimal, over the canonical form of the definition and all that belongs to it. */
  readonly definitionHash: string;
  /** Commit that was checked out; `null` outside git. */
  readonly commit: string | null;
  readonly workspace: string;
  /** Settled parameters without the secret ones. */
  readonly parameters: JsonMap;
  /** Names of the secret parameters that had a value: a resume must be given them again. */
  readonly secretParameters: readonly string[];
  /** The workflow's `config`, settled. */
  readonly config: JsonMap;
  readonly task: Json;
  readonly github: Json;
  readonly selection: Selection;
  /** Steps that take part; `null`: all. Computed from the selection, so that replay needs no graph rules of its time. */
  readonly selected: readonly StepId[] | null;
  /** Steps whose `enabled` came out false, and those for which it could not be evaluated. */
  readonly disabled: readonly StepId[];
  readonly enabledFailures: { readonly [id: string]: Failure };
  readonly maxParallel: number;
  readonly timeoutMs: number | null;
}

/** The engine took the run up again: after its own death, or to open a run that had ended. */
export interface RunResumed {
  readonly kind: 'run-resumed';
  readonly at: number;
  /** Counts the starts of the run: 2 for the first resume. */
  readonly attempt: number;
  /** What replaces the values of `run-started`, where the user accepted changes or gave another selection. */
  readonly changes: Partial<
    Pick<
      RunStarted,
      | 'workflow'
      | 'definitionHash'
      | 'commit'
      | 'parameters'
      | 'config'
      | 'selection'
      | 'selected'
      | 'disabled'
      | 'enabledFailures'
      | 'maxParallel'
    >
  >;
  /** Finished steps that run again although they succeeded: those reachable from `--from`, and givers of lost secrets. */
  readonly again: readonly Address[];
  /**
   * Whether what follows a step that stands waits for what runs again before it. False: it starts at once, as all did
   * before version 4 of the journal.
   */
  readonly keepsOrder: boolean;
}

/** The performer evaluated what a visit needs: its condition, and its configuration if it is to run. */
export interface StepSettled {
  readonly kind: 'step-settled';
  readonly at: number;
  readonly address: Address;
  readonly visit: number;
  readonly decision: SettledDecision;
  /** Names of the parameters that the evaluation read. */
  readonly parametersRead: readonly string[];
}

export type SettledDecision =
  | { readonly kind: 'run'; readonly settings: StepSettings }
  | { readonly kind: 'skip'; readonly reason: SkipReason }
  | { readonly kind: 'fail'; readonly failure: Failure };

/** Everything an attempt needs. Fields that hold secrets stand in `deferred` as the template that makes them. */
export interface StepSettings {
  readonly name: string;
  readonly config: JsonMap;
  readonly env: { readonly [name: string]: string };
  readonly deferred: readonly DeferredField[];
  readonly timeoutMs: number | null;
  readonly retry: RetryPolicy;
  readonly idempotencyKey: string;
}

/** A field whose value must not be recorded, as what makes it. `path` begins with `config` or `env`. */
export interface DeferredField {
  readonly path: readonly (string | number)[];
  readonly template: Json;
  /** The text is taken as it is, never as a template: scripts. */
  readonly verbatim?: boolean;
}

export interface AttemptStarted {
  readonly kind: 'attempt-started';
  readonly at: number;
  readonly address: Address;
  readonly visit: number;
  /** From 1, counted anew in each visit. */
  readonly attempt: number;
}

/** An attempt failed and another one follows. A last failed attempt is a `step-ended`. */
export interface AttemptFailed {
  readonly kind: 'attempt-failed';
  readonly at: number;
  readonly address: Address;
  readonly visit: number;
  readonly attempt: number;
  readonly failure: Failure;
  readonly retryAt: number;
  readonly findings: readonly Finding[];
}

/** The delay before the next attempt is over. */
export interface RetryDue {
  readonly kind: 'retry-due';
  readonly at: number;
  readonly address: Address;
  readonly visit: number;
}

/** On resume, an attempt was found that nobody saw end. */
export interface AttemptLost {
  readonly kind: 'attempt-lost';
  readonly at: number;
  readonly address: Address;
  readonly visit: number;
  readonly attempt: number;
  readonly resolution: /** `effect`: what it may have done, where it does not run again and is to be taken back. */
    | { readonly kind: 'rerun'; readonly effect?: StepEffect }
    /** `outputs` without the secret ones, whose names are listed. */
    | {
        readonly kind: 'done';
        readonly outputs: JsonMap;
        readonly secretOutputs?: readonly string[];
        readonly effect?: StepEffect;
      }
    | { readonly kind: 'fail'; readonly failure: Failure; readonly effect?: StepEffect };
}

export interface StepEnded {
  readonly kind: 'step-ended';
  readonly at: number;
  readonly address: Address;
  readonly visit: number;
  /** From the start of the visit's first attempt, waits between attempts included. */
  readonly durationMs: number;
  readonly outcome: StepOutcome;
  /** Writes to the run's state map; visible from here on. */
  readonly stateWrites: JsonMap;
  readonly findings: readonly Finding[];
  readonly files: readonly PublishedFile[];
  /** Of a success what a rollback would have to take back, of a cancelled one what it may have to; absent: nothing. */
  readonly effect?: StepEffect;
}

export type StepOutcome =
  | {
      readonly kind: 'success';
      /** Without the secret ones, whose names are listed. */
      readonly outputs: JsonMap;
      readonly secretOutputs: readonly string[];
    }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly outputs: JsonMap }
  | { readonly kind: 'skipped'; readonly message: string }
  | { readonly kind: 'cancelled'; readonly message: string };

export interface CancelRequested {
  readonly kind: 'cancel-requested';
  readonly at: number;
  readonly message: string;
  /** A second request: `finally` ends too. */
  readonly force: boolean;
}

export interface RunTimedOut {
  readonly kind: 'run-timed-out';
  readonly at: number;
}

/** A warning of the run itself: concurrent writes, masked outputs, what a limit left out. */
export interface DiagnosticNoted {
  readonly kind: 'diagnostic-noted';
  readonly at: number;
  readonly diagnostic: Diagnostic;
}

export interface OutputsSettled {
  readonly kind: 'outputs-settled';
  readonly at: number;
  readonly outputs: JsonMap;
  /** Outputs that are secret: their values are known to this process only. */
  readonly secretOutputs: readonly string[];
  /** Outputs that could not be evaluated; they are null. */
  readonly failures: readonly { readonly name: string; readonly message: string }[];
}

/** Completed steps are taken back from here on, the newest first. */
export interface RollbackStarted {
  readonly kind: 'rollback-started';
  readonly at: number;
  /** `failure`: the workflow's policy asks for it; `request`: somebody does, after the end of the run. */
  readonly cause: 'failure' | 'request';
  /** The steps to take back and no others; `null`: all that can be. */
  readonly only: readonly Address[] | null;
  /** Of a step that ran again, every visit, or the newest one alone: that was all before version 3 of the journal. */
  readonly visits: 'all' | 'newest';
}

export interface UndoStarted {
  readonly kind: 'undo-started';
  readonly at: number;
  readonly address: Address;
  readonly visit: number;
  readonly attempt: number;
  /** Of the step's own `rollback`; `null`: what the visit itself ran with. */
  readonly settings: StepSettings | null;
}

/** An attempt to take a step back failed and another one follows. */
export interface UndoFailed {
  readonly kind: 'undo-failed';
  readonly at: number;
  readonly address: Address;
  readonly visit: number;
  readonly attempt: number;
  readonly failure: Failure;
  readonly retryAt: number;
}

export interface StepUndone {
  readonly kind: 'step-undone';
  readonly at: number;
  readonly address: Address;
  readonly visit: number;
  readonly durationMs: number;
  readonly outcome: UndoOutcome;
}

export type RunStatus = 'success' | 'partial' | 'failed' | 'cancelled' | 'waiting';

export interface RunEnded {
  readonly kind: 'run-ended';
  readonly at: number;
  readonly status: RunStatus;
  readonly durationMs: number;
}
