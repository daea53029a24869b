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

  /** The lines as one text, each with its end; empty where none is complete. A fast stream makes no text for each. */
  pushText(chunk: string): string {
    const text = this.#rest + chunk;
    let end = text.lastIndexOf('\n') + 1;
    const cut = text.length - end > longest;
    if (cut) end = text.length;
    this.#rest = text.slice(end);
    const lines = cut ? `${text}\n` : text.slice(0, end);
    return lines.includes('\r') ? lines.replaceAll('\r\n', '\n') : lines;
  }

  /** What came after the last line end; null where nothing did. */
  end(): string | null {
    const rest = this.#rest;
    this.#rest = '';
    return rest === '' ? null : rest;
  }
}
