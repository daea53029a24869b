/** A version as a record of its scheme. `text` is its canonical form, without a leading `v`. */
export type Version = SemverVersion | Pep440Version | CalverVersion | PartsVersion | PatternVersion;

/** Semantic version. `prerelease` and `metadata` hold what stands between the dots; empty where there is none. */
export interface SemverVersion {
  readonly scheme: 'semver';
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly prerelease: readonly string[];
  readonly metadata: readonly string[];
}

/** Version of PEP 440. `release` has one number or more; `local` is empty where there is none. */
export interface Pep440Version {
  readonly scheme: 'pep440';
  readonly text: string;
  readonly epoch: number;
  readonly release: readonly number[];
  readonly pre: { readonly stage: Pep440Stage; readonly number: number } | null;
  readonly post: number | null;
  readonly dev: number | null;
  readonly local: readonly (string | number)[];
}

export type Pep440Stage = 'a' | 'b' | 'rc';

/** Calendar version. `fields` holds the numbers in the order of the format; a year is the full one, also for `YY`. */
export interface CalverVersion {
  readonly scheme: 'calver';
  readonly text: string;
  readonly fields: readonly number[];
  readonly modifier: CalverModifier | null;
}

/** `rc.1` (`dotted`), `rc1`, or a name alone. */
export interface CalverModifier {
  readonly name: string;
  readonly dotted: boolean;
  readonly number: number | null;
}

/** Numbers with dots between them. `build` is `null` where the text has none. */
export interface PartsVersion {
  readonly scheme: 'parts';
  readonly text: string;
  readonly numbers: readonly number[];
  readonly build: number | null;
}

/** Version of a pattern of one's own. A group is `null` where it took no part. */
export interface PatternVersion {
  readonly scheme: 'pattern';
  readonly text: string;
  readonly groups: { readonly [name: string]: number | string | null };
}
