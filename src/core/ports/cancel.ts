/** Tells running work that it should end. Core has no AbortSignal: this is the part of it that is needed. */
export interface CancelSignal {
  readonly cancelled: boolean;
  /** Why, for people; empty while not cancelled. */
  readonly reason: string;
  /** Calls back once on cancel, at once if it has happened. The returned function takes the listener away. */
  onCancel(listener: (reason: string) => void): () => void;
}

export class CancelSource implements CancelSignal {
  readonly #listeners = new Set<(reason: string) => void>();
  #reason: string | null = null;

  get cancelled(): boolean {
    return this.#reason !== null;
  }

  get reason(): string {
    return this.#reason ?? '';
  }

  /** The first call counts; later ones do nothing. */
  cancel(reason: string): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener(reason);
  }

  onCancel(listener: (reason: string) => void): () => void {
    if (this.#reason !== null) {
      listener(this.#reason);
      return () => {};
    }
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
