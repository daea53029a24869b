import type { Failure } from '../../src/core/model/failure.ts';
import type { Step, Workflow } from '../../src/core/model/workflow.ts';
import type { Rules } from './reference-rules.ts';

/** `retry` of section 3 with its defaults filled in; milliseconds. */
export interface RetryTerms {
  readonly maxAttempts: number;
  readonly delayMs: number;
  readonly backoff: string;
  readonly factor: number;
  readonly maxDelayMs: number;
  readonly jitter: number;
  readonly on: readonly (number | string)[] | null;
  readonly hasCondition: boolean;
  readonly deadlineMs: number;
}

/** The first that is given of step and `defaults`; `null`: no retry. */
export function retryTermsOf(step: Step, workflow: Workflow): RetryTerms | null {
  const written = step.retry ?? workflow.defaults.retry;
  if (!written || written.enabled === false) return null;
  return {
    maxAttempts: Number(written.maxAttempts ?? 3),
    delayMs: durationMs(written.delay ?? '1s'),
    backoff: written.backoff ?? 'exponential',
    factor: Number(written.factor ?? 2),
    maxDelayMs: durationMs(written.maxDelay ?? '60s'),
    jitter: Number(written.jitter ?? 0.2),
    on: written.on ?? null,
    hasCondition: written.condition !== undefined,
    deadlineMs: written.deadline === undefined ? Infinity : durationMs(written.deadline),
  };
}

/** The delay after `failedAttempts` failures, before chance changes it. */
export function delayAfter(terms: RetryTerms, failedAttempts: number, rules: Rules): number {
  const growth = rules.delaysGrow ? growthOf(terms, failedAttempts) : 1;
  return Math.min(terms.delayMs * growth, terms.maxDelayMs);
}

function growthOf(terms: RetryTerms, failedAttempts: number): number {
  if (terms.backoff === 'linear') return failedAttempts;
  return terms.backoff === 'exponential' ? terms.factor ** (failedAttempts - 1) : 1;
}

/** Whether a failure is of those that another attempt may cure. */
export function isRetried(terms: RetryTerms, failure: Failure, rules: Rules): boolean {
  if (failure.kind === 'configuration') return false;
  if (terms.on !== null && rules.filtersDecideRetry) return terms.on.some((filter) => matches(filter, failure));
  if (failure.retryable !== undefined && rules.handlerDecidesRetry) return failure.retryable;
  return !rules.someKindsRetry || ['exit', 'timeout', 'crashed'].includes(failure.kind);
}

/** Integers are exit codes, words are failure kinds, `/…/` is a pattern over the message. */
function matches(filter: number | string, failure: Failure): boolean {
  if (typeof filter === 'number') return failure.exitCode === filter;
  return filter.startsWith('/') ? new RegExp(filter.slice(1, -1)).test(failure.message) : failure.kind === filter;
}

/** `timeout` of the step, else that of `defaults`; `Infinity`: none. */
export function timeoutOf(step: Step, workflow: Workflow): number {
  const written = step.timeout ?? workflow.defaults.timeout;
  return written === undefined ? Infinity : durationMs(written);
}

const unitMs: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Section 1: a number is seconds; texts are like `500ms` or `1m30s`. */
export function durationMs(written: number | string): number {
  if (typeof written === 'number') return written * 1000;
  return [...written.matchAll(/(\d+)(ms|s|m|h)/g)].reduce(
    (total, [, count, unit]) => total + Number(count) * (unitMs[unit ?? ''] ?? Number.NaN),
    0,
  );
}
