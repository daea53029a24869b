import { formatText, lineText, parseText, type TextDocument, type TextLine } from '../../../src/plugin-api/index.ts';
import type { HostLinks } from '../notes/host-links.ts';
import type { NotesStyle } from '../notes/notes-model.ts';
import { type CarryOver, carryOver, mergedLines, type SectionPart } from './carry-over.ts';
import { dateSection } from './date-section.ts';
import { insertIntoList } from './insert-into-list.ts';
import { hasVersion, type Outline, readOutline, separatorLine, type VersionSection } from './outline.ts';
import { updateReferences, withUnreleasedLinks } from './reference-links.ts';
import { bodyUnder } from './section-body.ts';
import {
  datedHeading,
  existingHeading,
  freshHeading,
  type HeadingFacts,
  headingLines,
  type SectionHeading,
} from './section-heading.ts';
import { insertBlock, newestBefore, placeOf } from './section-place.ts';
import { readVersionList } from './version-list.ts';
import { compareVersions } from './version-order.ts';

/** The section of a new version. */
export interface ReleaseSection extends HeadingFacts {
  /** Markdown without the version's heading, as `renderNotes` gives it; may be empty. */
  readonly body: string;
  /** What a list or a table of versions says of this one; where it is empty, the changes of the body. */
  readonly summary: string;
  /** Markdown link, for lists and tables of versions; `null`: none. */
  readonly link: string | null;
}

export interface InsertOptions {
  /** How the headings look in a changelog that has no version yet. Otherwise they look like the newest. */
  readonly style: NotesStyle;
  readonly links: HostLinks | null;
  /** `carry`: what stands under "Unreleased" moves into the new section. `keep`: it stays. */
  readonly unreleased: 'carry' | 'keep';
}

/**
 * The changelog with a section for the version next to that of the newest, below title, front matter, introduction and
 * an unreleased section. A section that waits for this version gets its date and the changes; one that waits for an
 * earlier version than this is that of the release too. Every other line stays as it is, to the byte. A changelog that
 * has the version already comes back unchanged; `null` stands for a file that does not exist yet.
 */
export function insertSection(content: string | null, section: ReleaseSection, options: InsertOptions): string {
  const outline = readOutline(content ?? '', section.version);
  if (outline.document.lines.every((line) => line.text.trim() === '')) return freshChangelog(outline, section, options);
  const list = readVersionList(outline);
  if (hasVersion(outline, section.version) || list?.has(section.version)) return content ?? '';
  const waiting = waitingFor(outline, section, options);
  const current = withCurrentUnreleased(outline, section);
  if (waiting !== null) return formatText(withDatedSection(current, waiting, section, options));
  if (outline.versions.length === 0 && list !== null) {
    const { version, date, summary, link, body } = section;
    // The text of an entry is its summary and link, which have their places.
    const told = options.style === 'seed' ? '' : body;
    return formatText(insertIntoList(outline, list, { version, date, summary, link }, told));
  }
  return formatText(withSection(current, section, options));
}

/** A heading "Unreleased" that links to a comparison itself, as others do by a definition, goes on from this version. */
function withCurrentUnreleased(outline: Outline, section: ReleaseSection): Outline {
  const { document, unreleased } = outline;
  if (unreleased === null) return outline;
  return { ...outline, document: withUnreleasedLinks(document, unreleased.heading.line, section) };
}

function freshChangelog(outline: Outline, section: ReleaseSection, options: InsertOptions): string {
  const { eol } = outline.document;
  const start = options.style === 'keep-a-changelog' ? ['# Changelog', '## [Unreleased]'] : ['# Changelog'];
  const title = parseText(start.map((line) => `${line}${eol}`).join(eol));
  const bom = outline.document.bom ? '\uFEFF' : '';
  return `${bom}${formatText(withSection(readOutline(formatText(title), section.version), section, options))}`;
}

/** The section that is this release under a name that was meant for it: `1.3.1 (Unreleased)` where 1.4.0 is released. */
function waitingFor(outline: Outline, section: ReleaseSection, options: InsertOptions): VersionSection | null {
  const own = outline.waiting.find((one) => one.version.version === section.version);
  if (own || options.unreleased === 'keep' || outline.unreleased !== null) return own ?? null;
  // One that is not later than the release before was only never given its date.
  const before = section.previousTag === null ? null : (/\d.*/.exec(section.previousTag)?.[0] ?? null);
  const isPassed = ({ version }: VersionSection) =>
    compareVersions(version.version, section.version) < 0 &&
    (before === null || compareVersions(version.version, before) > 0);
  return outline.waiting.find(isPassed) ?? null;
}

function withDatedSection(
  outline: Outline,
  waiting: VersionSection,
  section: ReleaseSection,
  options: InsertOptions,
): TextDocument {
  const others = { ...outline, waiting: outline.waiting.filter((one) => one !== waiting) };
  const heading = headingLike(outline, newestBefore(others, section.version) ?? waiting, section, options);
  const lines = headingLines(heading, section, options.links);
  const dated = dateSection(outline, waiting, { heading, lines, body: section.body });
  return withReferences(dated, outline, heading, section, options);
}

function withSection(outline: Outline, section: ReleaseSection, options: InsertOptions): TextDocument {
  const { document, unreleased } = outline;
  const newest = newestBefore(outline, section.version) ?? outline.waiting[0];
  const heading = newest ? headingLike(outline, newest, section, options) : freshHeading(options.style);
  const shrunk = options.unreleased === 'carry' && unreleased !== null ? shrink(outline, unreleased) : null;
  const block = sectionLines(outline, heading, shrunk?.moved ?? [], section, options);
  const remaining = shrunk === null ? document : withoutMoved(document, shrunk);
  const inserted = insertBlock(remaining, placeIn(outline, shrunk, section.version), block);
  return withReferences(inserted, outline, heading, section, options);
}

/** The heading as the newest version has it; an entry of summary and link always has its date. */
function headingLike(
  outline: Outline,
  newest: VersionSection,
  { version }: ReleaseSection,
  { style }: InsertOptions,
): SectionHeading {
  const own = existingHeading(outline, newest, version);
  return style === 'seed' ? datedHeading(own) : own;
}

function withReferences(
  document: TextDocument,
  outline: Outline,
  heading: SectionHeading,
  section: ReleaseSection,
  options: InsertOptions,
): TextDocument {
  return updateReferences(document, `${heading.prefix}${section.version}`, section, {
    links: options.links,
    // A file whose versions stand in brackets without definitions is left as it is.
    begin: heading.form === 'bracketed' && outline.versions.length + outline.waiting.length === 0,
    unreleased: outline.unreleased?.heading.text ?? null,
  });
}

function sectionLines(
  outline: Outline,
  heading: SectionHeading,
  moved: readonly SectionPart[],
  section: ReleaseSection,
  options: InsertOptions,
): readonly TextLine[] {
  const { eol } = outline.document;
  const line = (text: string): TextLine => ({ text, end: eol });
  const body = mergedLines(moved, bodyUnder(section.body, heading.level), eol);
  const own = [
    ...headingLines(heading, section, options.links).map(line),
    ...(body.length === 0 ? [] : [line(''), ...body]),
    ...(heading.below.length === 0 ? [] : [line(''), ...heading.below.map(line)]),
  ];
  const separator = separatorText(outline);
  if (separator === null) return own;
  // The last section of a file has none below it.
  return outline.oldestFirst ? [line(separator), line(''), ...own] : [...own, line(''), line(separator)];
}

/** The line that stands between the sections of this file, where there is one. */
function separatorText(outline: Outline): string | null {
  const sections = [...(outline.unreleased === null ? [] : [outline.unreleased]), ...outline.versions];
  // What ends the last section stands between nothing.
  for (const section of sections.slice(0, -1).slice(0, 2)) {
    const at = separatorLine(outline, section);
    if (at !== null) return lineText(outline.document, at);
  }
  return null;
}

interface Shrunk extends CarryOver {
  readonly bodyStart: number;
}

function shrink(outline: Outline, unreleased: NonNullable<Outline['unreleased']>): Shrunk | null {
  const carried = carryOver(outline, unreleased);
  return carried.moved.length === 0 ? null : { ...carried, bodyStart: unreleased.bodyStart };
}

/** The unreleased section with nothing left but what waits for the next release. */
function withoutMoved(document: TextDocument, shrunk: Shrunk): TextDocument {
  const before = document.lines.slice(0, shrunk.bodyStart);
  return { ...document, lines: [...before, ...stump(document, shrunk), ...document.lines.slice(shrunk.end)] };
}

function stump(document: TextDocument, shrunk: Shrunk): readonly TextLine[] {
  const blank = { text: '', end: document.eol };
  return shrunk.kept.length === 0 ? [blank] : [blank, ...shrunk.kept, blank];
}

function placeIn(outline: Outline, shrunk: Shrunk | null, version: string): number {
  const place = placeOf(outline, version);
  if (shrunk === null || place < shrunk.end) return place;
  return place - (shrunk.end - shrunk.bodyStart) + stump(outline.document, shrunk).length;
}
