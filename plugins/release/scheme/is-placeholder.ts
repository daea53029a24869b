import type { Version } from './version.ts';
import type { VersionScheme } from './version-scheme.ts';

/** `0.0.0-development`, `0.0.0.dev0`: what a file says that holds no version yet. No release comes from it. */
export function isPlaceholder(scheme: VersionScheme, version: Version): boolean {
  return scheme.isPrerelease(version) && /^0(?:\.0)*(?!\.?\d)/.test(version.text);
}
