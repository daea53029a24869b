import {
  findVersions,
  formatText,
  frontMatterEnd,
  type Heading,
  headings,
  insertLines,
  lineText,
  mentionsVersion,
  parseText,
  sectionEnd,
  type TextDocument,
  tableRow,
  tables,
  visibleLines,
} from '../../../src/plugin-api/index.ts';
import { type ChangelogEntry, type EntryStyle, entryCells, entryLines, freshStyle } from './changelog-entry.ts';

/** Where the newest entry of a changelog stands, and how entries look there. */
export interface Anchor {
  readonly line: number;
  readonly style: EntryStyle | { readonly kind: 'row'; readonly header: readonly string[]; readonly prefix: string };
}

/**
 * The changelog with an entry above that of the newest version, below title, front matter and an unreleased section.
 * A changelog that has the version already comes back as it is; `null` stands for a file that does not exist yet.
 */
export function insertEntry(content: string | null, entry: ChangelogEntry): string {
  const document = parseText(content ?? '');
  if (document.lines.every((line) => line.text.trim() === '')) return freshChangelog(document, entry);
  const all = headings(document);
  if (hasEntry(document, all, entry.version)) return formatText(document);
  const anchor = findAnchor(document, all);
  if (anchor === null)
    return formatText(insertBlock(document, freePlace(document, all), entryLines(entry, freshStyle)));
  if (anchor.style.kind === 'row') {
    const row = tableRow(entryCells(entry, anchor.style.header, anchor.style.prefix));
    return formatText(insertLines(document, anchor.line, [row]));
  }
  const lines = entryLines(entry, anchor.style);
  if (anchor.style.kind === 'item') return formatText(insertLines(document, anchor.line, lines));
  return formatText(insertBlock(document, anchor.line, lines));
}

function freshChangelog(document: TextDocument, entry: ChangelogEntry): string {
  const empty = { ...document, lines: [] };
  return formatText(insertLines(empty, 0, ['# Changelog', '', ...entryLines(entry, freshStyle)]));
}

function hasEntry(document: TextDocument, all: readonly Heading[], version: string): boolean {
  if (all.some((heading) => isEntryHeading(heading, all) && mentionsVersion(heading.text, version))) return true;
  return (
    entryItems(document, all).some((line) => mentionsVersion(entryHead(lineText(document, line)), version)) ||
    entryTables(document, all).some((table) =>
      rowsOf(table).some((line) => mentionsVersion(lineText(document, line), version)),
    )
  );
}

export function findAnchor(document: TextDocument, all: readonly Heading[]): Anchor | null {
  const heading = all.find((candidate) => isEntryHeading(candidate, all));
  if (heading) return { line: heading.line, style: headingStyle(heading) };
  const table = entryTables(document, all)[0];
  if (table) {
    const first = lineText(document, table.delimiterLine + 1);
    return {
      line: table.delimiterLine + 1,
      style: { kind: 'row', header: table.header, prefix: findVersions(first)[0]?.prefix ?? 'v' },
    };
  }
  const item = entryItems(document, all)[0];
  if (item === undefined) return null;
  const text = lineText(document, item);
  return { line: item, style: { kind: 'item', bullet: text[0] ?? '-', prefix: findVersions(text)[0]?.prefix ?? '' } };
}

/** A heading that names a version, but not the title of the whole file. */
function isEntryHeading(heading: Heading, all: readonly Heading[]): boolean {
  if (findVersions(heading.text).length === 0 || isUnreleased(heading)) return false;
  return !isTitle(heading, all);
}

/** The title of the whole file, which may name a version. */
export function isTitle(heading: Heading, all: readonly Heading[]): boolean {
  return heading === all[0] && heading.level === 1 && /change ?log\b(?!_v)|release notes|history/i.test(heading.text);
}

function headingStyle(heading: Heading): EntryStyle {
  const first = findVersions(heading.text)[0];
  const before = heading.text.slice(0, first?.start ?? 0);
  const after = heading.text.slice(first?.end ?? 0);
  return {
    kind: 'heading',
    level: heading.level,
    prefix: first?.prefix ?? 'v',
    bracketed: before.endsWith('[') && /^\](?!\()/.test(after),
  };
}

/** List items at the margin that begin with a version, outside an unreleased section. */
function entryItems(document: TextDocument, all: readonly Heading[]): readonly number[] {
  const visible = visibleLines(document);
  const unreleased = unreleasedRange(document, all);
  return document.lines.flatMap(({ text }, at) => {
    if (!visible[at] || (at >= unreleased.start && at < unreleased.end) || !/^[-*+] /.test(text)) return [];
    const first = findVersions(text)[0];
    if (!first) return [];
    const before = text.slice(2, first.start).replace(/change ?log|release|version/gi, '');
    return /^[\W\d_]*$/.test(before) ? [at] : [];
  });
}

/** An item's own name: a version that its text speaks of later is not what the item is about. */
function entryHead(text: string): string {
  return text.slice(0, findVersions(text)[0]?.end ?? 0);
}

/** Tables whose first row names a version, outside an unreleased section. */
function entryTables(document: TextDocument, all: readonly Heading[]) {
  const unreleased = unreleasedRange(document, all);
  return tables(document, visibleLines(document)).filter((table) => {
    const inside = table.delimiterLine >= unreleased.start && table.delimiterLine < unreleased.end;
    const first = table.delimiterLine + 1;
    return !inside && first < table.end && findVersions(lineText(document, first)).length > 0;
  });
}

function rowsOf(table: { readonly delimiterLine: number; readonly end: number }): readonly number[] {
  return Array.from({ length: table.end - table.delimiterLine - 1 }, (_, at) => table.delimiterLine + 1 + at);
}

export function isUnreleased(heading: Heading): boolean {
  return /\bunreleased\b|\bupcoming\b/i.test(heading.text) && findVersions(heading.text).length === 0;
}

function unreleasedRange(document: TextDocument, all: readonly Heading[]): { start: number; end: number } {
  const heading = all.find(isUnreleased);
  if (!heading) return { start: -1, end: -1 };
  return { start: heading.line, end: sectionEnd(document, all, heading) };
}

/** Without any version in the file: above the first section that is neither title nor unreleased, else at the end. */
export function freePlace(document: TextDocument, all: readonly Heading[]): number {
  const title = all.find((heading) => heading.level === 1);
  const unreleased = unreleasedRange(document, all);
  const next = all.find(
    (heading) => heading !== title && (heading.line < unreleased.start || heading.line >= unreleased.end),
  );
  if (next && next.line > (title?.line ?? -1)) return next.line;
  return Math.max(endBeforeReferences(document), frontMatterEnd(document));
}

/** Link definitions and blank lines at the end of a file stay at its end. */
export function endBeforeReferences(document: TextDocument): number {
  let end = document.lines.length;
  while (end > 0 && /^\s*$|^\[[^\]]+\]:\s/.test(lineText(document, end - 1))) end--;
  return end;
}

/** A block of lines with one blank line on either side. */
function insertBlock(document: TextDocument, at: number, lines: readonly string[]): TextDocument {
  const before = at > 0 && lineText(document, at - 1).trim() !== '' ? [''] : [];
  const after = at < document.lines.length && lineText(document, at).trim() !== '' ? [''] : [];
  return insertLines(document, at, [...before, ...lines, ...after]);
}
