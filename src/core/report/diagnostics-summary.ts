import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { linesWithin } from './lines-within.ts';
import { inlineCode, inlineText, sentenceText } from './markdown-text.ts';

/** A page for a definition that was only checked, or that was refused, as Markdown. */
export function diagnosticsSummary(title: string, diagnostics: readonly Diagnostic[], maxBytes = 1024 * 1024): string {
  return linesWithin({
    head: `## ${inlineText(title, 300)}\n\n`,
    items: diagnostics,
    line: diagnosticLine,
    budget: maxBytes,
    maxLines: 500,
    note: (leftOut) => `\n… ${leftOut.length} more not shown.\n`,
  });
}

/** One diagnostic as an entry of a list, with its place and its hint. */
export function diagnosticLine({ severity, span, message, hint }: Diagnostic): string {
  const place = span ? `${inlineCode(`${span.file}:${span.start.line}:${span.start.column}`)} ` : '';
  const advice = hint ? ` ${sentenceText(hint, 300)}` : '';
  return `- **${severity}** ${place}${sentenceText(message, 500)}${advice}\n`;
}
