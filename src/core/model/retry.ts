/** A retry declaration with its values settled. Delays and the deadline are milliseconds. */
export interface RetryPolicy {
  /** 1 means: no retry. */
  readonly maxAttempts: number;
  readonly delayMs: number;
  readonly backoff: 'constant' | 'linear' | 'exponential';
  readonly factor: number;
  readonly maxDelayMs: number;
  /** 0 to 1: how far a delay may deviate, as a share of itself, either way. */
  readonly jitter: number;
  /** `null`: what the handler calls retryable, else exit, timeout and crashed. */
  readonly on: readonly RetryFilter[] | null;
  /** Expression; evaluated after each failed attempt. */
  readonly condition: string | null;
  readonly deadlineMs: number | null;
}

export type RetryFilter =
  | { readonly kind: 'exit-code'; readonly code: number }
  | { readonly kind: 'failure-kind'; readonly failureKind: string }
  | { readonly kind: 'pattern'; readonly pattern: string };

export const noRetry: RetryPolicy = {
  maxAttempts: 1,
  delayMs: 1000,
  backoff: 'exponential',
  factor: 2,
  maxDelayMs: 60_000,
  jitter: 0.2,
  on: null,
  condition: null,
  deadlineMs: null,
};
