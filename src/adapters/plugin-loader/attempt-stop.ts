import type { Failure } from '../../core/model/failure.ts';
import { CancelSource } from '../../core/ports/cancel.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { HandlerCall } from '../../core/ports/handlers.ts';

/** Ends a call from outside: when its signal says so, or when its time is over. */
export class AttemptStop {
  /** What the handler and its processes listen to. */
  readonly signal = new CancelSource();
  /** Resolves with why, if it comes to that. */
  readonly happened: Promise<Failure>;
  readonly #stopTimer: () => void;
  readonly #stopListening: () => void;

  constructor(call: HandlerCall, clock: Clock) {
    const { promise, resolve } = Promise.withResolvers<Failure>();
    this.happened = promise;
    const stop = (failure: Failure): void => {
      resolve(failure);
      this.signal.cancel(failure.message);
    };
    const { timeoutMs } = call;
    this.#stopTimer =
      timeoutMs === null
        ? () => {}
        : clock.schedule(timeoutMs, () =>
            stop({ kind: 'timeout', message: `Took longer than its timeout of ${timeoutMs / 1000} s` }),
          );
    this.#stopListening = call.signal.onCancel((reason) => stop({ kind: 'cancelled', message: reason }));
  }

  /** The call is over: nothing can stop it any more. */
  dispose(): void {
    this.#stopTimer();
    this.#stopListening();
  }
}
