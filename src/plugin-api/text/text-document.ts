/**
 * A text as lines that keep their own ends, so that an edit leaves every other byte as it was: byte order mark,
 * CRLF, a missing end of the last line.
 */
export interface TextDocument {
  readonly bom: boolean;
  readonly lines: readonly TextLine[];
  /** The line end that most lines have: inserted lines take it. */
  readonly eol: string;
}

export interface TextLine {
  readonly text: string;
  /** `\n`, `\r\n`, or empty for a last line without an end. */
  readonly end: string;
}

export function parseText(text: string): TextDocument {
  const bom = text.startsWith('\uFEFF');
  const body = bom ? text.slice(1) : text;
  const lines = body === '' ? [] : splitLines(body);
  const crlf = lines.filter((line) => line.end === '\r\n').length;
  const lf = lines.filter((line) => line.end === '\n').length;
  return { bom, lines, eol: crlf > lf ? '\r\n' : '\n' };
}

export function formatText(document: TextDocument): string {
  const body = document.lines.map((line) => line.text + line.end).join('');
  return document.bom ? `\uFEFF${body}` : body;
}

/** Puts lines before the line `at` (its number from 0; the number of lines: at the end). */
export function insertLines(document: TextDocument, at: number, texts: readonly string[]): TextDocument {
  const before = document.lines.slice(0, at);
  const last = before.at(-1);
  if (last && last.end === '') before[before.length - 1] = { text: last.text, end: document.eol };
  const inserted = texts.map((text) => ({ text, end: document.eol }));
  return { ...document, lines: [...before, ...inserted, ...document.lines.slice(at)] };
}

export function replaceLine(document: TextDocument, at: number, text: string): TextDocument {
  const lines = document.lines.map((line, index) => (index === at ? { text, end: line.end } : line));
  return { ...document, lines };
}

/** The text of a line; empty beyond the ends. */
export function lineText(document: TextDocument, at: number): string {
  return document.lines[at]?.text ?? '';
}

function splitLines(body: string): readonly TextLine[] {
  return (body.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => {
    if (line.endsWith('\r\n')) return { text: line.slice(0, -2), end: '\r\n' };
    if (line.endsWith('\n')) return { text: line.slice(0, -1), end: '\n' };
    return { text: line, end: '' };
  });
}
