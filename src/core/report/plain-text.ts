const escapeCode = '\u001b';
const bell = '\u0007';
/**
 * What terminals obey: OSC up to its end (a bell, or ESC and backslash), CSI, and the two-character ones. The body of
 * an OSC ends at a line end too, so that an opening without an end does not swallow the text behind it.
 */
const terminalSequences = new RegExp(
  [
    `${escapeCode}\\][^${bell}${escapeCode}\\n]*(?:${bell}|${escapeCode}\\\\)`,
    `${escapeCode}\\[[0-?]*[ -/]*[@-~]`,
    `${escapeCode}[ -/]*[0-~]`,
  ].join('|'),
  'g',
);
/** Control characters but tab and line feed, other line ends, marks that reorder text, the byte order mark. */
const invisible = /[[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]--[\t\n]]/gv;

/**
 * What a program printed as text for a report: without colours and other terminal sequences, control characters and
 * marks that reorder text; broken surrogates become U+FFFD. Lines stay lines.
 */
export function plainLines(text: string): string {
  return text.toWellFormed().replace(terminalSequences, '').replace(/\r\n?/g, '\n').replace(invisible, '');
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
