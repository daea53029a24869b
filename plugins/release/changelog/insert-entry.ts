import {
  formatText,
  insertLines,
  lineText,
  parseText,
  type TextDocument,
  tableRow,
  visibleLines,
} from '../../../src/plugin-api/index.ts';
import { type ChangelogEntry, entryBody, entryCells, entryItem } from './changelog-entry.ts';
import { dateSection } from './date-section.ts';
import { hasVersion, type Outline, readOutline, type VersionSection } from './outline.ts';
import { bodyUnder } from './section-body.ts';
import { existingHeading, freshHeading, headingLines, type SectionHeading } from './section-heading.ts';
import { insertBlock, newestBefore, placeOf } from './section-place.ts';
import { readVersionList, type VersionList } from './version-list.ts';

/**
 * The changelog with an entry next to that of the newest version, below title, front matter and an unreleased section.
 * A changelog that has the version already comes back as it is; `null` stands for a file that does not exist yet.
 */
export function insertEntry(content: string | null, entry: ChangelogEntry): string {
  const outline = readOutline(content ?? '', entry.version);
  const { document } = outline;
  if (document.lines.every((line) => line.text.trim() === '')) return freshChangelog(outline, entry);
  const list = readVersionList(outline);
  if (hasVersion(outline, entry.version) || list?.has(entry.version)) return formatText(document);
  const waiting = outline.waiting.find((one) => one.version.version === entry.version);
  if (waiting) return formatText(datedEntry(outline, waiting, entry));
  if (outline.versions.length === 0 && list !== null) return formatText(insertIntoList(outline, list, entry, ''));
  const newest = newestBefore(outline, entry.version);
  const heading = newest === null ? freshHeading('seed') : entryHeading(outline, newest, entry.version);
  const lines = sectionLines(heading, entry).map((text) => ({ text, end: document.eol }));
  return formatText(insertBlock(document, placeOf(outline, entry.version), lines));
}

/** The list or table of the document with the entry; without a summary it says the changes of `body`. */
export function insertIntoList(
  { document }: Outline,
  list: VersionList,
  entry: ChangelogEntry,
  body: string,
): TextDocument {
  const { place, style } = list;
  const changes = entry.summary === '' ? changesOf(body) : [];
  if (style.kind === 'item') {
    return insertLines(document, place, [...entryItem(entry, style), ...nestedItems(changes, style.bullet)]);
  }
  const summary = [entry.summary, ...changes.map((lines) => lines[0] ?? '')].filter((text) => text !== '').join('; ');
  return insertLines(document, place, [tableRow(entryCells({ ...entry, summary }, style.header, style.prefix))]);
}

/** The items of a text, each as its lines without the bullet. */
function changesOf(body: string): readonly (readonly string[])[] {
  const document = parseText(body);
  const visible = visibleLines(document);
  const starts = document.lines.flatMap(({ text }, at) => (visible[at] && /^[-*+] /.test(text) ? [at] : []));
  return starts.map((start, index) => {
    const below = document.lines.slice(start + 1, starts[index + 1]).map(({ text }) => text);
    const end = below.findIndex((text) => !/^ {2}/.test(text));
    const more = end === -1 ? below : below.slice(0, end);
    return [lineText(document, start).slice(2), ...more.map((text) => text.slice(2))];
  });
}

function nestedItems(changes: readonly (readonly string[])[], bullet: string): readonly string[] {
  return changes.flatMap(([first, ...more]) => [`  ${bullet} ${first}`, ...more.map((text) => `    ${text}`)]);
}

function freshChangelog({ document }: Outline, entry: ChangelogEntry): string {
  const empty = { ...document, lines: [] };
  return formatText(insertLines(empty, 0, ['# Changelog', '', ...sectionLines(freshHeading('seed'), entry)]));
}

function datedEntry(outline: Outline, waiting: VersionSection, entry: ChangelogEntry) {
  const newest = newestBefore(outline, entry.version);
  const heading = existingHeading(outline, newest ?? waiting, entry.version);
  const facts = { ...entry, tag: `${heading.prefix}${entry.version}`, previousTag: null };
  return dateSection(outline, waiting, { heading, lines: headingLines(heading, facts, null), body: entryBody(entry) });
}

function sectionLines(heading: SectionHeading, entry: ChangelogEntry): readonly string[] {
  const facts = { ...entry, tag: entry.version, previousTag: null };
  const body = bodyUnder(entryBody(entry), heading.level);
  const text = body === '' ? [] : ['', ...body.split('\n')];
  const below = heading.below.length === 0 ? [] : ['', ...heading.below];
  return [...headingLines(heading, facts, null), ...text, ...below];
}

/** An entry always has its date, and its heading is a plain one where that is Markdown's own. */
function entryHeading(outline: Outline, newest: VersionSection, version: string): SectionHeading {
  const own = existingHeading(outline, newest, version);
  const plain = freshHeading('seed');
  const form = own.form === 'bracketed' ? 'bracketed' : 'plain';
  if (own.marker === 'line') return own.date === null ? datedInside(own, plain) : own;
  return { ...plain, level: newest.heading.level, prefix: own.prefix, form };
}

/** A date inside of the tags or the emphasis that the heading stands in. */
function datedInside(own: SectionHeading, plain: SectionHeading): SectionHeading {
  return { ...own, date: plain.date, behind: '', trail: own.behind + own.trail };
}
