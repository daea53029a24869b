import type { Version } from './version.ts';
import type { VersionScheme } from './version-scheme.ts';

/** Whether two versions are one, however they are spelled. Those that differ in build metadata alone are two. */
export function isSameVersion(scheme: VersionScheme, a: Version, b: Version): boolean {
  return scheme.compare(a, b) === 0 && buildOf(a) === buildOf(b);
}

/** `1.0` and `1.0.0` of PEP 440 are one version, so that the text alone does not tell. */
function buildOf({ text }: Version): string {
  const at = text.indexOf('+');
  return at === -1 ? '' : text.slice(at);
}
