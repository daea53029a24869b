import { utf8Size } from './utf8-size.ts';

export interface LinesRequest<Item> {
  /** What stands above the lines, also when only some of them fit. */
  readonly head: string;
  readonly items: readonly Item[];
  /** Asked for the items that have a chance to be shown, and no others: there may be very many. */
  readonly line: (item: Item, place: number) => string;
  /** UTF-8 bytes for everything, the note included. */
  readonly budget: number;
  /** Most lines; default: as many as fit. */
  readonly maxLines?: number;
  /** Lower is kept first when not all fit; default: the first ones. */
  readonly rank?: (item: Item) => number;
  /** What is said below when items are left out. */
  readonly note: (leftOut: readonly Item[]) => string;
}

/**
 * Keeps as many whole lines as fit, the important ones first, in the order of the items, and says what was left out.
 * Empty where not even the head and the note fit.
 */
export function linesWithin<Item>(request: LinesRequest<Item>): string {
  const { head, items, note } = request;
  const room = request.budget - utf8Size(head);
  const taken = takeWithin(request, room);
  if (taken.length < items.length) {
    // The note is longest where nothing was kept.
    const roomForLines = room - utf8Size(note(items));
    if (roomForLines < 0) return '';
    let size = taken.reduce((sum, { line }) => sum + utf8Size(line), 0);
    while (size > roomForLines) size -= utf8Size(taken.pop()?.line ?? '');
  }
  const kept = new Set(taken.map(({ place }) => place));
  const leftOut = items.filter((_, place) => !kept.has(place));
  const lines = taken.sort((a, b) => a.place - b.place).map(({ line }) => line);
  return head + lines.join('') + (leftOut.length === 0 ? '' : note(leftOut));
}

interface TakenLine {
  readonly place: number;
  readonly line: string;
}

/** In the order of their rank, as many as fit without a note. */
function takeWithin<Item>(request: LinesRequest<Item>, room: number): TakenLine[] {
  const { items, line, maxLines = items.length, rank } = request;
  const ranked = items.map((item, place) => ({ item, place, rank: rank?.(item) ?? 0 }));
  ranked.sort((a, b) => a.rank - b.rank || a.place - b.place);
  const taken: TakenLine[] = [];
  let left = room;
  for (const { item, place } of ranked.slice(0, maxLines)) {
    const text = line(item, place);
    left -= utf8Size(text);
    if (left < 0) break;
    taken.push({ place, line: text });
  }
  return taken;
}
