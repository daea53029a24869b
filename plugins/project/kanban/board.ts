import {
  cells,
  findVersions,
  formatText,
  lineText,
  type MarkdownTable,
  parseText,
  replaceLine,
  type TableCell,
  type TextDocument,
  tables,
  visibleLines,
} from '../../../src/plugin-api/index.ts';

export type BoardUpdate =
  | { readonly kind: 'updated'; readonly content: string }
  | { readonly kind: 'current' }
  /** No row of any table names the epic. */
  | { readonly kind: 'no-row' };

/**
 * The board with the version in the row that names the epic: in place of the version that stands there, else in its
 * last cell, behind what the cell says.
 */
export function updateBoard(content: string, epic: string, version: string): BoardUpdate {
  const document = parseText(content);
  const row = findRow(document, epic);
  if (row === null) return { kind: 'no-row' };
  const line = lineText(document, row.line);
  const updated = withVersion(line, row.table, version);
  if (updated === line) return { kind: 'current' };
  return { kind: 'updated', content: formatText(replaceLine(document, row.line, updated)) };
}

interface Row {
  readonly line: number;
  readonly table: MarkdownTable;
}

/** A row is about the first epic that it names; `Epic 21`, `E21` and `epic-021` name the same one. */
function findRow(document: TextDocument, epic: string): Row | null {
  const rows = tables(document, visibleLines(document)).flatMap((table) =>
    Array.from({ length: table.end - table.delimiterLine - 1 }, (_, at) => ({
      line: table.delimiterLine + 1 + at,
      table,
    })),
  );
  const texts = (row: Row) => cells(lineText(document, row.line)).map((cell) => cell.text);
  return (
    rows.find((row) => texts(row).some((text) => namedEpic(text) !== null) && sameEpic(firstNamed(texts(row)), epic)) ??
    rows.find((row) => sameEpic(bareNumber(texts(row)[0] ?? ''), epic)) ??
    null
  );
}

function firstNamed(texts: readonly string[]): string | null {
  return texts.map(namedEpic).find((name) => name !== null) ?? null;
}

function namedEpic(text: string): string | null {
  return /(?:^|[^A-Za-z0-9])e(?:pic)?(?:[-_/ #:]|%20)*([0-9]+)(?![0-9])/i.exec(text)?.[1] ?? null;
}

function bareNumber(text: string): string | null {
  return /^[^A-Za-z0-9]*([0-9]+)[^A-Za-z0-9]*$/.exec(text)?.[1] ?? null;
}

/** Epics that are no numbers (a pattern of the user may give any text) are compared as they stand. */
function sameEpic(name: string | null, epic: string): boolean {
  if (name === null) return false;
  const plain = (text: string) => text.replace(/^0+(?=\d)/, '').toLowerCase();
  return plain(name) === plain(epic);
}

function withVersion(line: string, table: MarkdownTable, version: string): string {
  const row = cells(line);
  const column = table.header.findIndex((title) => /version|release/i.test(title) && !/date/i.test(title));
  const own = row[column];
  if (own) return replacedIn(line, own, version) ?? written(line, own, version);
  const holder = row.findLast((cell) => findVersions(cell.text).length > 0);
  if (holder) return replacedIn(line, holder, version) ?? line;
  const last = row.at(-1);
  return last ? written(line, last, version) : line;
}

/** Every mention of the old version in the cell follows, the target of a link too. */
function replacedIn(line: string, cell: TableCell, version: string): string | null {
  const [old] = findVersions(cell.text);
  if (!old) return null;
  let text = cell.text;
  for (const place of findVersions(cell.text)
    .filter((found) => found.version === old.version)
    .reverse()) {
    text = text.slice(0, place.start) + place.prefix + version + text.slice(place.end);
  }
  return line.slice(0, cell.start) + text + line.slice(cell.end);
}

function written(line: string, cell: TableCell, version: string): string {
  const empty = /^(?:[-–—_.\s]*|tbd|n\/a|none|\?)$/i.test(cell.text);
  const text = empty ? `v${version}` : `${cell.text} v${version}`;
  const before = cell.text === '' ? line.slice(0, cell.start).trimEnd() : line.slice(0, cell.start);
  const after = line.slice(cell.end);
  return `${before}${before.endsWith('|') ? ' ' : ''}${text}${after.startsWith('|') ? ' ' : ''}${after}`;
}
