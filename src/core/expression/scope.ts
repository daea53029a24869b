import type { Json } from '../model/json.ts';
import type { Result } from '../model/result.ts';

/**
 * What an expression can read. Everything is asked for lazily: only what the evaluation reaches is read, so a scope
 * may note what was read. Values are plain data with own data properties; nothing of them is ever called.
 */
export interface Scope {
  /**
   * The value of a root by its canonical name (`config` for `variables`; never `step-outputs`). Null where it has
   * none. `state` and `steps` are asked for here only when an expression uses them whole.
   */
  root(name: string): Json;
  /** What is known of a step; null where there is no such step. */
  step(id: string): StepFacts | null;
  /** One key of the run's state map; null where it is not set. */
  state(key: string): Json;
  /** ISO 8601, UTC. */
  now(): string;
  /**
   * The result of GitHub's function: SHA-256, hexadecimal, over the SHA-256 digests of the files that match, in
   * sorted order; empty where none matches. The error is one sentence for people.
   */
  hashFiles(patterns: readonly string[]): Result<string, string>;
  /** The run so far, for `success()` and its sisters; null where they are not allowed. */
  status(): StatusFacts | null;
}

/** What `steps.ID` shows. A type, not an interface, so that it is plain data to the evaluator. */
export type StepFacts = {
  /** A map; for a step with `for_each` the list of its items' outputs. */
  readonly outputs: Json;
  readonly status: string;
  readonly error: StepErrorFacts | null;
  readonly attempts: number;
  readonly visits: number;
  readonly duration_ms: number | null;
};

export type StepErrorFacts = {
  readonly kind: string;
  readonly message: string;
  readonly exit_code: number | null;
};

export interface StatusFacts {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

/** A scope of roots alone, for places that know no steps: configuration, `enabled`, tests. */
export function scopeOfRoots(roots: { readonly [name: string]: Json }, more: Partial<Scope> = {}): Scope {
  return {
    root: (name) => (Object.hasOwn(roots, name) ? (roots[name] ?? null) : null),
    step: () => null,
    state: () => null,
    now: () => '1970-01-01T00:00:00.000Z',
    hashFiles: () => ({ ok: false, error: 'no files can be read here' }),
    status: () => null,
    ...more,
  };
}
