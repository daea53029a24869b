import { lineText, type TextDocument } from './text-document.ts';

export interface MarkdownTable {
  readonly header: readonly string[];
  /** Number of the delimiter's line; rows begin after it. */
  readonly delimiterLine: number;
  /** Number of the first line after the table. */
  readonly end: number;
}

/** A cell's place in its line, without the blanks around it. */
export interface TableCell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** All tables among the visible lines. */
export function tables(document: TextDocument, visible: readonly boolean[]): readonly MarkdownTable[] {
  const found: MarkdownTable[] = [];
  for (let at = 1; at < document.lines.length; at++) {
    const header = lineText(document, at - 1);
    if (!visible[at] || !visible[at - 1] || !isDelimiter(lineText(document, at)) || !header.includes('|')) continue;
    let end = at + 1;
    while (end < document.lines.length && visible[end] && lineText(document, end).includes('|')) end++;
    found.push({ header: cells(header).map((cell) => cell.text), delimiterLine: at, end });
    at = end;
  }
  return found;
}

/** Cells of a row; a pipe that is escaped or stands in code separates nothing. */
export function cells(row: string): readonly TableCell[] {
  const borders: number[] = [];
  let code = false;
  for (let at = 0; at < row.length; at++) {
    if (row[at] === '\\') at++;
    else if (row[at] === '`') code = !code;
    else if (row[at] === '|' && !code) borders.push(at);
  }
  const starts = [0, ...borders.map((border) => border + 1)];
  const ends = [...borders, row.length];
  const all = starts.map((start, index) => trimmedCell(row, start, ends[index] ?? row.length));
  const first = row.trimStart().startsWith('|') ? 1 : 0;
  const last = borders.length > first && row.trimEnd().endsWith('|') && row.trimEnd().at(-2) !== '\\' ? -1 : undefined;
  return all.slice(first, last);
}

/** A row with these cells; pipes and line ends in them are made harmless. */
export function tableRow(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replace(/\s*\r?\n\s*/g, ' ').replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
}

function isDelimiter(row: string): boolean {
  return row.includes('-') && /^\s*\|?(?:\s*:?-+:?\s*\|)*\s*(?::?-+:?)?\s*\|?\s*$/.test(row) && /[|]/.test(row);
}

function trimmedCell(row: string, from: number, to: number): TableCell {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(row[start] ?? '')) start++;
  while (end > start && /\s/.test(row[end - 1] ?? '')) end--;
  return { text: row.slice(start, end), start, end };
}
