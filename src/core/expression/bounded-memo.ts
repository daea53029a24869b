/** Remembers what was made for a text. Bounded: long texts are not kept, and the oldest half goes when it is full. */
export class BoundedMemo<T> {
  readonly #limit: number;
  readonly #entries = new Map<string, T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What is remembered for `key`, else what `make` gives. */
  get(key: string, make: () => T): T {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (key.length > longestKey) return made;
    if (this.#entries.size >= this.#limit) this.#forgetOldestHalf();
    this.#entries.set(key, made);
    return made;
  }

  #forgetOldestHalf(): void {
    let left = (this.#limit + 1) >> 1;
    for (const key of this.#entries.keys()) {
      if (left-- <= 0) return;
      this.#entries.delete(key);
    }
  }
}

const longestKey = 4_096;
