import type { Increment } from './commit-model.ts';

/** What `partFor` needs to know of a version scheme. */
export interface SchemeParts {
  readonly name: 'semver' | 'pep440' | 'calver' | 'parts' | 'pattern';
  /** What the scheme can raise, the most significant first. */
  readonly increments: readonly string[];
}

/** Increments that commits do not decide about. */
const notParts = new Set(['build', 'prerelease', 'pre', 'post', 'dev']);

/**
 * The part of a scheme that an increment raises; `null` where the scheme has none.
 *
 * semver and PEP 440: their own parts. Calendar versions: `auto`, today's date and its counter, whatever the change
 * is. Numbered parts and patterns: a part of the same name where there is one; `minor` raises `feature` where there
 * is one, and `feature_set` is for people to decide; otherwise the first, the second and the last part.
 */
export function partFor(increment: Increment, scheme: SchemeParts): string | null {
  if (scheme.name === 'calver')
    return scheme.increments.find((part) => part === 'auto') ?? scheme.increments[0] ?? null;
  if (scheme.increments.includes(increment)) return increment;
  const parts = scheme.increments.filter((part) => !notParts.has(part));
  switch (increment) {
    case 'major':
      return parts[0] ?? null;
    case 'minor':
      return parts.find((part) => part === 'feature') ?? parts[Math.min(1, parts.length - 1)] ?? null;
    case 'patch':
      return parts.at(-1) ?? null;
  }
}
