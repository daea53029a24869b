/** The version at the end of a tag: `v1.2.3`, `tool@1.2.3-rc.1`, `release-2026.11`. */
interface TagVersion {
  /** What stands before it: tags of other packages are not compared. */
  readonly prefix: string;
  readonly numbers: readonly number[];
  /** What follows the numbers, without build metadata. */
  readonly rest: string;
}

/** True where the tag names a version before a release: `-rc.1`, `b2`, `.dev0`. */
export function isPrerelease(tag: string): boolean {
  const version = versionOf(tag);
  return version !== null && isEarly(version.rest);
}

/**
 * Whether the tag becomes the latest release beside others: not as a pre-release, nor where a higher version of the
 * same prefix is published. `null` where it names no version, so that nobody can tell.
 */
export function isLatest(tag: string, others: readonly string[]): boolean | null {
  const own = versionOf(tag);
  if (own === null) return null;
  if (isEarly(own.rest)) return false;
  return !others.some((other) => {
    const version = versionOf(other);
    if (version === null || version.prefix !== own.prefix || isEarly(version.rest)) return false;
    return compare(version.numbers, own.numbers) > 0;
  });
}

function versionOf(tag: string): TagVersion | null {
  const match = /(?<![0-9.])(\d+(?:\.\d+)+)([^/@]*)$/.exec(tag);
  if (match === null) return null;
  const [, numbers = '', rest = ''] = match;
  return {
    prefix: tag.slice(0, match.index),
    numbers: numbers.split('.').map(Number),
    rest: rest.replace(/\+.*$/, ''),
  };
}

function isEarly(rest: string): boolean {
  return /^-\S/.test(rest) || /^[._]?(?:a|b|c|rc|alpha|beta|pre|preview|dev)[._-]?\d*(?:[._]dev\d+)?$/i.test(rest);
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
