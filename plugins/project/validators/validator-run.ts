import type { Finding } from '../../../src/plugin-api/index.ts';
import type { Validator } from './validator.ts';

export type ValidatorStatus = 'passed' | 'failed' | 'timeout' | 'not-found' | 'cancelled' | 'skipped';

/** How a validator ended, before its findings are judged. */
export type ValidatorEnd =
  /** It ran to its end and says nothing itself: its findings decide. */
  | { readonly kind: 'done'; readonly exitCode: 0 | null }
  /** It had nothing to look at. */
  | { readonly kind: 'skipped'; readonly reason: string }
  | {
      readonly kind: 'broken';
      readonly status: Exclude<ValidatorStatus, 'passed' | 'skipped'>;
      readonly reason: string;
      readonly exitCode: number | null;
    };

export interface ValidatorRun {
  /** `null` for what is found of all of them together. */
  readonly validator: Validator | null;
  readonly name: string;
  readonly end: ValidatorEnd;
  readonly durationMs: number;
  readonly findings: readonly Finding[];
  /** Why not all that it found is known: it does not pass then. `null`: all is known. */
  readonly unread: string | null;
  /** True where its findings stand in its own output, so that the log has them already. */
  readonly isPrinted: boolean;
  /** Last lines of its output, for the failure's message. */
  readonly tail: string;
}

export function broken(
  status: Extract<ValidatorEnd, { readonly kind: 'broken' }>['status'],
  reason: string,
  exitCode: number | null = null,
): ValidatorEnd {
  return { kind: 'broken', status, reason, exitCode };
}
