import { formatText, insertLines } from '../../../src/plugin-api/index.ts';
import { type ChangelogEntry, entryBody } from './changelog-entry.ts';
import { dateSection } from './date-section.ts';
import { insertIntoList } from './insert-into-list.ts';
import { hasVersion, type Outline, readOutline, type VersionSection } from './outline.ts';
import { bodyUnder } from './section-body.ts';
import { existingHeading, freshHeading, headingLines, type SectionHeading } from './section-heading.ts';
import { insertBlock, newestBefore, placeOf } from './section-place.ts';
import { readVersionList } from './version-list.ts';

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
