import {
  formatText,
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

/** One release of an epic. */
export interface ReleaseRecord {
  readonly version: string;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly summary: string;
}

/**
 * The epic's document with the release on top of its section "Releases": as a row where the section holds a table,
 * else as a list item. The section is made at the end where it is missing; a version that is there already changes
 * nothing. `isBeside`: what is there of the version may be another package's, and only the very line changes nothing,
 * of whatever day.
 */
export function addRelease(
  content: string,
  record: ReleaseRecord,
  { isBeside = false }: { readonly isBeside?: boolean } = {},
): string {
  const document = parseText(content);
  const all = headings(document);
  const heading = all.find(({ text }) => /^\W*releases?\b(?:\s+(?:history|log|list))?\W*$/i.test(text));
  if (!heading) return formatText(withNewSection(document, record));
  const end = sectionEnd(document, all, heading);
  const section = { start: afterHeading(document, heading.line), end };
  const { at, lines } = rowFor(document, section, record) ?? itemFor(document, section, record);
  const own = lines.map(undated);
  const isThere = (text: string) => mentionsVersion(text, record.version) && (!isBeside || own.includes(undated(text)));
  if (linesOf(section).some((line) => isThere(lineText(document, line)))) return content;
  return formatText(insertLines(document, at, lines));
}

/** Lines to be inserted before the one of this number. */
interface Insertion {
  readonly at: number;
  readonly lines: readonly string[];
}

interface Section {
  readonly start: number;
  readonly end: number;
}

function withNewSection(document: TextDocument, record: ReleaseRecord): TextDocument {
  let end = document.lines.length;
  while (end > 0 && lineText(document, end - 1).trim() === '') end--;
  const gap = end === 0 ? [] : [''];
  return insertLines(document, end, [...gap, '## Releases', '', listItem('-', record)]);
}

function rowFor(document: TextDocument, section: Section, record: ReleaseRecord): Insertion | null {
  const table = tables(document, visibleLines(document)).find(
    ({ delimiterLine }) => delimiterLine >= section.start && delimiterLine < section.end,
  );
  if (!table) return null;
  const row = tableRow(table.header.map((title, at) => cellFor(title, at, record)));
  return { at: table.delimiterLine + 1, lines: [row] };
}

function cellFor(title: string, at: number, record: ReleaseRecord): string {
  if (/date|when|released/i.test(title)) return record.date;
  if (/version|release|tag/i.test(title)) return `v${record.version}`;
  if (/summary|change|description|what|title|notes?/i.test(title)) return oneLine(record.summary);
  return at === 0 ? `v${record.version}` : '';
}

function itemFor(document: TextDocument, section: Section, record: ReleaseRecord): Insertion {
  const visible = visibleLines(document);
  const first = linesOf(section).find((line) => visible[line] && /^\s{0,3}[-*+] /.test(lineText(document, line)));
  if (first !== undefined) {
    const [, indent = '', bullet = '-'] = /^(\s*)([-*+])/.exec(lineText(document, first)) ?? [];
    return { at: first, lines: [indent + listItem(bullet, record)] };
  }
  const at = afterText(document, section);
  const before = lineText(document, at - 1).trim() === '' ? [] : [''];
  const after = at < document.lines.length && lineText(document, at).trim() !== '' ? [''] : [];
  return { at, lines: [...before, listItem(bullet, record), ...after] };
}

const bullet = '-';

/** Below what the section says already; a placeholder text above a list is no reason to leave the list out. */
function afterText(document: TextDocument, section: Section): number {
  let end = section.end;
  while (end > section.start && lineText(document, end - 1).trim() === '') end--;
  if (end > section.start) return end;
  return Math.min(section.start + 1, section.end);
}

function listItem(sign: string, record: ReleaseRecord): string {
  const summary = record.summary === '' ? '' : `: ${oneLine(record.summary)}`;
  return `${sign} v${record.version} (${record.date})${summary}`;
}

/** An underlined heading takes two lines. */
function afterHeading(document: TextDocument, line: number): number {
  return /^ {0,3}#/.test(lineText(document, line)) ? line + 1 : line + 2;
}

function linesOf(section: Section): readonly number[] {
  return Array.from({ length: section.end - section.start }, (_, at) => section.start + at);
}

function undated(text: string): string {
  return text.replaceAll(/\d{4}-\d{2}-\d{2}/g, '');
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
