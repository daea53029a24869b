import type { Clock } from '../../src/core/ports/clock.ts';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** Time that stands still until a test turns it. */
export class ManualClock implements Clock {
  /** In the order in which they were scheduled: of two that are due together, the earlier one goes first. */
  readonly #timers = new Set<Timer>();
  #now: number;
  #monotonic = 0;

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { due: this.#monotonic + Math.max(0, delayMs), callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Callbacks that wait for their time. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets time pass; what is due in between is called at its own moment, what it schedules anew too. */
  advance(ms: number): void {
    const end = this.#monotonic + ms;
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#moveTo(timer.due);
      this.#timers.delete(timer);
      timer.callback();
    }
    this.#moveTo(end);
  }

  /** Goes to the next callback and calls it; false where none waits. */
  advanceToNext(): boolean {
    const timer = this.#next(Number.POSITIVE_INFINITY);
    if (timer === undefined) return false;
    this.advance(timer.due - this.#monotonic);
    return true;
  }

  /** The wall clock is set anew, as by a time server; monotonic time does not notice. */
  jumpTo(now: number): void {
    this.#now = now;
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
    }
    return next;
  }

  #moveTo(monotonic: number): void {
    this.#now += monotonic - this.#monotonic;
    this.#monotonic = monotonic;
  }
}
