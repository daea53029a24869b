/** A place in a source text. Lines and columns count from 1, columns in UTF-16 code units; `end` is exclusive. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of one source file. `file` is the path as the user would write it (relative to the workspace). */
export interface Span {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** Turns offsets of one text into positions. Built once per text: finding a position is a binary search. */
export class LineIndex {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  positionOf(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
