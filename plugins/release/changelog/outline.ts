import {
  findVersions,
  type Heading,
  headings,
  lineText,
  parseText,
  type TextDocument,
  type VersionText,
} from '../../../src/plugin-api/index.ts';
import { endBeforeReferences, isTitle, isUnreleased } from './insert-entry.ts';

/** The section of one version in a changelog. */
export interface VersionSection {
  readonly heading: Heading;
  readonly version: VersionText;
  /** The first line that belongs to it: an anchor `<a name="…">` above its heading is its own. */
  readonly start: number;
  /** The first line of its text. */
  readonly bodyStart: number;
  /** The first line after it. */
  readonly end: number;
}

export interface Outline {
  readonly document: TextDocument;
  readonly headings: readonly Heading[];
  /** In the order of the file, which is the newest first. */
  readonly versions: readonly VersionSection[];
  /** `end` leaves out what belongs to the version below, and link definitions at the end of the file. */
  readonly unreleased: { readonly heading: Heading; readonly bodyStart: number; readonly end: number } | null;
}

/**
 * The sections of a changelog. `version` is the one that the caller asks for: it says which texts are versions where
 * that is open, for example whether `2026.09.01` is one or a date.
 */
export function readOutline(content: string, version: string): Outline {
  const document = parseText(content);
  const all = headings(document);
  const found: { heading: Heading; version: VersionText }[] = [];
  const unreleased = all.find((heading) => isUnreleased(heading)) ?? null;
  for (const heading of all) {
    const above = found.at(-1)?.heading ?? (unreleased && unreleased.line < heading.line ? unreleased : null);
    const named = entryVersion(heading, all, version, above);
    if (named !== null) found.push({ heading, version: named });
  }
  const entryLines = new Set(found.map((entry) => entry.heading.line));
  const places = new Map(all.map((heading, at) => [heading, at]));
  const range = (heading: Heading) => rangeOf(document, all, places.get(heading) ?? 0, entryLines);
  return {
    document,
    headings: all,
    versions: found.map((entry) => ({
      ...entry,
      start: anchorStart(document, entry.heading.line),
      ...range(entry.heading),
    })),
    unreleased: unreleased === null ? null : { heading: unreleased, ...range(unreleased) },
  };
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

/**
 * The version that a heading is about. A heading below that of another version is only a part of its text, unless it
 * holds nothing but a version and a date: `### [1.2.1]` after `## [1.2.0]` is a patch release of its own.
 */
function entryVersion(
  heading: Heading,
  all: readonly Heading[],
  version: string,
  above: Heading | null,
): VersionText | null {
  if (isUnreleased(heading) || isTitle(heading, all)) return null;
  const own = findVersion(heading.text, version);
  const other = findVersions(heading.text)[0] ?? looseVersion(heading.text, version);
  // What a heading is about comes first: `1.2.0 (replaced by 1.3.0)`.
  const named = own !== null && (!other || own.start <= other.start) ? own : other;
  if (!named) return null;
  const nested = above !== null && heading.level > above.level;
  return nested && !isBare(heading.text, named) ? null : named;
}

/** Versions of two parts, of PEP 440, and calendar versions that look like dates. */
function looseVersion(text: string, version: string): VersionText | null {
  // Most headings hold none, and the pattern below is a costly one to begin with.
  if (!/\d\.\d/.test(text)) return null;
  const match =
    /^([^\p{L}\p{N}]{0,10}(?:(?:version|release)\s+)?)([vV]?)((?:\d{1,9}!)?\d{1,15}(?:\.\d{1,15}){1,5}(?:[-._]?(?:a|b|c|rc|alpha|beta|pre|preview|post|rev|r|dev)[-._]?\d{0,15}){0,3}(?:\+[0-9A-Za-z.-]{1,100})?)(?![0-9A-Za-z]|\.\d)/iu.exec(
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

/** A version with at most a word before it and a date or a remark in parentheses after it. */
function isBare(text: string, version: VersionText): boolean {
  const before = text.slice(0, version.start);
  const after = text.slice(version.end).replace(/^\](?:\([^)]*\))?/, '');
  return (
    /^(?:<\w+>)?[^\p{L}\p{N}]{0,10}(?:(?:version|release)\s+\[?)?$/iu.test(before) &&
    /^\s*(?:<\/\w+>\s*)?(?:$|\(|[-–—:,/|]?\s*\(?.{0,20}\d)/u.test(after)
  );
}

function rangeOf(document: TextDocument, all: readonly Heading[], place: number, entryLines: ReadonlySet<number>) {
  const heading = all[place] ?? { line: 0, level: 1, text: '' };
  const underlined = !/^ {0,3}#/.test(lineText(document, heading.line));
  const bodyStart = heading.line + (underlined ? 2 : 1);
  const stop =
    firstBelow(all, place, (other) => endsSection(other, heading, entryLines)) ??
    firstBelow(all, place, (other) => endsLast(document, other, heading, bodyStart));
  const end = stop === null ? endBeforeReferences(document) : anchorStart(document, stop.line);
  return { bodyStart, end: Math.max(bodyStart, end) };
}

/** From the heading on: a search from the top for each version would take quadratic time. */
function firstBelow(all: readonly Heading[], place: number, ends: (other: Heading) => boolean): Heading | null {
  for (let at = place + 1; at < all.length; at++) {
    const other = all[at];
    if (other && ends(other)) return other;
  }
  return null;
}

/** Between two versions all belongs to the upper one, for some give a version and its parts headings of one level. */
function endsSection(other: Heading, heading: Heading, entryLines: ReadonlySet<number>): boolean {
  if (entryLines.has(other.line) || isUnreleased(other) || other.level < heading.level) return true;
  return isUnreleased(heading) && other.level === heading.level;
}

/** Below the last version a heading of its level is something else, unless it is the beginning of all its text. */
function endsLast(document: TextDocument, other: Heading, heading: Heading, bodyStart: number): boolean {
  if (other.level !== heading.level || other.level > 2) return false;
  return document.lines.slice(bodyStart, other.line).some((line) => line.text.trim() !== '');
}

/** A line between sections; `null` where the section does not end with one. */
export function separatorLine(
  outline: Outline,
  section: { readonly bodyStart: number; readonly end: number },
): number | null {
  for (let at = section.end - 1; at > section.bodyStart; at--) {
    const text = lineText(outline.document, at);
    // Right below text it would be the underline of a heading.
    if (/^(?:-{3,}|\*{3,}|_{3,})\s*$/.test(text)) return lineText(outline.document, at - 1).trim() === '' ? at : null;
    if (text.trim() !== '') return null;
  }
  return null;
}

function anchorStart(document: TextDocument, line: number): number {
  let start = line;
  while (start > 0 && /^<a\s[^<>]*>\s*(?:<\/a>)?\s*$/i.test(lineText(document, start - 1))) start--;
  return start;
}
