import type { DiagnosticCode } from '../diagnostic/codes.ts';
import { type Diagnostic, hasErrors, type Severity } from '../diagnostic/diagnostic.ts';

/** A diagnostic as `--json` prints it. Places are `null` where nothing written is to blame; the end is exclusive. */
export interface DiagnosticJson {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly end_line: number | null;
  readonly end_column: number | null;
  readonly path: string | null;
  readonly hint: string | null;
}

/** What `validate --json` prints, and every command whose definition or command line is refused. */
export interface ValidationJson {
  readonly valid: boolean;
  readonly diagnostics: readonly DiagnosticJson[];
}

export function diagnosticJson({ code, severity, message, span, path, hint }: Diagnostic): DiagnosticJson {
  return {
    code,
    severity,
    message,
    file: span?.file ?? null,
    line: span?.start.line ?? null,
    column: span?.start.column ?? null,
    end_line: span?.end.line ?? null,
    end_column: span?.end.column ?? null,
    path: path ?? null,
    hint: hint ?? null,
  };
}

/** Warnings and notices leave a definition valid. */
export function validationJson(diagnostics: readonly Diagnostic[]): ValidationJson {
  return { valid: !hasErrors(diagnostics), diagnostics: diagnostics.map(diagnosticJson) };
}

/** What is printed for a run that was refused. */
export function refusalJson(diagnostics: readonly Diagnostic[]): ValidationJson {
  return { valid: false, diagnostics: diagnostics.map(diagnosticJson) };
}
