/**
 * What a step printed while its lines could not be shown. Holds the newest part only: the run's log file has it all.
 */
export class HeldOutput {
  readonly #limit: number;
  #chunks: string[] = [];
  #size = 0;
  #dropped = 0;

  /** `limit` in UTF-16 units. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  push(chunk: string): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // Joined only when half of it is too much, so that many small chunks cost no more than few large ones.
    if (this.#size > 2 * this.#limit) this.#shorten();
  }

  /** Gives out what is held, from a line's beginning, and forgets it. */
  take(): { readonly text: string; readonly dropped: number } {
    if (this.#size > this.#limit) this.#shorten();
    const taken = { text: this.#chunks.join(''), dropped: this.#dropped };
    this.#chunks = [];
    this.#size = 0;
    this.#dropped = 0;
    return taken;
  }

  #shorten(): void {
    const text = this.#chunks.join('');
    const cut = text.length - this.#limit;
    const lineEnd = text.indexOf('\n', cut);
    // A single line without an end is cut inside, behind half a character at worst.
    const from = lineEnd === -1 ? cut : lineEnd + 1;
    const kept = text.slice(from).toWellFormed();
    this.#chunks = [kept];
    this.#size = kept.length;
    this.#dropped += from;
  }
}
