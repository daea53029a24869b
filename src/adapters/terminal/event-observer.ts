import type { RunEvent } from '../../core/model/event.ts';
import type { Observer } from '../../core/ports/observer.ts';

/** Each event as one line of JSON, while it happens. */
export class EventObserver implements Observer {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  event(event: RunEvent): void {
    this.#write(`${JSON.stringify(event)}\n`);
  }

  output(): undefined {}

  log(): void {}
}
