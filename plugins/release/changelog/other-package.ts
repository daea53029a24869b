import type { Outline } from './outline.ts';

/**
 * The package, other than that of a tag (`core@1.2.0`), that the newest entry of a changelog names (`## cli@0.4.0`), after
 * which a new one would be named; `null` where there is none. Only the caller knows whether there is such a package: a
 * heading may hold any word, or the name that a package had.
 */
export function otherPackage({ versions, oldestFirst }: Outline, tag: string, version: string): string | null {
  const own = packageBefore(tag.slice(0, Math.max(tag.lastIndexOf(version), 0)));
  const newest = oldestFirst ? versions.at(-1) : versions[0];
  if (own === null || newest === undefined) return null;
  const named = packageBefore(newest.heading.text.slice(0, newest.version.start));
  return named === null || named.toLowerCase() === own.toLowerCase() ? null : named;
}

/** Without the scope, which some leave out. */
function packageBefore(text: string): string | null {
  return /([\w.-]+)@v?$/.exec(text)?.[1] ?? null;
}
