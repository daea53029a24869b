/**
 * Where answers wait for the loop. All that has come by the time the loop looks is taken at once: that is what makes
 * one commit of the journal serve many events.
 */
export class Inbox<T> {
  #first: T[] = [];
  #items: T[] = [];
  #wake: (() => void) | null = null;

  push(item: T): void {
    this.#items.push(item);
    this.#awake();
  }

  /** Before everything that waits, behind what was put first already. */
  pushFirst(item: T): void {
    this.#first.push(item);
    this.#awake();
  }

  /** One item or more. */
  async take(): Promise<readonly T[]> {
    if (this.#items.length + this.#first.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const items = [...this.#first, ...this.#items];
    this.#first = [];
    this.#items = [];
    return items;
  }

  #awake(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}
