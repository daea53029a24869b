import { calverScheme } from './calver/calver.ts';
import type { CalendarDay, VersionScheme } from './version-scheme.ts';

/** A format that reads the newest version, and what else does. */
export interface CalverGuess {
  readonly format: string;
  readonly scheme: VersionScheme;
  /** Other formats that read every version with a year in front; empty where a zero or a day tells them apart. */
  readonly rivals: readonly string[];
  /** True where a leading zero shows that the texts are no semantic versions. */
  readonly padded: boolean;
}

const paddedFormats = [
  'YYYY.0M.0D',
  'YYYY.0M.MICRO',
  'YYYY.0M.DD',
  'YYYY.MM.0D',
  'YYYY.0M.0D.MICRO',
  'YYYY.0M',
  'YYYY-0M-0D',
];
const plainFormats = ['YYYY.MM.MICRO', 'YYYY.MM.DD', 'YYYY.MM.DD.MICRO', 'YYYY-0M-0D'];

const modifier = '-MODIFIER';

/**
 * The format of calendar versions, where the newest begins with a year that has come and a month. `null` where it
 * does not, or where no format reads the texts that begin with a year and semantic versions do.
 */
export function guessCalver(texts: readonly string[], today: CalendarDay, semver: VersionScheme): CalverGuess | null {
  const newest = texts[0] ?? '';
  if (!beginsWithMonth(newest) || !beginsWithYear(newest, today)) return null;
  const yearly = texts.filter((text) => beginsWithYear(text, today));
  const padded = yearly.some((text) => /[.-]0\d/.test(text));
  const candidates = withModifiers(padded ? paddedFormats : plainFormats).filter(({ scheme }) => scheme.parse(newest));
  const readAll = candidates.filter(({ scheme }) => yearly.every((text) => scheme.parse(text) !== null));
  const [first] = readAll;
  if (first === undefined) {
    const explained = yearly.length === 1 || yearly.every((text) => semver.parse(text) !== null);
    // The format changed on the way, so what the older texts look like says nothing.
    return explained ? null : guessCalver([newest], today, semver);
  }
  const rivals = readAll
    .map(({ format }) => format)
    .filter((format) => format !== first.format && !isLonger(format, readAll));
  return { ...first, rivals, padded };
}

/** True where the same format is there without its modifier. */
function isLonger(format: string, candidates: readonly { readonly format: string }[]): boolean {
  return candidates.some((candidate) => format === `${candidate.format}${modifier}`);
}

/** Four digits and a month: without it, nothing is taken for a calendar version. */
export function beginsWithMonth(text: string): boolean {
  return /^\d{4}[.-](?:0?[1-9]|1[0-2])(?!\d)/.test(text);
}

function beginsWithYear(text: string, today: CalendarDay): boolean {
  const year = Number(/^(\d{4})[.-]/.exec(text)?.[1] ?? 0);
  return year >= 2000 && year <= today.year;
}

/** The formats as they are first: a modifier is for texts that need it. */
function withModifiers(formats: readonly string[]): readonly { format: string; scheme: VersionScheme }[] {
  const all = [...formats, ...formats.map((format) => `${format}${modifier}`)];
  return all.flatMap((format) => {
    const scheme = calverScheme(format);
    return scheme.ok ? [{ format, scheme: scheme.value }] : [];
  });
}
