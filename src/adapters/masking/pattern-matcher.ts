/** A stretch of a text, `end` exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

const blockLength = 3;
const tableSize = 1 << 15;

/**
 * Finds many fixed texts in one pass (Wu and Manber): a table of hashed three-character blocks says how far the search
 * may jump, so most characters are never looked at. A regular expression of the same texts tries every alternative at
 * every character and falls below 100 MB/s with a handful of secrets.
 *
 * Every pattern must have at least 3 characters.
 */
export class PatternMatcher {
  readonly longest: number;
  readonly #shortest: number;
  readonly #shifts: Uint8Array;
  /** Patterns by the block that ends at the shortest pattern's length, longest first. */
  readonly #byBlock = new Map<number, string[]>();
  /** Patterns by their first block, to ask whether a text's end may be the beginning of one. */
  readonly #byFirstBlock = new Map<number, string[]>();
  readonly #firstBlocks = new Uint8Array(tableSize);

  constructor(patterns: readonly string[]) {
    const sorted = [...new Set(patterns)].sort((a, b) => b.length - a.length);
    this.longest = sorted[0]?.length ?? 0;
    this.#shortest = Math.min(sorted.at(-1)?.length ?? blockLength, 255);
    this.#shifts = new Uint8Array(tableSize).fill(this.#shortest - blockLength + 1);
    for (const pattern of sorted) this.#register(pattern);
  }

  /** All matches, overlapping ones joined, in order. */
  find(text: string): readonly TextRange[] {
    const found: { start: number; end: number }[] = [];
    const shortest = this.#shortest;
    const shifts = this.#shifts;
    const length = text.length;
    let at = shortest - 1;
    while (at < length) {
      const block = blockAt(text, at - 2);
      const shift = shifts[block] ?? 1;
      if (shift > 0) {
        at += shift;
        continue;
      }
      const start = at - shortest + 1;
      const matched = this.#longestAt(text, start, block);
      if (matched > 0) extend(found, start, start + matched);
      at += 1;
    }
    return found;
  }

  /** Where the earliest end of `text` starts that is the beginning of a longer pattern; its length where there is none. */
  unfinishedFrom(text: string): number {
    const length = text.length;
    let at = Math.max(0, length - this.longest + 1);
    for (; at + blockLength <= length; at++) {
      const block = blockAt(text, at);
      if (this.#firstBlocks[block] === 1 && this.#begins(text, at, this.#byFirstBlock.get(block) ?? [])) return at;
    }
    for (; at < length; at++) {
      for (const patterns of this.#byFirstBlock.values()) if (this.#begins(text, at, patterns)) return at;
    }
    return length;
  }

  #register(pattern: string): void {
    for (let end = blockLength - 1; end < this.#shortest; end++) {
      const block = blockAt(pattern, end - 2);
      this.#shifts[block] = Math.min(this.#shifts[block] ?? 0, this.#shortest - 1 - end);
    }
    append(this.#byBlock, blockAt(pattern, this.#shortest - blockLength), pattern);
    const first = blockAt(pattern, 0);
    append(this.#byFirstBlock, first, pattern);
    this.#firstBlocks[first] = 1;
  }

  #longestAt(text: string, start: number, block: number): number {
    for (const pattern of this.#byBlock.get(block) ?? []) {
      // Both ends first: comparing all of a long pattern at every character of a monotonous text takes for ever.
      const last = pattern.length - 1;
      if (
        pattern.charCodeAt(0) === text.charCodeAt(start) &&
        pattern.charCodeAt(last) === text.charCodeAt(start + last) &&
        text.startsWith(pattern, start)
      ) {
        return pattern.length;
      }
    }
    return 0;
  }

  #begins(text: string, start: number, patterns: readonly string[]): boolean {
    const rest = text.length - start;
    const end = text.charCodeAt(text.length - 1);
    return patterns.some((pattern) => {
      if (pattern.length <= rest || pattern.charCodeAt(rest - 1) !== end) return false;
      for (let i = 0; i < rest; i++) if (pattern.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
      return true;
    });
  }
}

function blockAt(text: string, start: number): number {
  return (
    ((text.charCodeAt(start) << 10) ^ (text.charCodeAt(start + 1) << 5) ^ text.charCodeAt(start + 2)) & (tableSize - 1)
  );
}

function append(map: Map<number, string[]>, key: number, pattern: string): void {
  const list = map.get(key);
  if (list) list.push(pattern);
  else map.set(key, [pattern]);
}

function extend(ranges: { start: number; end: number }[], start: number, end: number): void {
  const last = ranges.at(-1);
  if (last && start < last.end) last.end = Math.max(last.end, end);
  else ranges.push({ start, end });
}

/** Joins two ordered lists of ranges into one. */
export function joinRanges(a: readonly TextRange[], b: readonly TextRange[]): readonly TextRange[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const joined: { start: number; end: number }[] = [];
  for (const range of [...a, ...b].sort((x, y) => x.start - y.start)) extend(joined, range.start, range.end);
  return joined;
}
