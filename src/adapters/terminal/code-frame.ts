import type { Diagnostic, Severity } from '../../core/diagnostic/diagnostic.ts';
import type { Span } from '../../core/diagnostic/span.ts';
import type { Palette } from './palette.ts';

/** Longest stretch of a source line that is shown; the rest is cut around the culprit. */
const widest = 160;

/** A diagnostic as people read it: message, place, the line with the culprit underlined, the hint. */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  sourceOf: (file: string) => string | null,
  palette: Palette,
): string {
  const { severity, message, code, span, hint, related } = diagnostic;
  const paint = painterOf(severity, palette);
  const lines = [`${paint(severity)}${palette.dim(`[${code}]`)} ${palette.strong(message)}`];
  if (span) lines.push(...placeLines(span, sourceOf(span.file), paint, palette));
  for (const other of related ?? []) {
    lines.push(`  ${palette.dim('note:')} ${other.message}`);
    lines.push(...placeLines(other.span, sourceOf(other.span.file), palette.info, palette));
  }
  if (hint) lines.push(`  ${palette.info('hint:')} ${hint}`);
  return lines.join('\n');
}

function painterOf(severity: Severity, palette: Palette): (text: string) => string {
  switch (severity) {
    case 'error':
      return palette.bad;
    case 'warning':
      return palette.warn;
    case 'notice':
      return palette.info;
  }
}

function placeLines(span: Span, source: string | null, paint: (text: string) => string, palette: Palette): string[] {
  const { line, column } = span.start;
  const place = `  ${palette.dim('-->')} ${span.file}:${line}:${column}`;
  const text = source?.split('\n')[line - 1]?.replace(/\r$/, '');
  if (text === undefined) return [place];

  const endColumn = span.end.line === line ? span.end.column : text.length + 1;
  const from = Math.max(0, Math.min(column - 1 - 40, text.length - widest));
  const shown = visible(text.slice(from, from + widest));
  const gutter = String(line);
  const blank = ' '.repeat(gutter.length);
  const length = Math.max(1, Math.min(endColumn, from + widest + 1) - column);
  const marker = `${' '.repeat(Math.max(0, column - 1 - from))}${paint('^'.repeat(length))}`;
  return [
    place,
    `  ${palette.dim(`${blank} |`)}`,
    `  ${palette.dim(`${gutter} |`)} ${shown}`,
    `  ${palette.dim(`${blank} |`)} ${marker}`,
  ];
}

/** Control characters would move the cursor or colour the frame; each becomes one visible character. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => (character === '\t' ? ' ' : '\u{fffd}'));
}
