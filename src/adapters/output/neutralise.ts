/**
 * The runner reads commands out of every line that a job prints: `::name …::` where the line starts with it after
 * white space, and `##[name …]` anywhere. Text that is not ours must not be read so. Both are broken by one space,
 * `: :name` and `## [name]`, which leaves the text readable and needs nothing to be held back.
 */
export interface Neutraliser {
  /** The chunk with a space where a command would begin. Chunks may be cut anywhere. */
  push(chunk: string): string;
}

/** One text that is printed at the start of a line or inside one. */
export function neutralise(text: string): string {
  return new CommandNeutraliser().push(text);
}

/**
 * For what two writers print into one log: each is followed by itself, because a reader may take them apart, and both
 * together, because one may print a command's first half and the other its second.
 */
export class MergedNeutraliser {
  readonly #stdout = new CommandNeutraliser();
  readonly #stderr = new CommandNeutraliser();
  readonly #merged = new CommandNeutraliser();

  push(chunk: string, stream: 'stdout' | 'stderr'): string {
    const own = stream === 'stdout' ? this.#stdout : this.#stderr;
    return this.#merged.push(own.push(chunk));
  }
}

export class CommandNeutraliser implements Neutraliser {
  #state: LineState = 'start';

  push(chunk: string): string {
    if (chunk === '') return '';
    const before = this.#state;
    this.#state = stateAfter(before, chunk);
    const border = pendingText[before] !== '' && '#[:'.includes(chunk.charAt(0));
    if (!border && !chunk.includes('::') && !chunk.includes('##[')) return chunk;
    return broken(before, chunk);
  }
}

/**
 * What of the line so far decides about the next character: nothing but white space yet, one colon after that, one or
 * two number signs, or anything else.
 */
type LineState = 'start' | 'colon' | 'sign' | 'signs' | 'inside';

/** A text that stands for the state, so that one search sees across the border of two chunks. */
const pendingText: Readonly<Record<LineState, string>> = { start: '', colon: ':', sign: '#', signs: '##', inside: '' };

function broken(before: LineState, chunk: string): string {
  const pending = before === 'inside' ? 'x' : pendingText[before];
  const text = pending + chunk;
  const breaks = [...lineStartColons(text), ...legacyPrefixes(text)].sort((a, b) => a - b);
  const pieces: string[] = [];
  let from = pending.length;
  for (const at of breaks) {
    pieces.push(text.slice(from, at));
    from = at;
  }
  pieces.push(text.slice(from));
  return pieces.join(' ');
}

function* lineStartColons(text: string): Generator<number> {
  for (let at = text.indexOf('::'); at !== -1; at = text.indexOf('::', at + 1)) {
    if (startsLine(text, at, true)) yield at + 1;
  }
}

function* legacyPrefixes(text: string): Generator<number> {
  for (let at = text.indexOf('##['); at !== -1; at = text.indexOf('##[', at + 1)) yield at + 2;
}

/** Whether only white space stands between the start of the line and `at`; `atTextStart` where the text itself begins. */
function startsLine(text: string, at: number, atTextStart: boolean): boolean {
  let before = at - 1;
  while (before >= 0 && isBlank(text.charCodeAt(before))) before--;
  return before < 0 ? atTextStart : isLineEnd(text.charCodeAt(before));
}

function stateAfter(before: LineState, chunk: string): LineState {
  const last = chunk.charCodeAt(chunk.length - 1);
  if (isLineEnd(last)) return 'start';
  if (isBlank(last)) return startsLine(chunk, chunk.length, before === 'start') ? 'start' : 'inside';
  if (last === colon) return startsLine(chunk, chunk.length - 1, before === 'start') ? 'colon' : 'inside';
  if (last !== sign) return 'inside';
  const earlier =
    chunk.length > 1 ? chunk.charCodeAt(chunk.length - 2) === sign : before === 'sign' || before === 'signs';
  return earlier ? 'signs' : 'sign';
}

const colon = 0x3a;
const sign = 0x23;

/** The runner reads lines as .NET does: a carriage return alone ends one. */
function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

// White space as .NET trims it, and characters without width that its comparisons may pass over.
const wideBlanks = new Set([
  0x85, 0xa0, 0xad, 0x1680, 0x180e, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009,
  0x200a, 0x200b, 0x200c, 0x200d, 0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff,
]);

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0b || code === 0x0c || (code >= 0x80 && wideBlanks.has(code));
}
