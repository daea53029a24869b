/** Versions by named scheme: read, order and raise them, and find out which scheme there is. */

export { compareByNumbers, looksNewer } from './compare-by-numbers.ts';
export { guessScheme, isGuessedAlone } from './guess-scheme.ts';
export { isPlaceholder } from './is-placeholder.ts';
export type { Result } from './result.ts';
export { isSameVersion } from './same-version.ts';
export { schemeOf } from './scheme-of.ts';
export { type PrefixedText, splitPrefix } from './split-prefix.ts';
export type { Version } from './version.ts';
export type {
  CalendarDay,
  CalverConfig,
  FirstRequest,
  PartsConfig,
  PatternConfig,
  RaiseRequest,
  SchemeConfig,
  SchemeGuess,
  SchemeName,
  VersionScheme,
} from './version-scheme.ts';
