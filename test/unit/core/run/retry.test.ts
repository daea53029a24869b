import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../src/core/model/failure.ts';
import { noRetry, type RetryPolicy } from '../../../../src/core/model/retry.ts';
import { delayAfter, type FailedAttempt, nextDelay, type RetryQuestions } from '../../../../src/core/run/retry.ts';

const policy: RetryPolicy = { ...noRetry, maxAttempts: 3, jitter: 0 };
const exit: Failure = { kind: 'exit', message: 'exit 1', exitCode: 1 };
const failed = (failure: Failure, more: Partial<FailedAttempt> = {}): FailedAttempt => ({
  attempt: 1,
  failure,
  retryable: null,
  text: failure.message,
  elapsedMs: 0,
  ...more,
});
const ask: RetryQuestions = {
  condition: () => true,
  matches: (pattern, text) => new RegExp(pattern).test(text),
  chance: () => 0.5,
};

describe('retry', () => {
  it('ends with the last attempt', () => {
    expect(nextDelay(policy, failed(exit, { attempt: 2 }), ask)).toBe(2000);
    expect(nextDelay(policy, failed(exit, { attempt: 3 }), ask)).toBeNull();
  });

  it.each([
    ['exit', true],
    ['timeout', true],
    ['crashed', true],
    ['handler', false],
    ['output', false],
    ['not-found', false],
    ['configuration', false],
    ['cancelled', false],
  ] as const)('without filters treats a failure of kind %s as retried: %s', (kind, retried) => {
    expect(nextDelay(policy, failed({ kind, message: '' }), ask) !== null).toBe(retried);
  });

  it('takes the word of the handler before the kind', () => {
    expect(nextDelay(policy, failed({ kind: 'handler', message: '', retryable: true }), ask)).not.toBeNull();
    expect(nextDelay(policy, failed(exit, { retryable: false }), ask)).toBeNull();
  });

  it('asks the filters where there are any', () => {
    const only = (on: RetryPolicy['on']) => nextDelay({ ...policy, on }, failed(exit), ask) !== null;
    expect(only([{ kind: 'exit-code', code: 1 }])).toBe(true);
    expect(only([{ kind: 'exit-code', code: 2 }])).toBe(false);
    expect(only([{ kind: 'failure-kind', failureKind: 'exit' }])).toBe(true);
    expect(only([{ kind: 'pattern', pattern: '^exit \\d' }])).toBe(true);
    expect(only([])).toBe(false);
  });

  it('never retries a configuration or a cancel, whatever the filters say', () => {
    const on = [{ kind: 'failure-kind', failureKind: 'cancelled' }] as const;
    expect(nextDelay({ ...policy, on }, failed({ kind: 'cancelled', message: '' }), ask)).toBeNull();
  });

  it('starts nothing at or after the deadline', () => {
    const bounded = { ...policy, deadlineMs: 5000 };
    expect(nextDelay(bounded, failed(exit, { elapsedMs: 3999 }), ask)).toBe(1000);
    expect(nextDelay(bounded, failed(exit, { elapsedMs: 4000 }), ask)).toBeNull();
  });

  it('grows its delay as the backoff says, up to the limit', () => {
    const delays = (more: Partial<RetryPolicy>) => [1, 2, 3, 4].map((n) => delayAfter({ ...policy, ...more }, n, 0.5));
    expect(delays({ backoff: 'constant' })).toEqual([1000, 1000, 1000, 1000]);
    expect(delays({ backoff: 'linear' })).toEqual([1000, 2000, 3000, 4000]);
    expect(delays({ backoff: 'exponential', factor: 3 })).toEqual([1000, 3000, 9000, 27_000]);
    expect(delays({ maxDelayMs: 2500 })).toEqual([1000, 2000, 2500, 2500]);
  });

  it('keeps jitter within its share either way', () => {
    const jittered = { ...policy, jitter: 0.2 };
    expect(delayAfter(jittered, 1, 0)).toBe(800);
    expect(delayAfter(jittered, 1, 0.999_999)).toBe(1200);
  });
});
