import type { Clock } from '../../core/ports/clock.ts';

/** The longest delay that Node's timers take; longer ones fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's time. A scheduled callback holds the process alive until it ran or was taken back. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  monotonic(): number {
    // Not `performance`, which loads nine modules of Node at its first use.
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1e3 + nanoseconds / 1e6;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    // A timer would wait a millisecond.
    if (delayMs <= 0) {
      const soon = setImmediate(callback);
      return () => clearImmediate(soon);
    }
    const due = this.monotonic() + delayMs;
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      timer = setTimeout(fire, Math.min(Math.max(0, Math.ceil(due - this.monotonic())), longestTimerMs));
    };
    // Timers count in whole milliseconds and may be early by a fraction of one.
    const fire = (): void => (this.monotonic() < due ? arm() : callback());
    arm();
    return () => clearTimeout(timer);
  }
}
