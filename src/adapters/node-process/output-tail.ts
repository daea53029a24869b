const tailBytes = 64 * 1024;
const mostLines = 100;

/**
 * Keeps the end of what a process printed: at most 100 lines and 64 KiB. Adding costs no copy: whole chunks are kept,
 * and dropped from the front as soon as those behind them are enough.
 */
export class OutputTail {
  readonly #chunks: string[] = [];
  #size = 0;

  add(chunk: string): void {
    if (chunk === '') return;
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size - (this.#chunks[0]?.length ?? 0) >= tailBytes) {
      this.#size -= this.#chunks.shift()?.length ?? 0;
    }
  }

  /** Begins at a line's start unless the last line alone is longer than what is kept. */
  text(): string {
    const all = this.#chunks.join('');
    const lines = withinLines(all);
    return withinBytes(lines);
  }
}

function withinLines(text: string): string {
  let at = text.endsWith('\n') ? text.length - 1 : text.length;
  for (let lines = 0; lines < mostLines; lines++) {
    at = at === 0 ? -1 : text.lastIndexOf('\n', at - 1);
    if (at === -1) return text;
  }
  return text.slice(at + 1);
}

function withinBytes(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= tailBytes) return text;
  let start = bytes.length - tailBytes;
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  const cut = bytes.toString('utf8', start);
  const line = cut.indexOf('\n');
  return line >= 0 && line < cut.length - 1 ? cut.slice(line + 1) : cut;
}
