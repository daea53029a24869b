import { LineIndex, type Span } from '../diagnostic/span.ts';
import { scalarOffsets } from './scalar-offsets.ts';
import type { SourceEntry, SourceNode } from './source-node.ts';

/** The text of one file, and the places of what was read from it. */
export class Source {
  readonly file: string;
  readonly text: string;
  #lines: LineIndex | null = null;
  #lastOffsets: { readonly node: SourceNode; readonly offsets: readonly number[] | null } | null = null;

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
  }

  /** From the offset `start` up to, without, `end`. */
  spanOf(start: number, end: number): Span {
    this.#lines ??= new LineIndex(this.text);
    return { file: this.file, start: this.#lines.positionOf(start), end: this.#lines.positionOf(Math.max(start, end)) };
  }

  span(node: SourceNode): Span {
    return this.spanOf(node.start, node.end);
  }

  keySpan(entry: SourceEntry): Span {
    return this.span(entry.key);
  }

  /**
   * The place of `value.slice(start, end)` for a scalar's value, escapes, folding and indentation taken into account.
   * The whole node where it is no text.
   */
  spanInside(node: SourceNode, start: number, end: number): Span {
    const offsets = this.offsetsOf(node);
    if (!offsets) return this.span(node);
    const last = offsets.length - 1;
    const from = offsets[Math.min(start, last)] ?? node.start;
    const to = end > start ? this.#after(offsets, Math.min(end, last), from) : from;
    return this.spanOf(from, Math.max(from, to));
  }

  /** As `scalarOffsets`; several faults in one long script are looked up one after another, so the last is kept. */
  offsetsOf(node: SourceNode): readonly number[] | null {
    if (this.#lastOffsets?.node !== node) {
      this.#lastOffsets = { node, offsets: node.kind === 'scalar' ? scalarOffsets(this.text, node) : null };
    }
    return this.#lastOffsets.offsets;
  }

  /** The end lies after the last character, not before the next: folded white space may stand between them. */
  #after(offsets: readonly number[], end: number, from: number): number {
    const lastCharacter = offsets[end - 1] ?? from;
    const next = offsets[end] ?? lastCharacter + 1;
    return /[\r\n]/.test(this.text.slice(lastCharacter, next)) ? lastCharacter + 1 : next;
  }
}
