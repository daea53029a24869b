import type { Json } from './json.ts';

/**
 * Why a step failed (LANGUAGE.md section 4). The kind decides retry and routing and stands in the journal.
 * - `configuration`: settling the step failed; no attempt was made, and none is retried
 * - `handler`: the handler said so
 * - `exit`: a process ended with a code other than 0, or by a signal
 * - `timeout`: the attempt's, the retries' deadline's or the run's time was over
 * - `cancelled`: the run was cancelled
 * - `crashed`: the process of a plugin died
 * - `lost`: it was running when the engine died
 * - `output`: what it gave does not fit what it declares
 * - `visit-limit`: a route or a loop entered it once too often
 * - `budget`: it asked for more than it was granted
 * - `not-found`: a thing it names does not exist
 * - `permission`: it may not do what it tried
 */
export const failureKinds = [
  'configuration',
  'handler',
  'exit',
  'timeout',
  'cancelled',
  'crashed',
  'lost',
  'output',
  'visit-limit',
  'budget',
  'not-found',
  'permission',
] as const;

export type FailureKind = (typeof failureKinds)[number];

/** Something went wrong in a run. Data only: it is stored in the journal, shown, and read by expressions. */
export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
  /** Set for kind `exit`: the code, or 128 + the signal's number. */
  readonly exitCode?: number;
  /** The error under this one, as text, for the report. */
  readonly cause?: string;
  /** Where it happened, when the handler knows: becomes an annotation. */
  readonly file?: string;
  readonly line?: number;
  /** The handler's own word on whether another attempt may help; absent where it did not say. */
  readonly retryable?: boolean;
  /** More for machines: never shown as text. */
  readonly details?: Json;
}

export function isFailureKind(text: string): text is FailureKind {
  return (failureKinds as readonly string[]).includes(text);
}
