import { emptyMap, isJsonList, isJsonMap, type Json, type JsonMap } from '../../core/model/json.ts';
import type { Masker, MaskStream } from '../../core/ports/masker.ts';
import { shortestMasked, spellingsOf } from './encodings.ts';
import { joinRanges, PatternMatcher, type TextRange } from './pattern-matcher.ts';
import { hasEscapes, visibleText } from './visible-text.ts';

/** What stands in place of a secret. */
export const mask = '***';

/** Longest stretch held back beyond the longest spelling: only escape sequences without end can fill it. */
const heldBeyond = 64 * 1024;

/** Masks the secrets it was told, in every spelling of `encodings.ts`. Overlapping ones become one mask. */
export class SecretMasker implements Masker {
  readonly #spellings = new Set<string>();
  #matcher: PatternMatcher | null = null;

  add(secret: string): void {
    if (secret.length < shortestMasked) return;
    for (const spelling of spellingsOf(secret)) this.#spellings.add(spelling);
    this.#matcher = null;
  }

  mask(text: string): string {
    if (this.#spellings.size === 0 || text.length < shortestMasked) return text;
    const ranges = search(this.#compiled(), text).ranges;
    return ranges.length === 0 ? text : replaceRanges(text, ranges, text.length, 0);
  }

  maskJson<T extends Json>(value: T): T {
    return this.#spellings.size === 0 ? value : sameShape(value, this.#maskValue(value));
  }

  stream(): MaskStream {
    return new SecretMaskStream(() => (this.#spellings.size === 0 ? null : this.#compiled()));
  }

  #compiled(): PatternMatcher {
    this.#matcher ??= new PatternMatcher([...this.#spellings]);
    return this.#matcher;
  }

  #maskValue(value: Json): Json {
    if (typeof value === 'string') return this.mask(value);
    if (typeof value === 'number') return this.mask(String(value)) === String(value) ? value : mask;
    if (isJsonList(value))
      return keepIfEqual(
        value,
        value.map((item) => this.#maskValue(item)),
      );
    if (isJsonMap(value)) return this.#maskMap(value);
    return value;
  }

  #maskMap(map: JsonMap): JsonMap {
    const masked = emptyMap<Json>();
    let changed = false;
    for (const [key, item] of Object.entries(map)) {
      const maskedKey = unusedKey(masked, this.mask(key));
      masked[maskedKey] = this.#maskValue(item);
      changed ||= maskedKey !== key || masked[maskedKey] !== item;
    }
    return changed ? masked : map;
  }
}

/** A number that is a secret becomes a text: the one case in which masking changes a type inside the value. */
function sameShape<T extends Json>(_original: T, masked: Json): T {
  return masked as T;
}

function keepIfEqual(before: readonly Json[], after: readonly Json[]): readonly Json[] {
  return after.every((item, index) => item === before[index]) ? before : after;
}

/** Two keys that hold secrets must not fall into one. */
function unusedKey(map: JsonMap, key: string): string {
  let unused = key;
  for (let n = 2; unused in map; n++) unused = `${key}-${n}`;
  return unused;
}

class SecretMaskStream implements MaskStream {
  readonly #matcher: () => PatternMatcher | null;
  #held = '';
  /** How much of the held text's beginning belongs to a mask that was already given out. */
  #covered = 0;

  constructor(matcher: () => PatternMatcher | null) {
    this.#matcher = matcher;
  }

  push(chunk: string): string {
    const matcher = this.#matcher();
    if (matcher === null) return chunk;
    const text = this.#held === '' ? chunk : this.#held + chunk;
    const { ranges, unfinished } = search(matcher, text);
    const limit = text.length - matcher.longest - heldBeyond;
    return this.#give(text, ranges, Math.max(unfinished, limit));
  }

  end(): string {
    const matcher = this.#matcher();
    const text = this.#held;
    const ranges = matcher === null ? [] : search(matcher, text).ranges;
    return this.#give(text, ranges, text.length);
  }

  #give(text: string, ranges: readonly TextRange[], until: number): string {
    const given =
      ranges.length === 0 && this.#covered === 0
        ? text.slice(0, until)
        : replaceRanges(text, ranges, until, this.#covered);
    const reach = ranges.findLast((range) => range.start < until)?.end ?? 0;
    this.#held = until === text.length ? '' : text.slice(until);
    this.#covered = Math.max(0, Math.max(reach, this.#covered) - until);
    return given;
  }
}

/**
 * `text` up to `until` with a mask for each range that starts there. What lies before `covered` was masked already:
 * a range that overlaps it continues that mask.
 */
function replaceRanges(text: string, ranges: readonly TextRange[], until: number, covered: number): string {
  const pieces: string[] = [];
  let at = covered;
  for (const range of ranges) {
    if (range.start >= until) break;
    if (range.end <= at) continue;
    if (range.start >= at) pieces.push(text.slice(at, range.start), mask);
    at = range.end;
  }
  if (at < until) pieces.push(text.slice(at, until));
  return pieces.join('');
}

interface Found {
  readonly ranges: readonly TextRange[];
  /** From here on the text may be the beginning of a secret. */
  readonly unfinished: number;
}

function search(matcher: PatternMatcher, text: string): Found {
  const ranges = matcher.find(text);
  const unfinished = matcher.unfinishedFrom(text);
  if (!hasEscapes(text)) return { ranges, unfinished };
  const visible = visibleText(text);
  const seen = matcher.find(visible.text).map((range) => ({
    start: visible.placeOf(range.start),
    end: visible.placeOf(range.end - 1) + 1,
  }));
  const seenUnfinished = visible.placeOf(matcher.unfinishedFrom(visible.text));
  return {
    ranges: joinRanges(ranges, seen),
    unfinished: Math.min(unfinished, seenUnfinished, visible.cutSequence),
  };
}
