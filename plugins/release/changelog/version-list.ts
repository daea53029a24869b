import {
  findVersions,
  lineText,
  mentionsVersion,
  type TextDocument,
  tables,
  type VersionText,
  visibleLines,
} from '../../../src/plugin-api/index.ts';
import { findDate, findOpenDate, sortableDate } from './heading-date.ts';
import type { Outline } from './outline.ts';
import { isOldestFirst } from './version-order.ts';

/** A changelog whose versions are the items of a list or the rows of a table. */
export interface VersionList {
  /** Where the entry of a new version goes. */
  readonly place: number;
  readonly style:
    | { readonly kind: 'item'; readonly bullet: string; readonly prefix: string }
    | { readonly kind: 'row'; readonly header: readonly string[]; readonly prefix: string };
  readonly has: (version: string) => boolean;
  readonly entries: readonly { readonly version: string; readonly line: number }[];
}

interface Item {
  readonly line: number;
  /** The first line after it. */
  readonly end: number;
}

interface Entry extends Item {
  readonly version: VersionText;
}

/** The table or else the list of versions outside an unreleased section; `null` where there is none. */
export function readVersionList(outline: Outline): VersionList | null {
  const { document } = outline;
  const visible = visibleLines(document);
  const isOutside = (line: number) => !isUnreleased(outline, line);
  const versionTables = tables(document, visible)
    .filter(({ delimiterLine }) => isOutside(delimiterLine))
    .map((table) => ({ ...table, entries: tableEntries(document, table) }))
    .filter(({ entries, delimiterLine }) => entries[0]?.line === delimiterLine + 1);
  const items = listsOf(document, visible)
    .filter((list) => isOutside(list[0]?.line ?? 0))
    .flatMap((list) => listEntries(document, list));
  const mentions = (entry: Entry, version: string) =>
    mentionsVersion(entryHead(lineText(document, entry.line), entry), version);
  const has = (version: string) =>
    items.some((entry) => mentions(entry, version)) ||
    versionTables.some(({ entries }) => entries.some(({ line }) => mentionsVersion(lineText(document, line), version)));
  const entries = [...versionTables.flatMap((each) => each.entries), ...items].map(({ version, line }) => ({
    version: version.version,
    line,
  }));
  const [table] = versionTables;
  if (table?.entries[0]) {
    const style = { kind: 'row', header: table.header, prefix: table.entries[0].version.prefix } as const;
    return { place: placeOf(document, table.entries), style, has, entries };
  }
  if (!items[0]) return null;
  const bullet = lineText(document, items[0].line)[0] ?? '-';
  return {
    place: placeOf(document, items),
    style: { kind: 'item', bullet, prefix: items[0].version.prefix },
    has,
    entries,
  };
}

function placeOf(document: TextDocument, entries: readonly Entry[]): number {
  const dated = entries.map(({ line, version }) => ({
    version: version.version,
    date: sortableDate(lineText(document, line)),
  }));
  return isOldestFirst(dated) ? (entries.at(-1)?.end ?? 0) : (entries[0]?.line ?? 0);
}

function tableEntries(document: TextDocument, table: { readonly delimiterLine: number; readonly end: number }) {
  const lines = Array.from({ length: table.end - table.delimiterLine - 1 }, (_, at) => table.delimiterLine + 1 + at);
  return lines.flatMap((line): readonly Entry[] => {
    const version = findVersions(lineText(document, line))[0];
    return version ? [{ line, end: line + 1, version }] : [];
  });
}

/** The lists at the margin, each as its items. */
function listsOf(document: TextDocument, visible: readonly boolean[]): readonly (readonly Item[])[] {
  const lists: Item[][] = [];
  let open: Item[] = [];
  for (const [line, { text }] of document.lines.entries()) {
    const last = open.at(-1);
    if (visible[line] && /^[-*+] /.test(text)) {
      if (last === undefined || lineText(document, last.line)[0] !== text[0]) {
        open = [];
        lists.push(open);
      }
      open.push({ line, end: line + 1 });
    } else if (last && /^(?: {2}|\t)\s*\S/.test(text)) {
      open[open.length - 1] = { ...last, end: line + 1 };
    } else if (text.trim() !== '') {
      open = [];
    }
  }
  return lists;
}

/** The versions of a list; none where one of its items is something else. */
function listEntries(document: TextDocument, list: readonly Item[]): readonly Entry[] {
  const entries = list.flatMap((item) => {
    const version = entryVersion(lineText(document, item.line));
    return version === null ? [] : [{ ...item, version }];
  });
  return entries.length === list.length ? entries : [];
}

/** The version of an item that is an entry: nothing follows it, or a date, or a text that is set off. */
function entryVersion(text: string): VersionText | null {
  const version = findVersions(text)[0];
  if (!version) return null;
  const before = text.slice(2, version.start).replace(/change ?log|release|version/gi, '');
  const after = text.slice(version.end).replace(/^(?:\.md)?[*_`]{0,3}(?:\](?:\([^()]*\))?)?[*_`]{0,3}/, '');
  const date = findDate(after) ?? findOpenDate(after);
  const isSetOff = /^\s*(?:$|\(|[-–—:,;|/]{1,2}(?:\s|$))/.test(after);
  const isDated = date !== null && after.slice(0, date.start).trim() === '';
  return /^[\W\d_]*$/.test(before) && (isSetOff || isDated) ? version : null;
}

/** An item's own name: a version that its text speaks of later is not what the item is about. */
function entryHead(text: string, entry: Entry): string {
  return text.slice(0, entry.version.end);
}

function isUnreleased({ unreleased, waiting }: Outline, line: number): boolean {
  return [...(unreleased === null ? [] : [unreleased]), ...waiting].some(
    ({ heading, end }) => line >= heading.line && line < end,
  );
}
