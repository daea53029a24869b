import { beforeAll, describe, expect, it } from 'vitest';
import { checkRetry } from '../../../../src/core/configuration/check-retry.ts';
import { noConfiguration } from '../../../../src/core/configuration/configuration.ts';
import { resolveRetry, settleRetryPolicy } from '../../../../src/core/configuration/retry-policy.ts';
import { readWorkflow } from '../../../../src/core/document/read-workflow.ts';
import { loadPatterns } from '../../../../src/core/expression/pattern.ts';
import type { Json } from '../../../../src/core/model/json.ts';
import { err, ok } from '../../../../src/core/model/result.ts';
import { noRetry } from '../../../../src/core/model/retry.ts';
import type { RetryDeclaration } from '../../../../src/core/model/workflow.ts';
import { testHandlers } from '../checks/check-definition.ts';

beforeAll(loadPatterns);

const asWritten = (value: Json) => ok(value);

describe('the retry that applies', () => {
  it('is the first that is given of step, defaults, configuration file and handler', () => {
    const read = (head: string, step: string) =>
      readWorkflow(`name: x\n${head}\nsteps: [{ id: s, handler: git.push${step} }]`, 'f').workflow;
    const base = testHandlers.find(({ name }) => name === 'git.push');
    if (!base) throw new Error('the handler exists');
    const handler = { ...base, retry: { maxAttempts: 4 } };
    const configuration = {
      ...noConfiguration,
      stepHandlers: { 'git.push': { enabled: true, config: {}, retry: { maxAttempts: 3 } } },
    };
    const origin = (head: string, step: string, file: typeof noConfiguration, own: typeof base) => {
      const workflow = read(head, step);
      const [first] = workflow?.steps ?? [];
      return workflow && first ? resolveRetry(first, workflow.defaults, file, own)?.origin : null;
    };
    const defaults = 'defaults: { retry: { max_attempts: 2 } }';
    expect(origin(defaults, ', retry: { max_attempts: 1 }', configuration, handler)).toBe('step');
    expect(origin(defaults, '', configuration, handler)).toBe('defaults');
    expect(origin('', '', configuration, handler)).toBe('vwmp_config');
    expect(origin('', '', noConfiguration, handler)).toBe('handler');
    expect(origin('', '', noConfiguration, base)).toBeUndefined();
  });
});

describe('settling a retry declaration', () => {
  it('fills in what is not written', () => {
    expect(settleRetryPolicy({}, asWritten)).toEqual(ok({ ...noRetry, maxAttempts: 3 }));
    expect(settleRetryPolicy(null, asWritten)).toEqual(ok(noRetry));
    expect(settleRetryPolicy({ enabled: false, maxAttempts: 9 }, asWritten)).toEqual(ok(noRetry));
  });

  it('takes every key', () => {
    const written: RetryDeclaration = {
      maxAttempts: 5,
      delay: '500ms',
      backoff: 'linear',
      factor: 3,
      maxDelay: 10,
      jitter: 0,
      on: [2, 'timeout', '/no such host/'],
      condition: 'true',
      deadline: '1m30s',
    };
    expect(settleRetryPolicy(written, asWritten)).toEqual(
      ok({
        maxAttempts: 5,
        delayMs: 500,
        backoff: 'linear',
        factor: 3,
        maxDelayMs: 10_000,
        jitter: 0,
        on: [
          { kind: 'exit-code', code: 2 },
          { kind: 'failure-kind', failureKind: 'timeout' },
          { kind: 'pattern', pattern: 'no such host' },
        ],
        condition: 'true',
        deadlineMs: 90_000,
      }),
    );
  });

  it('takes a null that a template came to as not written', () => {
    expect(settleRetryPolicy({ delay: '{{ config.d }}', deadline: '{{ config.x }}' }, () => ok(null))).toEqual(
      ok({ ...noRetry, maxAttempts: 3 }),
    );
  });

  it.each<[RetryDeclaration, string]>([
    [{ maxAttempts: 0 }, 'max_attempts: must be a whole number of 1 or more'],
    [{ maxAttempts: 2.5 }, 'max_attempts: must be'],
    [{ maxAttempts: '3' }, 'max_attempts: must be'],
    [{ delay: 0 }, 'delay: '],
    [{ delay: '5' }, 'delay: '],
    [{ backoff: 'expo' }, 'backoff: must be constant, linear or exponential'],
    [{ factor: 0 }, 'factor: must be'],
    [{ jitter: 1.5 }, 'jitter: must be a number from 0 to 1'],
    [{ deadline: -1 }, 'deadline: '],
    [{ on: ['timout'] }, 'did you mean "timeout"?'],
    [{ on: [1.5] }, 'no exit code'],
    [{ on: ['/(/'] }, 'cannot be used'],
  ])('refuses %j', (written, words) => {
    expect(settleRetryPolicy(written, asWritten)).toEqual({ ok: false, error: expect.stringContaining(words) });
    expect(checkRetry(written)).toMatchObject([{ severity: 'error' }]);
  });

  it('hands on what a template has against it', () => {
    expect(settleRetryPolicy({ delay: '{{ x }}' }, () => err('no root'))).toEqual(err('delay: no root'));
  });
});
