import { compareNumbers, compareTexts } from '../compare.ts';
import type { Pep440Stage, Pep440Version } from '../version.ts';

const stageRank: { readonly [stage in Pep440Stage]: number } = { a: 1, b: 2, rc: 3 };
const finalRank = 4;

/** A development release comes before what it leads to, a post-release after what it follows. */
export function comparePep440(a: Pep440Version, b: Pep440Version): number {
  return (
    a.epoch - b.epoch ||
    compareNumbers(a.release, b.release) ||
    compareNumbers(stageKey(a), stageKey(b)) ||
    compareLocals(a.local, b.local)
  );
}

function stageKey({ pre, post, dev }: Pep440Version): readonly number[] {
  // A development release with no stage to lead to comes before every stage of its release.
  const loneDev = pre === null && post === null && dev !== null;
  const stage = pre === null ? finalRank : stageRank[pre.stage];
  return [loneDev ? 0 : stage, pre?.number ?? 0, post ?? -1, dev ?? Number.MAX_SAFE_INTEGER];
}

/** A longer label comes after the one it begins with, and a number after every word. */
function compareLocals(a: Pep440Version['local'], b: Pep440Version['local']): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = compareSegments(a[at] ?? 0, b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareSegments(a: string | number, b: string | number): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : 1;
  return typeof b === 'number' ? -1 : compareTexts(a, b);
}
