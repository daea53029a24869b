import { suggest } from '../expression/suggest.ts';

/**
 * The key that was probably meant: the one that differs by a few letters, else one that is the beginning of what was
 * written or begins with it (`environment` for `env`, `dep` for `dependencies`). `null` where none is near.
 */
export function nearestKey(written: string, known: Iterable<string>): string | null {
  const candidates = [...known];
  const near = suggest(written, candidates);
  if (near !== null) return near;
  const begins = (long: string, short: string): boolean => short.length > 2 && long.startsWith(short);
  return candidates.find((key) => begins(written, key) || begins(key, written)) ?? null;
}
