import { parseDuration } from '../document/duration.ts';
import { compilePattern } from '../expression/pattern.ts';
import { suggest } from '../expression/suggest.ts';
import { failureKinds, isFailureKind } from '../model/failure.ts';
import type { Json } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import { noRetry, type RetryFilter, type RetryPolicy } from '../model/retry.ts';
import type { RetryDeclaration, Step, StepDefaults } from '../model/workflow.ts';
import type { HandlerDescription } from '../ports/handlers.ts';
import { describeValue } from '../schema/describe-value.ts';
import type { Configuration } from './configuration.ts';

export type RetryOrigin = 'step' | 'defaults' | 'vwmp_config' | 'handler';

export interface ResolvedRetry {
  readonly declaration: RetryDeclaration;
  readonly origin: RetryOrigin;
}

/**
 * The retry declaration that applies to a step: the first that is given of the step, `defaults`, `vwmp_config.yaml`,
 * the handler's own. Declarations are taken whole, never mixed. `null`: the step is not retried.
 */
export function resolveRetry(
  step: Step,
  defaults: StepDefaults,
  configuration: Configuration,
  handler: HandlerDescription | undefined,
): ResolvedRetry | null {
  const settings = configuration.stepHandlers;
  const name = handler?.name ?? step.handler;
  const configured = Object.hasOwn(settings, name) ? settings[name]?.retry : null;
  if (step.retry) return { declaration: step.retry, origin: 'step' };
  if (defaults.retry) return { declaration: defaults.retry, origin: 'defaults' };
  if (configured) return { declaration: configured, origin: 'vwmp_config' };
  return handler?.retry ? { declaration: handler.retry, origin: 'handler' } : null;
}

/** What a declaration is where it leaves a key out (LANGUAGE.md section 3). */
const defaults: RetryPolicy = { ...noRetry, maxAttempts: 3 };

/**
 * The policy of a declaration, its templates evaluated by `settle`. `null` and `enabled: false` mean: no retry.
 * The error is one line that begins with the key. Patterns need `loadPatterns()`.
 */
export function settleRetryPolicy(
  retry: RetryDeclaration | null,
  settle: (value: Json) => Result<Json | undefined, string>,
): Result<RetryPolicy, string> {
  if (retry === null || retry.enabled === false) return ok(noRetry);
  const faults: string[] = [];
  const read = <T>(
    key: string,
    written: Json | undefined,
    fallback: T,
    parse: (value: Json) => Result<T, string>,
  ): T => {
    if (written === undefined) return fallback;
    const settled = settle(written);
    const parsed = settled.ok ? parseSet(settled.value, fallback, parse) : settled;
    if (parsed.ok) return parsed.value;
    faults.push(`${key}: ${parsed.error}`);
    return fallback;
  };
  const policy: RetryPolicy = {
    maxAttempts: read('max_attempts', retry.maxAttempts, defaults.maxAttempts, parseAttempts),
    delayMs: read('delay', retry.delay, defaults.delayMs, parseDuration),
    backoff: read('backoff', retry.backoff, defaults.backoff, parseBackoff),
    factor: read('factor', retry.factor, defaults.factor, parseFactor),
    maxDelayMs: read('max_delay', retry.maxDelay, defaults.maxDelayMs, parseDuration),
    jitter: read('jitter', retry.jitter, defaults.jitter, parseJitter),
    on: readFilters(retry.on, settle, faults),
    condition: retry.condition ?? null,
    deadlineMs: read<number | null>('deadline', retry.deadline, null, parseDuration),
  };
  const [fault] = faults;
  return fault === undefined ? ok(policy) : err(fault);
}

/** A value that came out as null is as good as not written. */
function parseSet<T>(
  value: Json | undefined,
  fallback: T,
  parse: (value: Json) => Result<T, string>,
): Result<T, string> {
  return value === undefined || value === null ? ok(fallback) : parse(value);
}

export function parseAttempts(value: Json): Result<number, string> {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return ok(value);
  return err(`must be a whole number of 1 or more, not ${describeValue(value)}`);
}

export function parseBackoff(value: Json): Result<RetryPolicy['backoff'], string> {
  if (value === 'constant' || value === 'linear' || value === 'exponential') return ok(value);
  return err(`must be constant, linear or exponential, not ${describeValue(value)}`);
}

export function parseFactor(value: Json): Result<number, string> {
  if (typeof value === 'number' && value > 0) return ok(value);
  return err(`must be a number greater than 0, not ${describeValue(value)}`);
}

export function parseJitter(value: Json): Result<number, string> {
  if (typeof value === 'number' && value >= 0 && value <= 1) return ok(value);
  return err(`must be a number from 0 to 1, not ${describeValue(value)}`);
}

function readFilters(
  written: RetryDeclaration['on'],
  settle: (value: Json) => Result<Json | undefined, string>,
  faults: string[],
): RetryPolicy['on'] {
  if (written === undefined) return null;
  return written.flatMap((item) => {
    const settled = settle(item);
    const filter = settled.ok ? parseSettledFilter(settled.value) : settled;
    if (filter.ok) return filter.value === null ? [] : [filter.value];
    faults.push(`on: ${filter.error}`);
    return [];
  });
}

/** An item that came out as null is as good as not written. */
function parseSettledFilter(item: Json | undefined): Result<RetryFilter | null, string> {
  if (item === undefined || item === null) return ok(null);
  if (typeof item === 'number' || typeof item === 'string') return parseFilter(item);
  return err(`must be an exit code, a failure kind or a /pattern/, not ${describeValue(item)}`);
}

/** An exit code, a failure kind, or a `/pattern/`. */
export function parseFilter(item: number | string): Result<RetryFilter, string> {
  if (typeof item === 'number') {
    return Number.isInteger(item) ? ok({ kind: 'exit-code', code: item }) : err(`${item} is no exit code`);
  }
  if (item.length > 2 && item.startsWith('/') && item.endsWith('/')) return parsePattern(item.slice(1, -1));
  if (isFailureKind(item)) return ok({ kind: 'failure-kind', failureKind: item });
  const nearest = suggest(item, failureKinds);
  const hint = nearest === null ? `one of ${failureKinds.join(', ')}` : `did you mean "${nearest}"?`;
  return err(`"${item}" is neither an exit code, nor a failure kind, nor a /pattern/ (${hint})`);
}

function parsePattern(pattern: string): Result<RetryFilter, string> {
  const compiled = compilePattern(pattern);
  return compiled.ok
    ? ok({ kind: 'pattern', pattern })
    : err(`the pattern /${pattern}/ cannot be used: ${compiled.error}`);
}
