import { isJsonMap, type Json } from '../model/json.ts';
import type { RetryDeclaration } from '../model/workflow.ts';

/** A retry declaration from a configuration file whose structure fits `retrySchema`; `null` where none is written. */
export function retryDeclaration(written: Json | undefined): RetryDeclaration | null {
  if (!isJsonMap(written)) return null;
  const { on } = written;
  return {
    ...(typeof written.enabled === 'boolean' && { enabled: written.enabled }),
    ...numberOrText(written.max_attempts, 'maxAttempts'),
    ...numberOrText(written.delay, 'delay'),
    ...(typeof written.backoff === 'string' && { backoff: written.backoff }),
    ...numberOrText(written.factor, 'factor'),
    ...numberOrText(written.max_delay, 'maxDelay'),
    ...numberOrText(written.jitter, 'jitter'),
    ...(Array.isArray(on) && { on: on.filter((item) => typeof item === 'number' || typeof item === 'string') }),
    ...(typeof written.condition === 'string' && { condition: written.condition }),
    ...numberOrText(written.deadline, 'deadline'),
  };
}

function numberOrText<K extends string>(value: Json | undefined, key: K): { readonly [P in K]?: number | string } {
  const entry: { [P in K]?: number | string } = {};
  if (typeof value === 'number' || typeof value === 'string') entry[key] = value;
  return entry;
}
