import type { DiagnosticCode } from '../diagnostic/codes.ts';

/** The text of an expression or template is wrong. Offsets count UTF-16 code units of the whole text; `end` is exclusive. */
export interface ExpressionFault {
  readonly code: DiagnosticCode;
  /** One sentence without the place. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Why an evaluation gave no value.
 * - `syntax`: the text could not be read, which checks find before a run
 * - `kind`: a value is of another kind than the operator, access or function takes
 * - `null`: null stands where a value is needed
 * - `arithmetic`: division by zero, or a result that is no finite number
 * - `argument`: an argument has the right kind, but the function can do nothing with it
 * - `unknown-function`: there is no such function, or no such method of this kind of value
 * - `not-here`: the function is not allowed in this place
 * - `condition-text`: a whole condition came out as the text "true" or "false"
 * - `several-givers`: more than one step gives a placeholder its value
 * - `limit`: a bound on steps, nesting or size was passed
 */
export const evaluationFaultCodes = [
  'syntax',
  'kind',
  'null',
  'arithmetic',
  'argument',
  'unknown-function',
  'not-here',
  'condition-text',
  'several-givers',
  'limit',
] as const;
export type EvaluationFaultCode = (typeof evaluationFaultCodes)[number];

/** An expression was read, but gave no value. Becomes a failure of kind `configuration`. Offsets as in `ExpressionFault`. */
export interface EvaluationFault {
  readonly code: EvaluationFaultCode;
  readonly message: string;
  readonly hint?: string;
  readonly start: number;
  readonly end: number;
}

/** One line for people: the message, and the hint behind it. */
export function describeFault(fault: { readonly message: string; readonly hint?: string }): string {
  return fault.hint === undefined ? fault.message : `${fault.message} (${fault.hint})`;
}
