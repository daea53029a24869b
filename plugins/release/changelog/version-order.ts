import { compareNumbers } from '../scheme/compare.ts';

/** Whether one version comes before another, for versions of any scheme: their numbers, then what follows them. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)];
  return (
    compareNumbers(a.numbers, b.numbers) || a.rank - b.rank || a.rest.localeCompare(b.rest, 'en', { numeric: true })
  );
}

/** Whether a version is one that was tried before this one was released: `1.5.0-rc.1` of `1.5.0`. */
export function isPreReleaseOf(one: string, version: string): boolean {
  const [a, b] = [partsOf(one), partsOf(version)];
  return compareNumbers(a.numbers, b.numbers) === 0 && a.rank < 0 && b.rank >= 0;
}

/** Whether all that follows another in the file comes after it. Dates decide where there are some: old lines get releases too. */
export function isOldestFirst(entries: readonly { readonly version: string; readonly date: string | null }[]): boolean {
  const steps = entries.slice(1).map((entry, at) => orderOf(entries[at] ?? entry, entry));
  return steps.some((step) => step < 0) && steps.every((step) => step <= 0);
}

function orderOf(
  one: { readonly version: string; readonly date: string | null },
  other: { readonly version: string; readonly date: string | null },
): number {
  if (one.date === null || other.date === null || one.date === other.date) {
    return compareVersions(one.version, other.version);
  }
  return one.date < other.date ? -1 : 1;
}

function partsOf(version: string) {
  const match = /^(?:(\d+)!)?(\d+(?:\.\d+)*)(.*)$/.exec(version);
  const rest = match?.[3] ?? '';
  const numbers = [Number(match?.[1] ?? 0), ...(match?.[2] ?? '').split('.').map(Number)];
  return { numbers, rest, rank: rankOf(rest) };
}

/** A pre-release comes before its version, a build or a later release of the same after it. */
function rankOf(rest: string): number {
  if (rest === '') return 0;
  return /^(?:\+|[-._]?(?:post|rev|r)\d)/i.test(rest) ? 1 : -1;
}
