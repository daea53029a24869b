/**
 * Where answers wait for the loop. All that has come by the time the loop looks is taken at once: that is what makes
 * one commit of the journal serve many events.
 */
export class Inbox<T> {
  #items: T[] = [];
  #wake: (() => void) | null = null;

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  push(item: T): void {
    this.#items.push(item);
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }

  /** One item or more. */
  async take(): Promise<readonly T[]> {
    if (this.isEmpty) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.takeNow();
  }

  /** What is there. */
  takeNow(): readonly T[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }
}
