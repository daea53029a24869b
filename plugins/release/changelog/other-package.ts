import type { Outline } from './outline.ts';

/**
 * The package, other than that of a tag (`core@1.2.0`), whose versions a changelog tells (`## cli@0.4.0`); `null` where
 * there is none. Entries of several packages cannot be told apart by their versions.
 */
export function otherPackage({ versions }: Outline, tag: string, version: string): string | null {
  const own = packageBefore(tag.slice(0, Math.max(tag.lastIndexOf(version), 0)));
  if (own === null) return null;
  const named = versions.map((section) => packageBefore(section.heading.text.slice(0, section.version.start)));
  return named.find((name) => name !== null && name !== own) ?? null;
}

/** Without the scope, which some leave out. */
function packageBefore(text: string): string | null {
  return /([\w.-]+)@v?$/.exec(text)?.[1] ?? null;
}
