import type { Failure } from '../model/failure.ts';
import type { Outcome } from '../model/outcome.ts';
import { CancelSource } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { HandlerCall, HandlerRunner } from '../ports/handlers.ts';

/** How long an attempt may take to end after it was told to; past it, the run goes on without its answer. */
const patienceMs = 8000;

/** How an attempt ended: by itself, because its time was over, or because the run told it to. */
export type AttemptEnd =
  | { readonly kind: 'answered'; readonly outcome: Outcome }
  | { readonly kind: 'timeout'; readonly failure: Failure }
  | { readonly kind: 'cancelled'; readonly message: string };

export interface AttemptTimes {
  readonly timeoutMs: number | null;
  /** Why the attempt's time was over, for people. */
  readonly timeoutMessage: string;
}

/**
 * Calls the handler once. Its own answer counts only where nothing ended the attempt from outside: a handler that
 * was told to end and says "success" may have left half of its work.
 */
export async function runAttempt(
  call: Omit<HandlerCall, 'signal'>,
  outer: CancelSource,
  times: AttemptTimes,
  ports: { readonly runner: HandlerRunner; readonly clock: Clock },
): Promise<AttemptEnd> {
  const signal = new CancelSource();
  let timedOut = false;
  const stopListening = outer.onCancel((reason) => signal.cancel(reason));
  const stopTimer =
    times.timeoutMs === null
      ? () => {}
      : ports.clock.schedule(times.timeoutMs, () => {
          timedOut = !signal.cancelled;
          signal.cancel(times.timeoutMessage);
        });
  const patience = patienceOf(signal, ports.clock);
  const outcome = await Promise.race([ports.runner.execute({ ...call, signal }), patience.over]);
  patience.end();
  stopTimer();
  stopListening();

  if (timedOut) return { kind: 'timeout', failure: { kind: 'timeout', message: times.timeoutMessage } };
  if (outer.cancelled && outcome?.kind !== 'success') return { kind: 'cancelled', message: outer.reason };
  if (outcome === null) return { kind: 'cancelled', message: signal.reason };
  return { kind: 'answered', outcome };
}

/** `over` resolves to null once a cancelled handler has used up its patience; `end` takes its timer back. */
function patienceOf(signal: CancelSource, clock: Clock): { readonly over: Promise<null>; end(): void } {
  let stop = () => {};
  const over = new Promise<null>((resolve) => {
    const stopListening = signal.onCancel(() => {
      stop = clock.schedule(patienceMs, () => resolve(null));
    });
    if (!signal.cancelled) stop = stopListening;
  });
  return { over, end: () => stop() };
}
