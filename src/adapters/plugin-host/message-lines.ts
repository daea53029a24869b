/** Puts lines together from chunks that cut them anywhere. */
export class MessageLines {
  readonly #longest: number;
  #parts: string[] = [];
  #held = 0;

  /** `longest`: the most UTF-16 units that a line may have. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** Complete lines without their ends; `null` where one is longer than it may be. */
  push(chunk: string): readonly string[] | null {
    const [first = '', ...others] = chunk.split('\n');
    this.#parts.push(first);
    this.#held += first.length;
    if (this.#held > this.#longest) return null;
    const lines: string[] = [];
    for (const other of others) {
      lines.push(this.#parts.join(''));
      this.#parts = [other];
      this.#held = other.length;
    }
    return this.#held > this.#longest ? null : lines;
  }
}
