import type { Diagnostic } from '../../src/core/diagnostic/diagnostic.ts';
import type { Span } from '../../src/core/diagnostic/span.ts';

/** Diagnostics as the golden files have them: one a paragraph, with all that doors show of it. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(render).join('');
}

function render({ code, severity, message, span, path, hint, related }: Diagnostic): string {
  const lines = [
    `${span ? placeOf(span) : '-'} ${severity} ${code}${path === undefined || path === '' ? '' : ` ${path}`}`,
    `  ${message}`,
    ...(hint === undefined ? [] : [`  hint: ${hint}`]),
    ...(related ?? []).map((other) => `  see ${placeOf(other.span)}: ${other.message}`),
  ];
  return `${lines.join('\n')}\n`;
}

function placeOf({ start, end }: Span): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}
