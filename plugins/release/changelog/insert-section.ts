import {
  formatText,
  insertLines,
  lineText,
  parseText,
  type TextDocument,
  type TextLine,
  visibleLines,
} from '../../../src/plugin-api/index.ts';
import type { HostLinks } from '../notes/host-links.ts';
import type { NotesStyle } from '../notes/notes-model.ts';
import { type CarryOver, carryOver, mergedLines, type SectionPart } from './carry-over.ts';
import { findAnchor, freePlace, insertEntry } from './insert-entry.ts';
import { type Outline, readOutline, separatorLine } from './outline.ts';
import { updateReferences } from './reference-links.ts';
import { bodyUnder } from './section-body.ts';
import {
  existingHeading,
  freshHeading,
  type HeadingFacts,
  headingLines,
  type SectionHeading,
} from './section-heading.ts';

/** The section of a new version. */
export interface ReleaseSection extends HeadingFacts {
  /** Markdown without the version's heading, as `renderNotes` gives it; may be empty. */
  readonly body: string;
  /** What a list or a table of versions says of this one, instead of the body. */
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
 * The changelog with a section for the version above that of the newest, below title, front matter, introduction and
 * an unreleased section. Every other line stays as it is, to the byte. A changelog that has the version already comes
 * back unchanged; `null` stands for a file that does not exist yet.
 */
export function insertSection(content: string | null, section: ReleaseSection, options: InsertOptions): string {
  const outline = readOutline(content ?? '', section.version);
  if (outline.document.lines.every((line) => line.text.trim() === '')) return freshChangelog(outline, section, options);
  if (outline.versions.some((one) => one.version.version === section.version)) return content ?? '';
  if (outline.versions.length === 0 && isListOrTable(outline)) {
    const { version, date, summary, link } = section;
    return insertEntry(content, { version, date, summary, link });
  }
  return formatText(withSection(outline, section, options));
}

function freshChangelog(outline: Outline, section: ReleaseSection, options: InsertOptions): string {
  const { eol } = outline.document;
  const start = options.style === 'keep-a-changelog' ? ['# Changelog', '## [Unreleased]'] : ['# Changelog'];
  const title = parseText(start.map((line) => `${line}${eol}`).join(eol));
  const bom = outline.document.bom ? '\uFEFF' : '';
  return `${bom}${formatText(withSection(readOutline(formatText(title), section.version), section, options))}`;
}

function isListOrTable(outline: Outline): boolean {
  const anchor = findAnchor(outline.document, outline.headings);
  return anchor !== null && anchor.style.kind !== 'heading';
}

function withSection(outline: Outline, section: ReleaseSection, options: InsertOptions): TextDocument {
  const { document, unreleased } = outline;
  const newest = outline.versions[0];
  const heading = newest ? existingHeading(outline, newest, section.version) : freshHeading(options.style);
  const shrunk = options.unreleased === 'carry' && unreleased !== null ? shrink(outline, unreleased) : null;
  const block = sectionLines(outline, heading, shrunk?.moved ?? [], section, options);
  const remaining = shrunk === null ? document : withoutMoved(document, shrunk);
  const inserted = insertBlock(remaining, placeIn(outline, shrunk), block);
  return updateReferences(inserted, `${heading.prefix}${section.version}`, section, {
    links: options.links,
    // A file whose versions stand in brackets without definitions is left as it is.
    begin: heading.form === 'bracketed' && newest === undefined,
    hasUnreleased: unreleased !== null,
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
  const separator = separatorText(outline);
  return [
    ...headingLines(heading, section, options.links).map(line),
    ...(body.length === 0 ? [] : [line(''), ...body]),
    ...(separator === null ? [] : [line(''), line(separator)]),
  ];
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

/** Above the newest version; without one behind the unreleased section, or where a first version belongs. */
function placeIn(outline: Outline, shrunk: Shrunk | null): number {
  const { document, headings, unreleased } = outline;
  const place = outline.versions[0]?.start ?? visiblePlace(document, unreleased?.end ?? freePlace(document, headings));
  if (shrunk === null || place < shrunk.end) return place;
  return place - (shrunk.end - shrunk.bodyStart) + stump(document, shrunk).length;
}

/** Above code or a comment that nobody closed: a heading in there would be none. */
function visiblePlace(document: TextDocument, place: number): number {
  const shows = (at: number) => {
    const probed = insertLines(document, at, ['', '# probe']);
    return visibleLines(probed)[at + 1] === true;
  };
  if (shows(place)) return place;
  const visible = visibleLines(document);
  let at = place;
  while (at > 0 && visible[at - 1] !== true) at--;
  // A comment may open at the end of a line that is seen itself.
  return shows(at) ? at : Math.max(0, at - 1);
}

/** A block with one blank line on either side. */
function insertBlock(document: TextDocument, at: number, block: readonly TextLine[]): TextDocument {
  const blank = { text: '', end: document.eol };
  const before = document.lines.slice(0, at);
  const last = before.at(-1);
  if (last && last.end === '') before[before.length - 1] = { ...last, end: document.eol };
  const above = at > 0 && lineText(document, at - 1).trim() !== '' ? [blank] : [];
  const below = at < document.lines.length && lineText(document, at).trim() !== '' ? [blank] : [];
  return { ...document, lines: [...before, ...above, ...block, ...below, ...document.lines.slice(at)] };
}
