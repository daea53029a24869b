import { parseDuration } from '../document/duration.ts';
import { hasTemplate } from '../expression/parse-template.ts';
import type { Json } from '../model/json.ts';
import type { Result } from '../model/result.ts';
import { noRetry } from '../model/retry.ts';
import type { RetryDeclaration } from '../model/workflow.ts';
import { asSentence } from '../schema/sentence.ts';
import { parseAttempts, parseBackoff, parseFactor, parseFilter, parseJitter } from './retry-policy.ts';

export interface RetryFault {
  /** The key as written, from the declaration: `['max_attempts']`, `['on', 1]`. */
  readonly key: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
  readonly severity: 'error' | 'warning';
}

/** What is wrong with a declaration as far as it is constant. Patterns need `loadPatterns()`. */
export function checkRetry(retry: RetryDeclaration): readonly RetryFault[] {
  const faults: RetryFault[] = [];
  const check = (key: string, written: Json | undefined, parse: (value: Json) => Result<unknown, string>) => {
    if (written === undefined || (typeof written === 'string' && hasTemplate(written))) return;
    const parsed = parse(written);
    if (!parsed.ok) faults.push({ key: [key], severity: 'error', message: asSentence(`\`${key}\`: ${parsed.error}`) });
  };
  check('max_attempts', retry.maxAttempts, parseAttempts);
  check('delay', retry.delay, parseDuration);
  check('backoff', retry.backoff, parseBackoff);
  check('factor', retry.factor, parseFactor);
  check('max_delay', retry.maxDelay, parseDuration);
  check('jitter', retry.jitter, parseJitter);
  check('deadline', retry.deadline, parseDuration);
  for (const [index, item] of (retry.on ?? []).entries()) {
    if (typeof item === 'string' && hasTemplate(item)) continue;
    const filter = parseFilter(item);
    if (!filter.ok) faults.push({ key: ['on', index], severity: 'error', message: asSentence(filter.error) });
  }
  return faults.length > 0 ? faults : checkDelays(retry);
}

/** A first delay beyond the longest one is cut to it, which is seldom what was meant. */
function checkDelays({ delay, maxDelay }: RetryDeclaration): readonly RetryFault[] {
  if (delay === undefined || (typeof delay === 'string' && hasTemplate(delay))) return [];
  if (typeof maxDelay === 'string' && hasTemplate(maxDelay)) return [];
  const first = parseDuration(delay);
  const longest = maxDelay === undefined ? { ok: true as const, value: noRetry.maxDelayMs } : parseDuration(maxDelay);
  if (!first.ok || !longest.ok || first.value <= longest.value) return [];
  const message = `The delay of ${first.value / 1000} s is cut to \`max_delay\`, ${longest.value / 1000} s.`;
  return [{ key: ['delay'], severity: 'warning', message, hint: 'Give a greater `max_delay` beside it.' }];
}

/** Whether settling the declaration compiles patterns. */
export function retryUsesPatterns(retry: RetryDeclaration | undefined | null): boolean {
  return (retry?.on ?? []).some((item) => typeof item === 'string' && (item.startsWith('/') || hasTemplate(item)));
}
