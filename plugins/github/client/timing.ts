import { setTimeout } from 'node:timers/promises';
import { type CancelSignal, PluginFailure } from '../../../src/plugin-api/index.ts';

/** Waits and time limits of the client; tests bring their own. */
export interface Timing {
  /** Rejects with kind `cancelled` as soon as the signal says so. */
  wait(ms: number, signal: CancelSignal): Promise<void>;
  /** Aborts after that time. */
  limit(ms: number): AbortSignal;
}

export const realTiming: Timing = {
  async wait(ms, signal) {
    const abort = new AbortController();
    const forget = signal.onCancel(() => abort.abort());
    try {
      await setTimeout(ms, undefined, { signal: abort.signal });
    } catch {
      throw cancelledFailure(signal);
    } finally {
      forget();
    }
  },
  limit: (ms) => AbortSignal.timeout(ms),
};

export function cancelledFailure(signal: CancelSignal): PluginFailure {
  const why = signal.reason === '' ? '' : `: ${signal.reason}`;
  return new PluginFailure('cancelled', `the exchange with GitHub was ended because the run was cancelled${why}`);
}
