import {
  headings,
  insertLines,
  lineText,
  parseText,
  type TextDocument,
  tableRow,
  visibleLines,
} from '../../../src/plugin-api/index.ts';
import { type ChangelogEntry, entryCells, entryItem } from './changelog-entry.ts';
import type { Outline } from './outline.ts';
import type { VersionList } from './version-list.ts';

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

/** The items of a text, each as its lines without the bullet; its paragraphs where it has no items. */
function changesOf(body: string): readonly (readonly string[])[] {
  const document = parseText(body);
  const visible = visibleLines(document);
  const starts = document.lines.flatMap(({ text }, at) => (visible[at] && /^[-*+] /.test(text) ? [at] : []));
  if (starts.length === 0) return paragraphsOf(document, visible);
  return starts.map((start, index) => {
    const below = document.lines.slice(start + 1, starts[index + 1]).map(({ text }) => text);
    const end = below.findIndex((text) => !/^ {2}/.test(text));
    const more = end === -1 ? below : below.slice(0, end);
    return [lineText(document, start).slice(2), ...more.map((text) => text.slice(2))];
  });
}

/** Each as one line; without headings and code. */
function paragraphsOf(document: TextDocument, visible: readonly boolean[]): readonly (readonly string[])[] {
  const titles = new Set(headings(document).map(({ line }) => line));
  const shown = document.lines.map(({ text }, at) => (visible[at] && !titles.has(at) ? text.trim() : ''));
  const paragraphs = shown.join('\n').split(/\n{2,}/);
  return paragraphs.map((text) => text.trim().replaceAll('\n', ' ')).flatMap((text) => (text === '' ? [] : [[text]]));
}

function nestedItems(changes: readonly (readonly string[])[], bullet: string): readonly string[] {
  return changes.flatMap(([first, ...more]) => [`  ${bullet} ${first}`, ...more.map((text) => `    ${text}`)]);
}
