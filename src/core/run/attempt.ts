import type { Failure } from '../model/failure.ts';
import { CancelSource } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { HandledOutcome, HandlerCall, HandlerRunner } from '../ports/handlers.ts';

/** How long an attempt may take to end after it was told to; past it, the run goes on without its answer. */
const patienceMs = 8000;

/** How an attempt ended: by itself, because its time was over, or because the run told it to. */
export type AttemptEnd = TimedEnd<HandledOutcome>;

export type TimedEnd<Answer> =
  | { readonly kind: 'answered'; readonly outcome: Answer }
  | { readonly kind: 'timeout'; readonly failure: Failure }
  | { readonly kind: 'cancelled'; readonly message: string };

export interface AttemptTimes {
  readonly timeoutMs: number | null;
  /** Why the attempt's time was over, for people. */
  readonly timeoutMessage: string;
}

/** Calls the handler once. */
export function runAttempt(
  call: Omit<HandlerCall, 'signal'>,
  outer: CancelSource,
  times: AttemptTimes,
  { runner, clock }: { readonly runner: HandlerRunner; readonly clock: Clock },
): Promise<AttemptEnd> {
  return withinTime({
    perform: (signal) => runner.execute({ ...call, signal }),
    isDone: (outcome) => outcome.kind === 'success',
    outer,
    times,
    clock,
  });
}

export interface TimedCall<Answer> {
  readonly perform: (signal: CancelSource) => Promise<Answer>;
  /** An answer that stands although the call was told to end. */
  readonly isDone: (answer: Answer) => boolean;
  readonly outer: CancelSource;
  readonly times: AttemptTimes;
  readonly clock: Clock;
}

/**
 * The handler's own answer counts only where nothing ended the call from outside: a handler that was told to end and
 * says "success" may have left half of its work.
 */
export async function withinTime<Answer>(timed: TimedCall<Answer>): Promise<TimedEnd<Answer>> {
  const { outer, times, clock } = timed;
  const signal = new CancelSource();
  let timedOut = false;
  const stopListening = outer.onCancel((reason) => signal.cancel(reason));
  const stopTimer =
    times.timeoutMs === null
      ? () => {}
      : clock.schedule(times.timeoutMs, () => {
          timedOut = !signal.cancelled;
          signal.cancel(times.timeoutMessage);
        });
  const patience = patienceOf(signal, clock);
  const outcome = await Promise.race([timed.perform(signal), patience.over]);
  patience.end();
  stopTimer();
  stopListening();

  if (timedOut) return { kind: 'timeout', failure: { kind: 'timeout', message: times.timeoutMessage } };
  if (outer.cancelled && (outcome === null || !timed.isDone(outcome))) {
    return { kind: 'cancelled', message: outer.reason };
  }
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
