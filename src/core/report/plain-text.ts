const escapeCode = '\u001b';
const bell = '\u0007';
/** Nearly every text is of these alone, and to begin with the patterns of the others takes longer than to use them. */
const nothingToClean = /^[\t\n -~\u00a0-\u0600\u2070-\ud7ff]*$/;
/**
 * What terminals obey: OSC up to its end (a bell, or ESC and backslash), CSI, and the two-character ones. The body of
 * an OSC ends at a line end too, so that an opening without an end does not swallow the text behind it.
 */
const terminalSequences = [
  `${escapeCode}\\][^${bell}${escapeCode}\\n]*(?:${bell}|${escapeCode}\\\\)`,
  `${escapeCode}\\[[0-?]*[ -/]*[@-~]`,
  `${escapeCode}[ -/]*[0-~]`,
];
let terminalSequence: RegExp | null = null;

/**
 * What a program printed as text for a report: without colours and other terminal sequences, control characters and
 * marks that reorder text; broken surrogates become U+FFFD. Lines stay lines.
 */
export function plainLines(text: string): string {
  if (nothingToClean.test(text)) return text;
  terminalSequence ??= new RegExp(terminalSequences.join('|'), 'g');
  return (
    text
      .toWellFormed()
      .replace(terminalSequence, '')
      .replace(/\r\n?/g, '\n')
      // Control characters but tab and line feed, other line ends, marks that reorder text, the byte order mark.
      .replace(/[[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]--[\t\n]]/gv, '')
  );
}

/** The same on one line: every run of white space is one space. */
export function plainLine(text: string): string {
  return plainLines(text).replace(/\s+/g, ' ').trim();
}

/** The first line that says something, at most `limit` UTF-16 units. */
export function firstLine(text: string, limit: number): string {
  const line = beginningOf(text, 8 * limit)
    .split('\n')
    .find((candidate) => plainLine(candidate) !== '');
  return shortLine(line ?? '', limit);
}

/** `plainLine` cut to `limit` UTF-16 units. Only the beginning of a long text is looked at. */
export function shortLine(text: string, limit: number): string {
  return cutText(plainLine(beginningOf(text, 8 * limit)), limit);
}

/** `plainLines` cut to `limit` UTF-16 units. Only the beginning of a long text is looked at. */
export function shortLines(text: string, limit: number): string {
  return cutText(plainLines(beginningOf(text, 8 * limit)).trim(), limit);
}

/** Texts of runs can be many megabytes: what will be cut away is not cleaned first. The room is for what cleaning drops. */
function beginningOf(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

/** At most `limit` UTF-16 units, an ellipsis included where something was cut off. Never cuts through a character. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, Math.max(0, limit - 1));
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
