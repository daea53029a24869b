import type { Failure } from '../../src/core/model/failure.ts';
import type { JsonMap } from '../../src/core/model/json.ts';
import type { UndoOutcome } from '../../src/core/model/rollback.ts';
import { type Selection, wholeRun } from '../../src/core/model/selection.ts';
import type { ProbeAnswer } from '../../src/core/ports/handlers.ts';

/**
 * What the world does to one simulated run, told before it starts. All times are milliseconds of virtual time since
 * the start of this run; only the script makes time pass: settling, journal and reports take none.
 */
export interface World {
  /** By step id, `finally` included. A step that is not listed behaves as `plainStep`. */
  readonly steps: { readonly [id: string]: StepScript };
  /** When the user cancels; `null`: never. A moment after the run's end changes nothing. */
  readonly cancelAt: number | null;
  /** When the user cancels once more, `finally` too; absent: never. */
  readonly forceAt?: number;
  readonly selection: Selection;
  /** Secrets that the user gives; absent: none. */
  readonly secrets?: { readonly [name: string]: string };
  /** Seed of the injected chance (jitter of retry delays). */
  readonly seed: number;
}

/** How one step meets the engine. The truths are consulted only where the step has the key at all. */
export interface StepScript {
  /** Value of `enabled` where it is an expression. */
  readonly enabled: Truth;
  /** Value of `condition`. */
  readonly condition: Truth;
  /** `error`: an expression in its configuration cannot be evaluated. */
  readonly configuration: 'fits' | 'error';
  /** Value of `retry.condition`, after every failed attempt. */
  readonly retryCondition: boolean;
  /** What the attempts come to, in order; the last one stands for all further ones. One or more. */
  readonly attempts: readonly AttemptScript[];
  /** What the probe of a step with the handler `test.probed` or `test.looked-at` says of a lost attempt; `unknown` where it is absent. */
  readonly probe?: ProbeAnswer;
  /**
   * What taking back a step whose handler can be undone comes to, attempt by attempt; where it is absent, and beyond its end: `undone`.
   */
  readonly undo?: readonly UndoOutcome[];
}

/** `error`: it cannot be evaluated. */
export type Truth = boolean | 'error';

/**
 * One attempt. It comes to `end` after `durationMs` (above 0), unless its signal cancels before: then it is over
 * `stopMs` (0 or more) after the signal, with a failure of kind `cancelled`, whatever `end` says.
 * An end of kind `never` comes only by the signal. An engine may lose patience with an attempt that takes long to stop:
 * keep `stopMs` below ten seconds.
 */
export interface AttemptScript {
  readonly durationMs: number;
  readonly end: AttemptEnd;
  readonly stopMs: number;
}

export type AttemptEnd =
  | { readonly kind: 'success'; readonly outputs?: JsonMap; readonly stateWrites?: JsonMap }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'never' };

/** Succeeds at its first attempt after one second. */
export const plainStep: StepScript = {
  enabled: true,
  condition: true,
  configuration: 'fits',
  retryCondition: true,
  attempts: [{ durationMs: 1000, end: { kind: 'success' }, stopMs: 1 }],
};

/** A world in which every step is a plain one. */
export const plainWorld: World = { steps: {}, cancelAt: null, selection: wholeRun, seed: 1 };

export function scriptOf(world: World, id: string): StepScript {
  return world.steps[id] ?? plainStep;
}

/** `attempt` counts from 1. */
export function attemptScriptOf(script: StepScript, attempt: number): AttemptScript {
  const found = script.attempts[Math.min(attempt, script.attempts.length) - 1];
  if (!found) throw new Error('a step script has one attempt or more');
  return found;
}

/**
 * An expression with this value. Workflows made for simulation carry it as their text of `enabled`, `condition` and
 * `retry.condition`, so that they mean the same to a real evaluator as to one that reads the script.
 */
export function expressionOf(truth: Truth): string {
  return truth === 'error' ? 'null < 1' : String(truth);
}

/** The same for a configuration: what a step whose configuration is in `error` has as its `config`. */
export const brokenConfig = { broken: `\${{ ${expressionOf('error')} }}` };
