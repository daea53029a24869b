import type { Json } from '../model/json.ts';
import type { Place } from './ast.ts';
import type { Evaluation } from './evaluation.ts';
import type { EvaluationFaultCode } from './fault.ts';
import type { Scope } from './scope.ts';

/** One call of a function or method: what it may use beside its arguments. */
export class Call {
  /** As messages name it: `trim`, `.trim`. */
  readonly name: string;
  readonly #evaluation: Evaluation;
  readonly #place: Place;

  constructor(evaluation: Evaluation, place: Place, name: string) {
    this.#evaluation = evaluation;
    this.#place = place;
    this.name = name;
  }

  get scope(): Scope {
    return this.#evaluation.scope;
  }

  /** Ends the evaluation. `message` follows the name of the function. */
  fail(code: EvaluationFaultCode, message: string, hint?: string): never {
    return this.#evaluation.fail(this.#place, code, `\`${this.name}\` ${message}`, hint);
  }

  /** Charges for looking at that many characters or items; to be called before the work is done. */
  spendOn(units: number): void {
    this.#evaluation.spendOn(this.#place, units);
  }

  /** To be asked before a text of that many characters is made. */
  expectTextFits(length: number): void {
    this.#evaluation.expectTextFits(this.#place, length);
  }

  madeText(text: string): string {
    return this.#evaluation.madeText(this.#place, text);
  }

  jsonText(value: Json, indent = 0): string {
    return this.#evaluation.jsonText(this.#place, value, indent);
  }

  areEqual(a: Json, b: Json): boolean {
    return this.#evaluation.areEqual(this.#place, a, b);
  }
}
