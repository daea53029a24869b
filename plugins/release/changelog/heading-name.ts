import { findVersions, type Heading, type VersionText } from '../../../src/plugin-api/index.ts';
import { blanked, findDate, findOpenDate } from './heading-date.ts';

/** What a heading of a changelog is about. */
export type HeadingName =
  | { readonly kind: 'version'; readonly version: VersionText }
  /** `version`: the one that the section waits for, as in `1.3.0 (Unreleased)`; `null` where none is named. */
  | { readonly kind: 'unreleased'; readonly version: VersionText | null };

/**
 * The name of a heading; `null` where it is a part of the text or prose. `version` is the one that the caller asks for.
 * A heading below that of another version (`nested`) is only a part of its text, unless it holds nothing but a version
 * and a date: `### [1.2.1]` after `## [1.2.0]` is a patch release of its own.
 */
export function headingName(text: string, version: string, nested: boolean): HeadingName | null {
  const plain = withoutTags(text);
  const open = findOpenDate(plain);
  if (open !== null) {
    const waiting = waitingVersion(plain, version);
    if (waiting !== null) return { kind: 'unreleased', version: waiting };
  }
  const named = namedVersion(plain, version);
  if (isUnreleased(plain, named)) return nested && !isOnly(plain) ? null : { kind: 'unreleased', version: null };
  if (named === null || !isHeadingOf(plain, named)) return null;
  return nested && !isBare(plain, named) ? null : { kind: 'version', version: named };
}

/** Whether nothing but a date or the like stands beside the version: prose has words. */
export function isWordless(text: string, version: VersionText): boolean {
  return leadWords(withoutTags(text).slice(0, version.start)).length === 0;
}

/** Whether a line that nothing marks as a heading is one: a version, a date, a remark in quotes or parentheses. */
export function isVersionLine(text: string, version: VersionText): boolean {
  const plain = withoutTags(text);
  const before = blanked(plain.slice(0, version.start), findDate(plain.slice(0, version.start)));
  const after = withoutLink(plain.slice(version.end));
  const rest = blanked(blanked(after, findOpenDate(after)), findDate(after)).replace(
    /\([^()]*\)|"[^"]*"|“[^”]*”|\{[^{}]*\}|\breleased\b|\bon\b/giu,
    '',
  );
  return !/[\p{L}\p{N}]/u.test(before.replace(/\b(?:version|release)\b/gi, '')) && !/[\p{L}\p{N}]/u.test(rest);
}

/**
 * Whether a heading is one of the usual names for what comes, beside "Unreleased": `HEAD`, `Next release`, `In development`,
 * `dplyr (development version)`. Only its place tells whether it is meant so.
 */
export function isNextName(text: string): boolean {
  const plain = withoutTags(text);
  const open = findOpenDate(plain);
  if (open !== null && !/[\p{L}\p{N}]/u.test(blanked(plain, open))) return true;
  return /^[^\p{L}\p{N}]*(?:head|main|master|trunk|develop|development|v?next|(?:next|development|dev) (?:release|version)|.*\((?:in development|(?:development|dev) version)\))[^\p{L}\p{N}]*$/iu.test(
    plain,
  );
}

/** The title of the whole file, which may name a version. */
export function isTitle(heading: Heading, all: readonly Heading[]): boolean {
  return heading === all[0] && heading.level === 1 && /change ?log\b(?!_v)|release notes|history/i.test(heading.text);
}

/** Where a text names exactly this version, not a longer one that begins with it; `null` where it does not. */
export function findVersion(text: string, version: string): VersionText | null {
  if (version === '') return null;
  for (let at = text.indexOf(version); at !== -1; at = text.indexOf(version, at + 1)) {
    const prefix = /(?:^|[^0-9A-Za-z])([vV])$/.exec(text.slice(Math.max(0, at - 2), at))?.[1] ?? '';
    const start = at - prefix.length;
    const end = at + version.length;
    const before = text[start - 1] ?? '';
    const opens = prefix !== '' || !/[0-9A-Za-z.!+]/.test(before);
    if (opens && !/^(?:[0-9A-Za-z!]|[.+-][0-9A-Za-z])/.test(text.slice(end))) return { version, prefix, start, end };
  }
  return null;
}

/** The version that a text names first, the asked one before others: `1.2.0 (replaced by 1.3.0)` is about 1.2.0. */
export function namedVersion(text: string, version: string): VersionText | null {
  const own = findVersion(text, version);
  const other = findVersions(text)[0] ?? looseVersion(text, version);
  return own !== null && (!other || own.start <= other.start) ? own : other;
}

/** Tags, and the attributes in them, are no text; every place stays what it is. */
export function withoutTags(text: string): string {
  return text.replace(/<\/?[A-Za-z][^<>]*>/g, (tag) => ' '.repeat(tag.length));
}

/** The version of `1.3.0 (Unreleased)`, `[1.3.0] - TBD`: nothing else may be said there. */
function waitingVersion(plain: string, version: string): VersionText | null {
  const open = findOpenDate(plain);
  const rest = blanked(plain, open);
  const named = namedVersion(rest, version);
  if (open === null || named === null || !isHeadingOf(rest, named)) return null;
  // `Unreleased changes of 1.2.0` are not those of 1.2.0.
  if (open.start < named.start && leadWords(rest.slice(0, named.start)).length > 0) return null;
  const after = withoutLink(rest.slice(named.end)).replace(/\{[^{}]*\}/g, '');
  return /[\p{L}\p{N}]/u.test(after) ? null : named;
}

function isUnreleased(plain: string, named: VersionText | null): boolean {
  const mark = /\b(?:unreleased|upcoming)\b/i.exec(plain);
  return mark !== null && (named === null || mark.index < named.start);
}

function isOnly(plain: string): boolean {
  return /^[^\p{L}\p{N}]*(?:unreleased|upcoming)[^\p{L}\p{N}]*$/iu.test(plain);
}

/** Words that put a version in relation to something else: `Upgrading from 0.9.0 to 1.0.0`, `Breaking since 1.0`. */
const prose =
  /^(?:from|to|since|before|after|until|till|than|between|against|with|requires?|supports?|upgrad\w*|migrat\w*|updating|moving|switching)$/i;

/** A name or a few words may stand before the version, `Flask 2.0.0`, `Changes in 1.2.0`, but no sentence. */
function isHeadingOf(plain: string, version: VersionText): boolean {
  const words = leadWords(plain.slice(0, version.start));
  return words.length <= 4 && !words.some((word) => prose.test(word));
}

/** The words before a version, without a date and what is part of its name: `@scope/name@`, `CHANGELOG_v`. */
function leadWords(before: string): readonly string[] {
  const undated = blanked(before, findDate(before));
  const end = undated.search(/\s\S*$/);
  if (end < 0) return [];
  const words = undated.slice(0, end + 1).match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
  return words.filter((word) => !/^(?:version|release|v)$/i.test(word));
}

/** Versions of two parts, of PEP 440, and calendar versions that look like dates. */
function looseVersion(text: string, version: string): VersionText | null {
  // Most headings hold none, and the pattern below is a costly one to begin with.
  if (!/\d\.\d/.test(text)) return null;
  const match =
    /^([^\p{L}\p{N}]{0,40}(?:(?:version|release)\s+)?)([vV]?)((?:\d{1,9}!)?\d{1,15}(?:\.\d{1,15}){1,5}(?:[-._]?(?:a|b|c|rc|alpha|beta|pre|preview|post|rev|r|dev)[-._]?\d{0,15}){0,3}(?:\+[0-9A-Za-z.-]{1,100})?)(?![0-9A-Za-z]|\.\d)/iu.exec(
      text,
    );
  if (!match?.[3]) return null;
  const start = match[1]?.length ?? 0;
  const prefix = match[2] ?? '';
  const named = { version: match[3], prefix, start, end: start + prefix.length + match[3].length };
  if (prefix === '' && isDateLike(named.version) && !isDateLike(version)) return null;
  return isBare(text, named) ? named : null;
}

function isDateLike(version: string): boolean {
  return /^\d{4}\.\d{1,2}\.\d{1,2}$|^\d{1,2}\.\d{1,2}\.\d{4}$/.test(version);
}

/** A version with at most a word before it and a date, a name or a remark after it. */
function isBare(plain: string, version: VersionText): boolean {
  const before = plain.slice(0, version.start);
  const after = withoutLink(plain.slice(version.end));
  return (
    /^[^\p{L}\p{N}]{0,40}(?:(?:version|release)\s+\[?)?$/iu.test(before) &&
    /^[\s*_`]*(?:$|[("“'{]|[-–—:,/|]?\s*(?:$|\(?.{0,20}\d))/u.test(after)
  );
}

function withoutLink(after: string): string {
  return after.replace(/^[*_`]{0,3}\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\][]*\])?/, '');
}
