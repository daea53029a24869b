import type { DiagnosticCode } from '../diagnostic/codes.ts';
import { err, ok, type Result } from '../model/result.ts';
import type { Place } from './ast.ts';
import type { ExpressionFault } from './fault.ts';

/** Ends lexing and parsing at the first fault; never leaves the functions that parse. */
export class ParseStop {
  readonly fault: ExpressionFault;

  constructor(fault: ExpressionFault) {
    this.fault = fault;
  }
}

/** Ends the parse of an expression with a fault of code `expression`, or of the code that is given. */
export function stopParsing(place: Place, message: string, hint?: string, code: DiagnosticCode = 'expression'): never {
  const { start, end } = place;
  throw new ParseStop(hint === undefined ? { code, message, start, end } : { code, message, hint, start, end });
}

/** Runs a parse and turns the stop at a fault into a result. */
export function catchStop<T>(parse: () => T): Result<T, ExpressionFault> {
  try {
    return ok(parse());
  } catch (stop) {
    if (stop instanceof ParseStop) return err(stop.fault);
    throw stop;
  }
}
