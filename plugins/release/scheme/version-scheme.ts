import type { Result } from './result.ts';
import type { Version } from './version.ts';

export type SchemeName = Version['scheme'];

/** A way to write, order and raise versions. Pure: today comes in with the request. */
export interface VersionScheme {
  readonly name: SchemeName;
  /** For people: the name, with the format where the scheme has one. */
  readonly title: string;
  /** What `raise` takes, the most significant first. */
  readonly increments: readonly string[];
  /**
   * Reads a text without a leading `v`; `null` where it is no version of this scheme. More than 256 characters, or a
   * number of more than 15 digits, is no version of any scheme. The text was in canonical form where it equals the
   * `text` of what was read.
   */
  parse(text: string): Version | null;
  /**
   * Below zero where `a` comes first, above zero where `b` does. Zero for versions of equal rank, which may differ in
   * their text: build metadata of semantic versions, closing zeros of PEP 440.
   */
  compare(a: Version, b: Version): number;
  isPrerelease(version: Version): boolean;
  /** A version that comes after the one given and reads back as itself; or one sentence that says why there is none. */
  raise(version: Version, request: RaiseRequest): Result<Version, string>;
  /**
   * The first version there is: the text, or where it is `null` the usual one (`0.1.0`, today's calendar version). As a
   * pre-release or with the build that the request names, where the text has none itself.
   */
  first(text: string | null, request: FirstRequest): Result<Version, string>;
}

/** What can be asked of a first version. */
export type FirstRequest = Pick<RaiseRequest, 'prerelease' | 'build' | 'today'>;

export interface RaiseRequest {
  /** One of the scheme's `increments`. */
  readonly increment: string;
  /** Makes a pre-release of this name, or raises the one there is: `rc`, `beta`. */
  readonly prerelease?: string | null;
  /** Build metadata of the new version; a local version label in PEP 440, the build number where versions have parts. */
  readonly build?: string | null;
  /** Takes the build metadata of the old version over. Otherwise it is dropped, or begins again at 1 as a build number. */
  readonly keepBuild?: boolean;
  /** In UTC. */
  readonly today: CalendarDay;
}

/** A day of the calendar; months and days count from 1. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Names a scheme and says what it cannot know itself. */
export type SchemeConfig =
  | { readonly scheme: 'semver' }
  | { readonly scheme: 'pep440' }
  | CalverConfig
  | PartsConfig
  | PatternConfig;

export interface CalverConfig {
  readonly scheme: 'calver';
  /**
   * `YYYY YY 0Y MM 0M WW 0W DD 0D MAJOR MINOR MICRO MODIFIER` with `.`, `-` or `_` between them. Weeks count from the
   * first of January, seven days each, so that they never fall back within a year.
   */
  readonly format: string;
}

export interface PartsConfig {
  readonly scheme: 'parts';
  /** How many numbers, 1 to 9; without it as many as there are names, or 4. */
  readonly count?: number;
  /** A name for each number: lower-case letters, digits and `_`. */
  readonly names?: readonly string[];
}

export interface PatternConfig {
  readonly scheme: 'pattern';
  /** RE2 syntax; has to match the whole text. Every named group is a part of the version. */
  readonly pattern: string;
  /**
   * Writes a version: `{name}` for each group, `{name:02}` for a number of at least two digits, `[…]` around what is
   * left out where its groups took no part.
   */
  readonly format: string;
  /** The groups that can be raised, the most significant first; without it the order of the format. */
  readonly increments?: readonly string[];
  /** Groups that take one of these texts, in order; the last is the finished one. An empty text leaves the group out. */
  readonly values?: { readonly [group: string]: readonly string[] };
  /** Groups of any text. They are never raised. All groups that are neither here nor in `values` are numbers. */
  readonly texts?: readonly string[];
  /** What a group begins with when one before it is raised; numbers begin with 0, others stay as they are. */
  readonly reset?: { readonly [group: string]: number | string };
}

/** Which scheme versions are of, as far as their texts tell. */
export type SchemeGuess =
  | {
      readonly kind: 'guessed';
      readonly config: SchemeConfig;
      readonly scheme: VersionScheme;
      /** False where another scheme reads the same texts; `message` then says which. */
      readonly certain: boolean;
      /** One sentence for people. */
      readonly message: string;
      /** The texts that are no versions of the scheme. */
      readonly unread: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly message: string };
