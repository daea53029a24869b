import type { StepVerdict } from './verdict.ts';

/** A step on its way. `ready`: all is settled, the next attempt wants a place. */
export type Progress =
  | { readonly kind: 'pending' }
  | { readonly kind: 'ready'; readonly made: number; readonly firstAt: number | null }
  | { readonly kind: 'running'; readonly attempt: number; readonly at: number; readonly firstAt: number }
  | Stopping
  | { readonly kind: 'delayed'; readonly made: number; readonly until: number; readonly firstAt: number }
  | { readonly kind: 'ended'; readonly verdict: StepVerdict };

/** An attempt that was told to end and has not ended yet. */
export interface Stopping {
  readonly kind: 'stopping';
  readonly attempt: number;
  readonly why: StopReason;
  readonly until: number;
  readonly firstAt: number;
}

export type StopReason = 'timeout' | 'deadline' | 'cancel' | 'fail-fast' | 'run-timeout';

/** The attempt failed by its own time; everything else cancels it. */
export function isTimeout(why: StopReason): boolean {
  return why === 'timeout' || why === 'deadline';
}
