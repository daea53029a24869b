import type { Json } from '../model/json.ts';
import type { Place } from './ast.ts';
import type { EvaluationFault, EvaluationFaultCode } from './fault.ts';
import { limits } from './limits.ts';
import { measure } from './measure.ts';
import type { Scope } from './scope.ts';
import { isList, isMap, utf8Length } from './values.ts';

/** Ends an evaluation; never leaves `evaluate`. */
export class EvaluationStop {
  readonly fault: EvaluationFault;

  constructor(fault: EvaluationFault) {
    this.fault = fault;
  }
}

/** How much data one step stands for: a function over large values costs steps in proportion. */
const unitsPerStep = 256;

/** One evaluation under way: its scope, the values of arrow parameters, and what is left of its budget. */
export class Evaluation {
  readonly scope: Scope;
  /** Values of arrow parameters by slot. Arrow functions run at once and never outlive their call. */
  readonly locals: Json[] = [];
  #stepsLeft: number = limits.steps;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  fail(place: Place, code: EvaluationFaultCode, message: string, hint?: string): never {
    const { start, end } = place;
    throw new EvaluationStop(hint === undefined ? { code, message, start, end } : { code, message, hint, start, end });
  }

  /** Called for every node; `steps` is more than 1 for work that grows with a value. */
  spend(place: Place, steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) {
      this.fail(place, 'limit', `the evaluation takes more than ${limits.steps} steps`);
    }
  }

  /** Charges for looking at or making that many characters or items. */
  spendOn(place: Place, units: number): void {
    if (units >= unitsPerStep) this.spend(place, Math.floor(units / unitsPerStep));
  }

  /** A text that was made: refused where it passes the bound. */
  madeText(place: Place, text: string): string {
    this.spendOn(place, text.length);
    this.expectTextFits(place, text.length);
    if (text.length * 3 > limits.resultBytes) this.expectTextFits(place, utf8Length(text));
    return text;
  }

  /** To be asked before a text of that many bytes or characters is made. */
  expectTextFits(place: Place, size: number): void {
    if (size > limits.resultBytes) this.#failTooLarge(place);
  }

  /** Compact or indented JSON of a value. */
  jsonText(place: Place, value: Json, indent = 0): string {
    this.spendOn(place, this.expectFits(place, value, indent));
    return this.madeText(place, JSON.stringify(value, null, indent));
  }

  /** Bytes of the value's JSON; refuses what is too large or too deep. */
  expectFits(place: Place, value: Json, indent = 0): number {
    const measured = measure(value, limits.resultBytes, indent);
    switch (measured.kind) {
      case 'fits':
        return measured.bytes;
      case 'too-large':
        return this.#failTooLarge(place);
      case 'too-deep':
        return this.#failTooDeep(place);
    }
  }

  /** Equality without coercion; lists and maps by value, maps without regard to order. */
  areEqual(place: Place, a: Json, b: Json): boolean {
    return this.#areEqual(place, a, b, 0);
  }

  #areEqual(place: Place, a: Json, b: Json, depth: number): boolean {
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
      if (typeof a === 'string' && typeof b === 'string' && a.length === b.length) this.spendOn(place, a.length);
      return a === b;
    }
    if (depth > limits.valueDepth) this.#failTooDeep(place);
    if (isList(a)) {
      if (!isList(b) || a.length !== b.length) return false;
      this.spend(place, 1 + (a.length >> 4));
      return a.every((item, index) => this.#areEqual(place, item, b[index] ?? null, depth + 1));
    }
    if (!isMap(a) || !isMap(b)) return false;
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
    // At least one step for each pair: values that share parts may be far larger than they are in memory.
    this.spend(place, 1 + (keys.length >> 4));
    const [left, right] = [a, b];
    return keys.every(
      (key) => Object.hasOwn(right, key) && this.#areEqual(place, left[key] ?? null, right[key] ?? null, depth + 1),
    );
  }

  #failTooLarge(place: Place): never {
    return this.fail(place, 'limit', `the result is larger than ${limits.resultBytes} bytes`);
  }

  #failTooDeep(place: Place): never {
    return this.fail(place, 'limit', `the value is nested deeper than ${limits.valueDepth} levels`);
  }
}
