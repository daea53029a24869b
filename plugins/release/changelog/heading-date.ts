/** A date in a heading, or the word that stands for one that is not known yet, with its place. */
export interface DateText {
  readonly start: number;
  readonly end: number;
}

/** What stands for a date that is not known yet. */
const openWords = [
  'unreleased',
  'upcoming',
  'tba',
  'tbd',
  'not released',
  'not yet released',
  'to be released',
  'to be announced',
  'to be determined',
  'in development',
  'under development',
  'in progress',
  'wip',
  'yyyy-mm-dd',
];
const openDigits = '(?:\\d{4}|[x?]{4})-(?:\\d{2}|[x?]{2})-[x?]{2}|\\?{3,8}';
let openDate: RegExp | null = null;

/** Made when it is asked for: most runs ask for none, and to make it takes longer than to start this module. */
const writtenDate = () =>
  /(?<![\p{L}\p{N}.])(?:\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{1,2}(?:st|nd|rd|th|\.)?(?: |-)\p{L}{3,10}\.?,?(?: |-)\d{2,4}|\p{L}{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\p{L}{3,10},? \d{4}(?![-./年])|(?:19|20)\d{2})(?![\p{L}\p{N}]|\.\d)/u;

/** The first date of a text. */
export function findDate(text: string): DateText | null {
  // Parts like `Added` hold none, and the pattern is a costly one to begin with.
  const match = /\d/.test(text) ? writtenDate().exec(text) : null;
  return match && placeOf(match);
}

/** `Unreleased`, `TBD`, `2026-xx-xx`: the date of what is not released yet. */
export function findOpenDate(text: string): DateText | null {
  if (!mayBeOpen(text.toLowerCase())) return null;
  openDate ??= new RegExp(`${openWords.join('|')}|${openDigits}`, 'gi');
  const places = [...text.matchAll(openDate)].map(placeOf);
  return places.find(({ start, end }) => standsAlone(text, start, end)) ?? null;
}

/** Most headings hold none, and the pattern takes longer to begin with than all of them. */
function mayBeOpen(lower: string): boolean {
  return /-[x?]|\?\?\?/.test(lower) || openWords.some((word) => lower.includes(word));
}

/** The date as it sorts; `null` where it is not written like `2024-01-05`. */
export function sortableDate(text: string): string | null {
  const date = /(?<!\d)((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})(?!\d)/.exec(text);
  return date ? `${date[1]}-${date[2]?.padStart(2, '0')}-${date[3]?.padStart(2, '0')}` : null;
}

/** The text with blanks where something of it was, so that places stay what they are. */
export function blanked(text: string, place: DateText | null): string {
  if (place === null) return text;
  return text.slice(0, place.start) + ' '.repeat(place.end - place.start) + text.slice(place.end);
}

function placeOf(match: RegExpExecArray): DateText {
  return { start: match.index, end: match.index + match[0].length };
}

/** Neither part of a word nor of a row of question marks. */
function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  return !/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}?]/u.test(text.slice(end, end + 2));
}
