import type { Failure } from '../model/failure.ts';
import type { RetryFilter, RetryPolicy } from '../model/retry.ts';

/** What `retry` knows of a failed attempt. */
export interface FailedAttempt {
  readonly attempt: number;
  readonly failure: Failure;
  /** The handler's own word; null where it said nothing. */
  readonly retryable: boolean | null;
  /** The message and the last 100 lines: what `/patterns/` look at. */
  readonly text: string;
  /** Milliseconds since the visit's first attempt began. */
  readonly elapsedMs: number;
}

export interface RetryQuestions {
  /** Value of `retry.condition`; asked last, and only where there is one. */
  condition(): boolean;
  matches(pattern: string, text: string): boolean;
  /** 0 or more, below 1. */
  chance(): number;
}

/**
 * The delay before the next attempt in milliseconds, or null where none follows (LANGUAGE.md sections 3 and 4).
 * No attempt starts after the deadline, so a delay that would reach beyond it ends the retries.
 */
export function nextDelay(policy: RetryPolicy, failed: FailedAttempt, ask: RetryQuestions): number | null {
  if (failed.attempt >= policy.maxAttempts) return null;
  if (failed.failure.kind === 'configuration' || failed.failure.kind === 'cancelled') return null;
  if (!isRetried(policy, failed, ask)) return null;
  if (policy.condition !== null && !ask.condition()) return null;
  const delay = delayAfter(policy, failed.attempt, ask.chance());
  return policy.deadlineMs !== null && failed.elapsedMs + delay >= policy.deadlineMs ? null : delay;
}

function isRetried(policy: RetryPolicy, failed: FailedAttempt, ask: RetryQuestions): boolean {
  if (policy.on !== null) return policy.on.some((filter) => fits(filter, failed, ask));
  const said = failed.failure.retryable ?? failed.retryable;
  return said ?? ['exit', 'timeout', 'crashed'].includes(failed.failure.kind);
}

function fits(filter: RetryFilter, { failure, text }: FailedAttempt, ask: RetryQuestions): boolean {
  switch (filter.kind) {
    case 'exit-code':
      return failure.exitCode === filter.code;
    case 'failure-kind':
      return failure.kind === filter.failureKind;
    case 'pattern':
      return ask.matches(filter.pattern, text);
  }
}

/** `chance` 0.5 gives the plain delay; jitter moves it either way by at most that share, never past the longest. */
export function delayAfter(policy: RetryPolicy, attempt: number, chance: number): number {
  const plain = Math.min(growth(policy, attempt), policy.maxDelayMs);
  return Math.min(policy.maxDelayMs, Math.round(plain * (1 + policy.jitter * (2 * chance - 1))));
}

function growth({ backoff, delayMs, factor }: RetryPolicy, attempt: number): number {
  switch (backoff) {
    case 'constant':
      return delayMs;
    case 'linear':
      return delayMs * attempt;
    case 'exponential':
      return delayMs * factor ** (attempt - 1);
  }
}
