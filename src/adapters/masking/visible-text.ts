/** A text without its terminal escape sequences, and where its characters stand in the original. */
export interface VisibleText {
  readonly text: string;
  /** Place in the original of the character of `text` at `index`; the original's length behind the last. */
  placeOf(index: number): number;
  /** Where an escape sequence starts that the text cuts off; the original's length where it cuts none. */
  readonly cutSequence: number;
}

const escapeCharacter = '\u001b';
const bell = '\u0007';
const controlHead = '\\[[0-?]*[ -/]*';
const textHead = String.raw`[\]PX^_][^${escapeCharacter}${bell}]*`;
// Control sequences; titles and links up to their terminator; short sequences.
const sequence = new RegExp(
  String.raw`${escapeCharacter}(?:${controlHead}[@-~]|${textHead}(?:${bell}|${escapeCharacter}\\)|[ -/]+[0-~]|[0-OQ-WYZ\\\x60-~])`,
  'y',
);
const begunSequence = new RegExp(`${escapeCharacter}(?:${controlHead}|${textHead}${escapeCharacter}?|[ -/]*)$`, 'y');

export function hasEscapes(text: string): boolean {
  return text.includes(escapeCharacter);
}

/** Colours inside a secret would hide it from a search: what people see is the text without them. */
export function visibleText(original: string): VisibleText {
  const kept = new KeptPieces(original);
  let cutSequence = original.length;
  let from = 0;
  for (let at = original.indexOf(escapeCharacter); at !== -1; at = original.indexOf(escapeCharacter, from)) {
    kept.add(from, at);
    const end = sequenceEnd(original, at);
    if (end === null) cutSequence = at;
    // An escape character that begins no sequence is text like any other.
    if (end === at) kept.add(at, at + 1);
    from = end === at ? at + 1 : (end ?? original.length);
  }
  kept.add(from, original.length);
  return { text: kept.text(), placeOf: (index) => kept.placeOf(index), cutSequence };
}

class KeptPieces {
  readonly #original: string;
  readonly #pieces: string[] = [];
  /** Where each piece starts, in the visible text and in the original. */
  readonly #visibleStarts: number[] = [];
  readonly #originalStarts: number[] = [];
  #size = 0;

  constructor(original: string) {
    this.#original = original;
  }

  add(start: number, end: number): void {
    if (start === end) return;
    this.#pieces.push(this.#original.slice(start, end));
    this.#visibleStarts.push(this.#size);
    this.#originalStarts.push(start);
    this.#size += end - start;
  }

  text(): string {
    return this.#pieces.join('');
  }

  placeOf(index: number): number {
    if (index >= this.#size) return this.#original.length;
    let low = 0;
    let high = this.#visibleStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#visibleStarts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return (this.#originalStarts[low] ?? 0) + index - (this.#visibleStarts[low] ?? 0);
  }
}

/** After the sequence; `at` itself where none starts there; `null` where the text ends inside it. */
function sequenceEnd(text: string, at: number): number | null {
  sequence.lastIndex = at;
  if (sequence.test(text)) return sequence.lastIndex;
  begunSequence.lastIndex = at;
  return begunSequence.test(text) ? null : at;
}
