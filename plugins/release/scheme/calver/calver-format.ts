import { plainNumber } from '../numbers.ts';
import { err, ok, type Result } from '../result.ts';

export type DateUnit = 'year' | 'month' | 'week' | 'day';
export type CounterName = 'major' | 'minor' | 'micro';

/** A number in a format. */
export type CalverField =
  | { readonly kind: 'date'; readonly unit: DateUnit; readonly spelling: Spelling }
  | { readonly kind: 'counter'; readonly name: CounterName; readonly spelling: Spelling };

interface Spelling {
  /** Source of a pattern. */
  readonly source: string;
  /** Least number of digits. */
  readonly width: number;
  /** True where the next number can follow without a separator. */
  readonly fixed: boolean;
  /** The year from which a short year counts. */
  readonly from: number;
}

export type CalverPiece =
  | { readonly kind: 'field'; readonly token: string; readonly field: CalverField }
  | { readonly kind: 'separator'; readonly text: string };

/** A format, taken apart. `fields` are those of `pieces`, in order. */
export interface CalverFormat {
  readonly text: string;
  readonly pieces: readonly CalverPiece[];
  readonly fields: readonly CalverField[];
  /** The separator that comes and goes with the modifier; `null` where the format has no modifier. */
  readonly modifier: string | null;
}

const month = '(?:1[0-2]|[1-9])';
const paddedMonth = '(?:0[1-9]|1[0-2])';
const week = '(?:[1-4]\\d|5[0-3]|[1-9])';
const paddedWeek = '(?:0[1-9]|[1-4]\\d|5[0-3])';
const day = '(?:[12]\\d|3[01]|[1-9])';
const paddedDay = '(?:0[1-9]|[12]\\d|3[01])';

const fields: { readonly [token: string]: CalverField } = {
  YYYY: date('year', { source: '[1-9]\\d{3}', fixed: true }),
  YY: date('year', { source: '(?:0|[1-9]\\d{0,2})', from: 2000 }),
  '0Y': date('year', { source: '\\d{2}', width: 2, fixed: true, from: 2000 }),
  MM: date('month', { source: month }),
  '0M': date('month', { source: paddedMonth, width: 2, fixed: true }),
  WW: date('week', { source: week }),
  '0W': date('week', { source: paddedWeek, width: 2, fixed: true }),
  DD: date('day', { source: day }),
  '0D': date('day', { source: paddedDay, width: 2, fixed: true }),
  MAJOR: counter('major'),
  MINOR: counter('minor'),
  MICRO: counter('micro'),
};

const lexeme = /YYYY|YY|0Y|MM|0M|WW|0W|DD|0D|MAJOR|MINOR|MICRO|MODIFIER|[._-]/y;
const known =
  'YYYY, YY, 0Y, MM, 0M, WW, 0W, DD, 0D, MAJOR, MINOR, MICRO and MODIFIER with `.`, `-` or `_` between them';

/** Reads a format of calendar versions; the error is one sentence. */
export function parseCalverFormat(text: string): Result<CalverFormat, string> {
  const lexemes = lexemesOf(text);
  if (!lexemes.ok) return lexemes;
  const numbered = lexemes.value.at(-1) === 'MODIFIER' ? lexemes.value.slice(0, -1) : lexemes.value;
  const hasModifier = numbered.length < lexemes.value.length;
  const closing = numbered.at(-1) ?? '';
  const separator = hasModifier && isSeparator(closing) ? closing : '';
  const pieces = (separator === '' ? numbered : numbered.slice(0, -1)).map(pieceOf);
  const format: CalverFormat = {
    text,
    pieces,
    fields: pieces.flatMap((piece) => (piece.kind === 'field' ? [piece.field] : [])),
    modifier: hasModifier ? separator : null,
  };
  const fault = layoutFault(lexemes.value) ?? fieldsFault(pieces);
  return fault === null ? ok(format) : err(`the format \`${text}\` ${fault}`);
}

function lexemesOf(text: string): Result<readonly string[], string> {
  const found: string[] = [];
  lexeme.lastIndex = 0;
  while (lexeme.lastIndex < text.length) {
    const at = lexeme.lastIndex;
    const match = lexeme.exec(text);
    if (match === null)
      return err(`the format \`${text}\` cannot be read from \`${text.slice(at)}\` on: write ${known}`);
    found.push(match[0]);
  }
  return ok(found);
}

/** What is wrong with how the pieces stand side by side. */
function layoutFault(lexemes: readonly string[]): string | null {
  for (const [at, token] of lexemes.entries()) {
    const next = lexemes[at + 1];
    if (isSeparator(token) && (at === 0 || next === undefined || isSeparator(next))) {
      return `has a separator \`${token}\` with no part on one side of it`;
    }
    if (token === 'MODIFIER' && next !== undefined) return 'goes on behind MODIFIER: put it last';
    if (next === undefined || isSeparator(token) || isSeparator(next) || next === 'MODIFIER') continue;
    if (fields[token]?.spelling.fixed !== true) {
      return `has no separator between ${token} and ${next}, so their numbers cannot be told apart`;
    }
  }
  return null;
}

/** What is wrong with which parts there are, and in which order. */
function fieldsFault(pieces: readonly CalverPiece[]): string | null {
  const named = pieces.flatMap((piece) => (piece.kind === 'field' ? [piece] : []));
  const keys = named.map(({ field }) => (field.kind === 'date' ? field.unit : field.name));
  const twice = named.find((_, at) => keys.indexOf(keys[at] ?? 'year') !== at);
  if (twice !== undefined) return `has more than one part like ${twice.token}`;
  const units = keys.filter((key) => key === 'year' || key === 'month' || key === 'week' || key === 'day');
  if (!units.includes('year')) return 'names no year: add YYYY, YY or 0Y';
  if (units.includes('week') && units.length > 2) return 'counts weeks beside months or days: leave one of them out';
  if (units.includes('day') && !units.includes('month')) return 'names a day without its month: add MM or 0M';
  const sorted = [...units].sort((a, b) => unitOrder.indexOf(a) - unitOrder.indexOf(b));
  if (sorted.join() !== units.join())
    return 'would not sort by date: write the year first, then the month, then the day';
  return null;
}

const unitOrder: readonly DateUnit[] = ['year', 'month', 'week', 'day'];

function pieceOf(token: string): CalverPiece {
  const field = fields[token];
  return field === undefined ? { kind: 'separator', text: token } : { kind: 'field', token, field };
}

function isSeparator(token: string): boolean {
  return token === '.' || token === '-' || token === '_';
}

function date(unit: DateUnit, spelling: Partial<Spelling> & Pick<Spelling, 'source'>): CalverField {
  return { kind: 'date', unit, spelling: { width: 1, fixed: false, from: 0, ...spelling } };
}

function counter(name: CounterName): CalverField {
  return { kind: 'counter', name, spelling: { source: plainNumber, width: 1, fixed: false, from: 0 } };
}
