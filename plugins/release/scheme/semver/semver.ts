import { compareNumbers, compareTexts } from '../compare.ts';
import { defineScheme } from '../define-scheme.ts';
import { isDigits, plainNumber } from '../numbers.ts';
import type { SemverVersion } from '../version.ts';
import type { VersionScheme } from '../version-scheme.ts';
import { beginSemver, raiseSemver } from './raise-semver.ts';

const identifier = `(?:${plainNumber}|\\d*[A-Za-z-][0-9A-Za-z-]*)`;
const pattern = new RegExp(
  `^(${plainNumber})\\.(${plainNumber})\\.(${plainNumber})` +
    `(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?$`,
);

/** Semantic versioning 2.0.0. */
export const semverScheme: VersionScheme = defineScheme<SemverVersion>({
  name: 'semver',
  title: 'semantic versioning',
  increments: ['major', 'minor', 'patch', 'prerelease', 'release'],
  parse: parseSemver,
  compare: (a, b) =>
    compareNumbers([a.major, a.minor, a.patch], [b.major, b.minor, b.patch]) ||
    comparePrereleases(a.prerelease, b.prerelease),
  isPrerelease: (version) => version.prerelease.length > 0,
  raise: raiseSemver,
  begin: beginSemver,
});

function parseSemver(text: string): SemverVersion | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, major, minor, patch, prerelease, metadata] = match;
  return {
    scheme: 'semver',
    text,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    prerelease: prerelease?.split('.') ?? [],
    metadata: metadata?.split('.') ?? [],
  };
}

/** A pre-release comes before its release. */
function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = compareIdentifiers(a[at] ?? '', b[at] ?? '');
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Numbers come before words. */
function compareIdentifiers(a: string, b: string): number {
  const numbers = [isDigits(a), isDigits(b)] as const;
  if (numbers[0] && numbers[1]) return Number(a) - Number(b);
  if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1;
  return compareTexts(a, b);
}
