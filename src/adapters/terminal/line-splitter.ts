/** Longest line that is held back while its end has not come. */
const longest = 16_384;

/** Cuts a stream of chunks into lines; a line that will not end is cut so that nothing is held for ever. */
export class LineSplitter {
  #rest = '';

  push(chunk: string): readonly string[] {
    const parts = (this.#rest + chunk).split('\n');
    this.#rest = parts.pop() ?? '';
    if (this.#rest.length > longest) {
      parts.push(this.#rest);
      this.#rest = '';
    }
    return parts.map((line) => line.replace(/\r$/, ''));
  }

  /** What came after the last line end; null where nothing did. */
  end(): string | null {
    const rest = this.#rest;
    this.#rest = '';
    return rest === '' ? null : rest;
  }
}
