import type { DiagnosticCode } from './codes.ts';
import type { Span } from './span.ts';

/** `error` stops a run before it starts (exit 2); `warning` is shown and the run goes on; `notice` informs. */
export type Severity = 'error' | 'warning' | 'notice';

/**
 * Something is wrong with what the user wrote: a document, a parameter, a configuration file, a command line.
 * Diagnostics are collected, many at once, and rendered by the doors (terminal, annotations, JSON).
 * What goes wrong while a run is under way is a `Failure`, never a diagnostic of severity error.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence, without the place: the place is `span`. */
  readonly message: string;
  /** Where; absent when nothing written is to blame (a parameter that was not given at all). */
  readonly span?: Span;
  /** Keys and indices from the root of the document to the culprit, e.g. `steps[3].retry.delay`. */
  readonly path?: string;
  /** What to do about it, one sentence. */
  readonly hint?: string;
  /** Other places that explain this one: the first of two equal ids, the other steps of a cycle. */
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** File order: by file, then by place; those without a place come first. Stable for equal places. */
export function inFileOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => {
    if (!a.span || !b.span) return (a.span ? 1 : 0) - (b.span ? 1 : 0);
    if (a.span.file !== b.span.file) return a.span.file < b.span.file ? -1 : 1;
    return a.span.start.line - b.span.start.line || a.span.start.column - b.span.start.column;
  });
}
