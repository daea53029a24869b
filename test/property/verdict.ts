import type { RunStatus } from '../../src/core/model/event.ts';
import type { FailureKind } from '../../src/core/model/failure.ts';
import type { SkipKind } from '../../src/core/model/skip.ts';

/** What a run must have come to. */
export interface Verdict {
  readonly status: RunStatus;
  readonly steps: ReadonlyMap<string, StepVerdict>;
  /** In the order in which they happen. */
  readonly marks: readonly Mark[];
  /** Why the text does not decide this case: two things at one moment, or a corner that it leaves open. */
  readonly unclear: readonly string[];
  /** The run's own timeout ended it. */
  readonly timedOut: boolean;
}

export interface StepVerdict {
  readonly status: EndStatus;
  readonly skipped: Skip | null;
  readonly attempts: number;
  readonly failureKind: FailureKind | null;
  /** From the first attempt's beginning; `null` where none was made. */
  readonly durationMs: number | null;
}

export type EndStatus = 'success' | 'failed' | 'skipped' | 'cancelled';

/** `by`: every step whose edge keeps this one from running; whoever names one of them is right. */
export interface Skip {
  readonly kind: SkipKind;
  readonly by: readonly string[];
}

/**
 * `begin` and `end` of an attempt, `failed` of a step after its last one, `cancel` and `run-timeout` of the run. Where a
 * field has nothing to say it is empty or 0.
 */
export interface Mark {
  readonly kind: 'begin' | 'end' | 'failed' | 'cancel' | 'run-timeout';
  readonly at: number;
  readonly step: string;
  readonly attempt: number;
}
