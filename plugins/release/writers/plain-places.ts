import { found, refused, type Search } from './search.ts';
import type { SettledTarget } from './settle-target.ts';

const filledLine = /[^\s\uFEFF][^\n\r]*/g;

/** The only line of a file that is not empty. */
export function findInPlain(target: SettledTarget, content: string): Search {
  let place: { start: number; text: string } | null = null;
  let count = 0;
  for (const match of content.matchAll(filledLine)) {
    count++;
    place ??= { start: match.index, text: match[0].trimEnd() };
  }
  if (place === null) return refused(`${target.path} is empty: write the current version into it`);
  if (count > 1) {
    return refused(`${target.path} has ${count} lines that are not empty, so it is not clear which one is the version`);
  }
  return found([{ ...place, end: place.start + place.text.length }], 'lines that are not empty');
}
