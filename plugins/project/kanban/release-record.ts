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
 * nothing.
 */
export function addRelease(content: string, record: ReleaseRecord): string {
  const document = parseText(content);
  const all = headings(document);
  const heading = all.find(({ text }) => /^\W*releases?\b(?:\s+(?:history|log|list))?\W*$/i.test(text));
  if (!heading) return formatText(withNewSection(document, record));
  const end = sectionEnd(document, all, heading);
  const section = { start: afterHeading(document, heading.line), end };
  if (linesOf(section).some((line) => mentionsVersion(lineText(document, line), record.version))) return content;
  return formatText(withRow(document, section, record) ?? withItem(document, section, record));
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

function withRow(document: TextDocument, section: Section, record: ReleaseRecord): TextDocument | null {
  const table = tables(document, visibleLines(document)).find(
    ({ delimiterLine }) => delimiterLine >= section.start && delimiterLine < section.end,
  );
  if (!table) return null;
  const row = tableRow(table.header.map((title, at) => cellFor(title, at, record)));
  return insertLines(document, table.delimiterLine + 1, [row]);
}

function cellFor(title: string, at: number, record: ReleaseRecord): string {
  if (/date|when|released/i.test(title)) return record.date;
  if (/version|release|tag/i.test(title)) return `v${record.version}`;
  if (/summary|change|description|what|title|notes?/i.test(title)) return oneLine(record.summary);
  return at === 0 ? `v${record.version}` : '';
}

function withItem(document: TextDocument, section: Section, record: ReleaseRecord): TextDocument {
  const visible = visibleLines(document);
  const first = linesOf(section).find((line) => visible[line] && /^\s{0,3}[-*+] /.test(lineText(document, line)));
  if (first !== undefined) {
    const [, indent = '', bullet = '-'] = /^(\s*)([-*+])/.exec(lineText(document, first)) ?? [];
    return insertLines(document, first, [indent + listItem(bullet, record)]);
  }
  const at = afterText(document, section);
  const before = lineText(document, at - 1).trim() === '' ? [] : [''];
  const after = at < document.lines.length && lineText(document, at).trim() !== '' ? [''] : [];
  return insertLines(document, at, [...before, listItem(bullet, record), ...after]);
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

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
