import type { DiagnosticCode } from '../../diagnostic/codes.ts';
import { type Diagnostic, inFileOrder, type Severity } from '../../diagnostic/diagnostic.ts';
import { asSentence } from '../../schema/sentence.ts';
import { documentLimits } from '../document-limits.ts';
import type { Place } from '../workflow-source.ts';

export interface Remark {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Default `error`. */
  readonly severity?: Severity;
  /** Offsets into the text at the place. */
  readonly inside?: { readonly start: number; readonly end: number };
}

/** Collects diagnostics. Places are looked up for what is reported only; beyond the limit the rest is counted. */
export class Report {
  readonly #diagnostics: Diagnostic[] = [];
  #left = 0;

  add(place: Place, { code, message, hint, severity, inside }: Remark): void {
    if (this.#diagnostics.length >= documentLimits.faults) {
      this.#left++;
      return;
    }
    this.#diagnostics.push({
      code,
      severity: severity ?? 'error',
      message: asSentence(message),
      span: inside ? place.inside(inside.start, inside.end) : place.span,
      path: place.path,
      ...(hint !== undefined && { hint: asSentence(hint) }),
    });
  }

  /** In file order. */
  diagnostics(): readonly Diagnostic[] {
    const sorted = inFileOrder(this.#diagnostics);
    const last = sorted.at(-1);
    if (this.#left === 0 || !last) return sorted;
    const message = `${this.#left} more faults are not shown.`;
    return [...sorted, { code: 'too-large', severity: 'error', message, ...(last.span && { span: last.span }) }];
  }
}
