import type { DiagnosticCode } from '../diagnostic/codes.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { documentLimits } from './document-limits.ts';
import type { Source } from './source.ts';

/** A stretch of the text, as nodes have it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface FaultDetails {
  readonly hint?: string;
  readonly path?: string;
  readonly related?: readonly { readonly node: Stretch; readonly message: string }[];
}

/**
 * Collects what is wrong with one text. Each fault names a stretch of the text. The number of kept faults is
 * bounded; what is beyond it is counted.
 */
export class DocumentFaults {
  readonly #source: Source;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #starts: number[] = [];
  #left = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  report(code: DiagnosticCode, at: Stretch, message: string, details: FaultDetails = {}): void {
    this.#add('error', code, at, message, details);
  }

  warn(code: DiagnosticCode, at: Stretch, message: string, details: FaultDetails = {}): void {
    this.#add('warning', code, at, message, details);
  }

  /** Whether the limit is reached: what comes now is counted and not kept. */
  get isFull(): boolean {
    return this.#diagnostics.length >= documentLimits.faults;
  }

  countOne(): void {
    this.#left++;
  }

  /** In the order of the report. `pathAt` names the place of those that were reported without a path. */
  diagnostics(pathAt: (offset: number) => string = () => ''): readonly Diagnostic[] {
    const last = this.#diagnostics.at(-1);
    const diagnostics = this.#diagnostics.map((diagnostic, index) => {
      const path = diagnostic.path ?? pathAt(this.#starts[index] ?? 0);
      return path === '' ? diagnostic : { ...diagnostic, path };
    });
    if (this.#left === 0 || !last) return diagnostics;
    const rest: Diagnostic = {
      code: 'too-large',
      severity: 'error',
      message: `${this.#left} more faults are not shown.`,
      ...(last.span && { span: last.span }),
    };
    return [...diagnostics, rest];
  }

  #add(
    severity: Diagnostic['severity'],
    code: DiagnosticCode,
    at: Stretch,
    message: string,
    { hint, path, related }: FaultDetails,
  ): void {
    if (this.isFull) {
      this.countOne();
      return;
    }
    this.#starts.push(at.start);
    this.#diagnostics.push({
      code,
      severity,
      message,
      span: this.#source.spanOf(at.start, at.end),
      ...(path !== undefined && { path }),
      ...(hint !== undefined && { hint }),
      ...(related && {
        related: related.map((other) => ({
          span: this.#source.spanOf(other.node.start, other.node.end),
          message: other.message,
        })),
      }),
    });
  }
}
