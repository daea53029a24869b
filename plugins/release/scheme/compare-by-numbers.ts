import { compareNumbers, compareTexts } from './compare.ts';

/** A text as far as its numbers tell, whatever scheme it is of. */
interface NumberedText {
  readonly numbers: readonly number[];
  /** What stands behind them. */
  readonly rest: string;
}

const lateWords = /^[-_.]?(?:post|rev|r|p|sp|patch)?[-_.]?\d/i;

/**
 * The order of version texts whose scheme nobody knows yet: by their numbers, `10.0` after `9.1.0`. Of equal numbers
 * what has a word behind them comes first (`1.4.0rc1`, `1.4.0`, `1.4.0.post1`), and `2` before `2.0.0`.
 */
export function compareByNumbers(a: string, b: string): number {
  const [x, y] = [numberedText(a), numberedText(b)];
  return (
    compareNumbers(x.numbers, y.numbers) ||
    stageOf(x.rest) - stageOf(y.rest) ||
    compareTexts(wordIn(x.rest), wordIn(y.rest)) ||
    compareNumbers(numbersIn(x.rest), numbersIn(y.rest)) ||
    x.numbers.length - y.numbers.length ||
    compareTexts(a, b)
  );
}

/** True where a text looks like a version, and its numbers are beyond those of another one. */
export function looksNewer(text: string, other: string): boolean {
  // A lone number with more digits is a date, and a word may begin with one.
  if (!/^\d+\.\d/.test(text) && !/^\d{1,4}$/.test(text)) return false;
  return compareNumbers(numberedText(text).numbers, numberedText(other).numbers) > 0;
}

function numberedText(text: string): NumberedText {
  const lead = /^\d+(?:\.\d+)*/.exec(text)?.[0] ?? '';
  return { numbers: lead === '' ? [] : lead.split('.').map(Number), rest: text.slice(lead.length) };
}

function stageOf(rest: string): number {
  if (rest === '' || rest.startsWith('+')) return 1;
  return lateWords.test(rest) ? 2 : 0;
}

function wordIn(rest: string): string {
  return (/[a-z]+/i.exec(rest)?.[0] ?? '').toLowerCase();
}

function numbersIn(rest: string): readonly number[] {
  return (rest.match(/\d+/g) ?? []).map(Number);
}
