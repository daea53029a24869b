import { coalesceFunction } from './coalesce.ts';
import { containsFunction } from './contains.ts';
import { defaultFunction } from './default.ts';
import { endsWithFunction } from './ends-with.ts';
import type { ExpressionFunction } from './expression-function.ts';
import { firstFunction } from './first.ts';
import { formatFunction } from './format.ts';
import { fromJsonFunction } from './from-json.ts';
import { hashFilesFunction } from './hash-files.ts';
import { joinFunction } from './join.ts';
import { keysFunction } from './keys.ts';
import { lastFunction } from './last.ts';
import { lengthFunction } from './length.ts';
import { lowerFunction } from './lower.ts';
import { matchesFunction } from './matches.ts';
import { maxFunction } from './max.ts';
import { minFunction } from './min.ts';
import { nowFunction } from './now.ts';
import { replaceFunction } from './replace.ts';
import { roundFunction } from './round.ts';
import { semverFunction } from './semver.ts';
import { splitFunction } from './split.ts';
import { startsWithFunction } from './starts-with.ts';
import { statusFunctions } from './status.ts';
import { toJsonFunction } from './to-json.ts';
import { trimFunction } from './trim.ts';
import { upperFunction } from './upper.ts';
import { valuesFunction } from './values.ts';

/** Every function of the language, in the order of its reference. */
export const expressionFunctions: readonly ExpressionFunction[] = [
  containsFunction,
  startsWithFunction,
  endsWithFunction,
  formatFunction,
  joinFunction,
  splitFunction,
  replaceFunction,
  trimFunction,
  lowerFunction,
  upperFunction,
  lengthFunction,
  keysFunction,
  valuesFunction,
  firstFunction,
  lastFunction,
  minFunction,
  maxFunction,
  roundFunction,
  toJsonFunction,
  fromJsonFunction,
  hashFilesFunction,
  coalesceFunction,
  matchesFunction,
  defaultFunction,
  nowFunction,
  semverFunction,
  ...statusFunctions,
];

const byName = new Map(expressionFunctions.map((each) => [each.name, each]));

export function findFunction(name: string): ExpressionFunction | undefined {
  return byName.get(name);
}
