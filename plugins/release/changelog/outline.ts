import {
  lineText,
  parseText,
  type TextDocument,
  type VersionText,
  visibleLines,
} from '../../../src/plugin-api/index.ts';
import { type ChangelogHeading, changelogHeadings, closingLine, withVersionLines } from './changelog-headings.ts';
import { sortableDate } from './heading-date.ts';
import { type HeadingName, headingName, isNextName, isTitle, isWordless } from './heading-name.ts';
import { isOldestFirst } from './version-order.ts';

interface SectionRange {
  /** The first line of its text. */
  readonly bodyStart: number;
  /** The first line after its text: what closes a fold around it comes below. */
  readonly textEnd: number;
  /** The first line after it; leaves out an anchor of the version below, and link definitions at the end of the file. */
  readonly end: number;
}

/** The section of one version in a changelog. */
export interface VersionSection extends SectionRange {
  readonly heading: ChangelogHeading;
  readonly version: VersionText;
  /** The first line that belongs to it: an anchor `<a name="…">` above its heading is its own. */
  readonly start: number;
}

export interface UnreleasedSection extends SectionRange {
  readonly heading: ChangelogHeading;
}

export interface Outline {
  readonly document: TextDocument;
  readonly headings: readonly ChangelogHeading[];
  /** In the order of the file. A section that was never given its date is one of them, below those that have theirs. */
  readonly versions: readonly VersionSection[];
  /** Whether new versions are added at the bottom. */
  readonly oldestFirst: boolean;
  readonly unreleased: UnreleasedSection | null;
  /** Sections that wait for a version of their own, on the side of the newest: `1.3.0 (Unreleased)`. */
  readonly waiting: readonly VersionSection[];
}

/**
 * The sections of a changelog. `version` is the one that the caller asks for: it says which texts are versions where
 * that is open, for example whether `2026.09.01` is one or a date.
 */
export function readOutline(content: string, version: string): Outline {
  const document = parseText(content);
  const { all, named } = withNextHeading(document, namedHeadings(document, version));
  const names = new Map(named.map(({ heading, name }) => [heading, name]));
  const places = new Map(all.map((heading, at) => [heading, at]));
  const visible = visibleLines(document);
  const range = (heading: ChangelogHeading): SectionRange => {
    const end = endOf(document, all, places.get(heading) ?? 0, names);
    return { bodyStart: heading.end, textEnd: closingLine(document, visible, heading, end) ?? end, end };
  };
  const sections = named.flatMap(({ heading, name }) =>
    name.version === null
      ? []
      : [
          {
            heading,
            version: name.version,
            kind: name.kind,
            start: anchorStart(document, heading.first),
            ...range(heading),
          },
        ],
  );
  const unreleased = named.find(({ name }) => name.kind === 'unreleased' && name.version === null)?.heading ?? null;
  const released = sections.filter(({ kind }) => kind === 'version');
  const oldestFirst = (unreleased === null || unreleased.line > (released[0]?.start ?? 0)) && areOldestFirst(released);
  const isWaiting = (section: (typeof sections)[number]) =>
    section.kind === 'unreleased' &&
    (section.version.version === version ||
      released.every((one) => (oldestFirst ? one.start < section.start : one.start > section.start)));
  return {
    document,
    headings: all,
    versions: sections.filter((section) => !isWaiting(section)),
    oldestFirst,
    unreleased: unreleased === null ? null : { heading: unreleased, ...range(unreleased) },
    waiting: sections.filter(isWaiting),
  };
}

/** Whether the changelog has a section of this version that does not wait for its date. */
export function hasVersion(outline: Outline, version: string): boolean {
  return outline.versions.some((one) => one.version.version === version);
}

interface NamedHeading {
  readonly heading: ChangelogHeading;
  readonly name: HeadingName;
}

interface NamedHeadings {
  readonly all: readonly ChangelogHeading[];
  readonly named: readonly NamedHeading[];
}

function namedHeadings(document: TextDocument, version: string): NamedHeadings {
  const marked = changelogHeadings(document);
  const named = namesOf(marked, version);
  if (named.some(({ name }) => name.version !== null)) return { all: marked, named };
  const all = withVersionLines(document, marked, version);
  return { all, named: all === marked ? named : namesOf(all, version) };
}

function namesOf(all: readonly ChangelogHeading[], version: string): readonly NamedHeading[] {
  const found: NamedHeading[] = [];
  for (const heading of all) {
    const above = found.at(-1)?.heading;
    const nested = above !== undefined && heading.level > above.level;
    const name = isTitle(heading, all) ? null : headingName(heading.text, version, nested);
    if (name !== null) found.push({ heading, name });
  }
  // `Known issues in 1.2.0` is prose where 1.2.0 has a heading that says nothing else.
  const wordless = found.filter(({ heading, name }) => name.version !== null && isWordless(heading.text, name.version));
  const own = new Set(wordless.map(({ name }) => name.version?.version));
  return found.filter((one) => wordless.includes(one) || !own.has(one.name.version?.version));
}

/** `## Next` and the like above the newest version, in a file that has no "Unreleased"; elsewhere they are parts of a text. */
function withNextHeading(document: TextDocument, { all, named }: NamedHeadings): NamedHeadings {
  const versions = named.flatMap(({ heading, name }) =>
    name.kind === 'version' ? [{ heading, version: name.version }] : [],
  );
  const levels = versions.map(({ heading }) => heading.level);
  const stop = named[0]?.heading.line ?? document.lines.length;
  const isInPlace = (heading: ChangelogHeading) =>
    heading.line < stop && (versions.length === 0 || levels.includes(heading.level)) && !isTitle(heading, all);
  const heading = all.find((one) => isInPlace(one) && isNextName(one.text));
  const isKnown = named.some(({ name }) => name.kind === 'unreleased' && name.version === null);
  if (heading === undefined || isKnown || areOldestFirst(versions)) return { all, named };
  if (versions.length === 0 && listsVersions(document)) return { all, named };
  return { all, named: [{ heading, name: { kind: 'unreleased', version: null } }, ...named] };
}

function areOldestFirst(
  versions: readonly { readonly heading: ChangelogHeading; readonly version: VersionText }[],
): boolean {
  return isOldestFirst(
    versions.map(({ heading, version }) => ({ version: version.version, date: sortableDate(heading.text) })),
  );
}

/** Whether versions stand in a list or a table, which a heading above them is no reason to leave. */
function listsVersions(document: TextDocument): boolean {
  return document.lines.some(({ text }) => /^(?:[-*+]|\|)\s.{0,20}\d\.\d/.test(text));
}

function endOf(
  document: TextDocument,
  all: readonly ChangelogHeading[],
  place: number,
  names: ReadonlyMap<ChangelogHeading, HeadingName>,
): number {
  const heading = all[place];
  if (heading === undefined) return document.lines.length;
  // Between two versions all belongs to the upper one, for some give a version and its parts headings of one level.
  const deepest = names.get(heading)?.version === null ? heading.level : heading.level - 1;
  const stop =
    firstBelow(all, place, (other) => names.has(other) || other.level <= deepest) ??
    firstBelow(all, place, (other) => endsLast(document, other, heading));
  return Math.max(heading.end, stop === null ? endBeforeReferences(document) : anchorStart(document, stop.first));
}

/** From the heading on: a search from the top for each version would take quadratic time. */
function firstBelow(
  all: readonly ChangelogHeading[],
  place: number,
  ends: (other: ChangelogHeading) => boolean,
): ChangelogHeading | null {
  for (let at = place + 1; at < all.length; at++) {
    const other = all[at];
    if (other && ends(other)) return other;
  }
  return null;
}

/** Below the last version a heading of its level is something else, unless it is the beginning of all its text. */
function endsLast(document: TextDocument, other: ChangelogHeading, heading: ChangelogHeading): boolean {
  if (other.level !== heading.level || other.level > 2) return false;
  return document.lines.slice(heading.end, other.line).some((line) => line.text.trim() !== '');
}

/** Link definitions and blank lines at the end of a file stay at its end. */
export function endBeforeReferences(document: TextDocument): number {
  let end = document.lines.length;
  while (end > 0 && /^\s*$|^\[[^\]]+\]:\s/.test(lineText(document, end - 1))) end--;
  return end;
}

/** A line between sections; `null` where the section does not end with one. */
export function separatorLine(
  outline: Outline,
  section: { readonly bodyStart: number; readonly end: number },
): number | null {
  for (let at = section.end - 1; at > section.bodyStart; at--) {
    const text = lineText(outline.document, at);
    if (/^(?:-{3,}|\*{3,}|_{3,})\s*$/.test(text)) return isUnderline(outline, at) ? null : at;
    if (text.trim() !== '') return null;
  }
  return null;
}

function isUnderline({ headings }: Outline, line: number): boolean {
  return headings.some((heading) => heading.marker === 'underline' && heading.line === line - 1);
}

/** An element without text that has a name, or a target of MyST: links to the heading below it lead there. */
const anchor = /^ {0,3}(?:<a\s[^<>]*>\s*(?:<\/a>)?|<(span|div|p)\s[^<>]*>\s*<\/\1>|\([\w.:+-]+\)=)\s*$/i;

function anchorStart(document: TextDocument, line: number): number {
  let start = line;
  for (let at = line - 1; at >= 0; at--) {
    const text = lineText(document, at);
    if (anchor.test(text)) start = at;
    else if (text.trim() !== '') break;
  }
  return start;
}
