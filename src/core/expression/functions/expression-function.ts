import type { Json } from '../../model/json.ts';
import type { Call } from '../call.ts';

/** A function of the language. Documentation, static checks and evaluation all read this record. */
export interface ExpressionFunction {
  readonly name: string;
  /** As people write it: `join(list, separator = ',')`. */
  readonly signature: string;
  /** One sentence. */
  readonly description: string;
  readonly minArguments: number;
  /** `null`: any number. */
  readonly maxArguments: number | null;
  /** Speaks of the run so far: allowed in `finally` and in conditions of routes only. */
  readonly status?: true;
  call(values: readonly Json[], call: Call): Json;
}

/** What is wrong with the number of arguments; null where it is right. */
export function describeWrongCount(
  takes: { readonly minArguments: number; readonly maxArguments: number | null; readonly signature: string },
  given: number,
): string | null {
  const { minArguments, maxArguments } = takes;
  if (given >= minArguments && (maxArguments === null || given <= maxArguments)) return null;
  const count = maxArguments === null ? `at least ${minArguments}` : rangeText(minArguments, maxArguments);
  return `\`${takes.signature}\` takes ${count} ${count === '1' ? 'argument' : 'arguments'}, not ${given}`;
}

function rangeText(least: number, most: number): string {
  if (most === 0) return 'no';
  return least === most ? `${least}` : `${least} to ${most}`;
}
