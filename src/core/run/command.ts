import type { Address } from '../model/ids.ts';

/** What `transition` wants done. The performer carries it out and answers with events. */
export type Command =
  | SettleStep
  | StartAttempt
  | ExecuteAttempt
  | CancelAttempt
  | ScheduleRetry
  | ResolveLost
  | ScheduleTimeout
  | SettleOutputs
  | BeginRollback
  | StartUndo
  | ExecuteUndo
  | CancelUndo
  | EndRun;

/** Evaluate what a visit needs and answer `step-settled`. */
export interface SettleStep {
  readonly kind: 'settle-step';
  readonly address: Address;
  readonly visit: number;
  /** `condition`: the step will not start whatever comes out; only why it is skipped is asked. */
  readonly scope: 'all' | 'condition';
}

/**
 * Record `attempt-started`; the attempt begins when that is durable. Where the deadline of the step's retries is over,
 * answer `step-ended` instead.
 */
export interface StartAttempt {
  readonly kind: 'start-attempt';
  readonly address: Address;
  readonly visit: number;
  readonly attempt: number;
}

/** Call the handler and answer `step-ended` or `attempt-failed`. */
export interface ExecuteAttempt {
  readonly kind: 'execute-attempt';
  readonly address: Address;
  readonly visit: number;
  readonly attempt: number;
}

/** End a running attempt; its end is answered by the `execute-attempt` that is under way. */
export interface CancelAttempt {
  readonly kind: 'cancel-attempt';
  readonly address: Address;
  readonly visit: number;
  readonly reason: string;
}

/** Answer `retry-due` at that wall-clock time. */
export interface ScheduleRetry {
  readonly kind: 'schedule-retry';
  readonly address: Address;
  readonly visit: number;
  readonly retryAt: number;
}

/** Find out what became of an attempt that the dead engine left, and answer `attempt-lost`. */
export interface ResolveLost {
  readonly kind: 'resolve-lost';
  readonly address: Address;
  readonly visit: number;
  readonly attempt: number;
}

/** Answer `run-timed-out` when so much time has passed. */
export interface ScheduleTimeout {
  readonly kind: 'schedule-timeout';
  readonly delayMs: number;
}

/** Evaluate the run's outputs and answer `outputs-settled`. */
export interface SettleOutputs {
  readonly kind: 'settle-outputs';
}

/** Answer `rollback-started`. */
export interface BeginRollback {
  readonly kind: 'begin-rollback';
}

/** Settle how the step is taken back and answer `undo-started`, not before that time; `step-undone` where it cannot be settled. */
export interface StartUndo {
  readonly kind: 'start-undo';
  readonly address: Address;
  readonly visit: number;
  readonly attempt: number;
  /** Wall-clock time; 0: at once. */
  readonly notBefore: number;
}

/** Take the step back and answer `step-undone` or `undo-failed`. */
export interface ExecuteUndo {
  readonly kind: 'execute-undo';
  readonly address: Address;
  readonly visit: number;
  readonly attempt: number;
}

/** End an undo that runs; its end is answered by the `execute-undo` that is under way. */
export interface CancelUndo {
  readonly kind: 'cancel-undo';
  readonly address: Address;
  readonly reason: string;
}

/** Answer `run-ended`. */
export interface EndRun {
  readonly kind: 'end-run';
}
