/** What a platform takes: a release's body, and a comment or the text of a pull request. */
export const longestReleaseBody = 125_000;
export const longestComment = 65_536;

export interface FittedNotes {
  readonly text: string;
  /** `null` where everything fits. */
  readonly leftOut: { readonly items: number; readonly sections: number } | null;
}

/**
 * Cuts Markdown to at most so many characters, by whole sections and items from the end, with a line that says what is
 * missing and where it can be read. Code fences stay closed. Characters are UTF-16 code units: no platform counts
 * more, so what fits by them fits everywhere.
 *
 * Text is always given: where not even the first item fits, its beginning; where the last line itself does not, that
 * line's beginning.
 */
export function fitNotes(markdown: string, maxCharacters: number, moreLink: string | null): FittedNotes {
  if (markdown.length <= maxCharacters) return { text: markdown, leftOut: null };
  const places = cutPlaces(markdown);
  // The closing line grows with what it counts, so the last place that fits is found from the end.
  for (let at = places.length - 1; at >= 0; at--) {
    const place = places[at];
    // A heading at the end would have lost what it is about: the cut in front of it is the better one.
    if (!place || place.offset > maxCharacters || places[at - 1]?.opens === 'heading') continue;
    const leftOut = countLeftOut(places, at);
    const text = `${markdown.slice(0, place.offset).trimEnd()}\n\n${closingLine(leftOut, moreLink)}`;
    if (text.length <= maxCharacters && place.hasText) return { text, leftOut };
  }
  return cutInside(markdown, maxCharacters, moreLink, countLeftOut(places, 0));
}

/** A place where the text may end: in front of an item, a heading or a paragraph at the margin. */
interface Place {
  readonly offset: number;
  readonly opens: 'heading' | 'item' | 'other';
  /** Whether anything but headings stands before it. */
  readonly hasText: boolean;
}

function cutPlaces(markdown: string): readonly Place[] {
  const places: Place[] = [];
  let fence: string | null = null;
  let offset = 0;
  let hasText = false;
  let blank = true;
  for (const line of markdown.split('\n')) {
    const text = line.trimEnd();
    const kind = kindOf(text, blank);
    if (fence === null && kind !== null) {
      places.push({ offset, opens: kind, hasText });
      if (kind !== 'heading') hasText = true;
    }
    fence = fenceAfter(text, fence);
    blank = text === '';
    offset += line.length + 1;
  }
  return places;
}

function kindOf(text: string, afterBlank: boolean): Place['opens'] | null {
  if (/^#{1,6}(?:\s|$)/.test(text)) return 'heading';
  if (/^(?:[-*+]|\d{1,9}[.)])\s/.test(text)) return 'item';
  return afterBlank && /^\S/.test(text) ? 'other' : null;
}

function fenceAfter(text: string, fence: string | null): string | null {
  const mark = /^\s*(`{3,}|~{3,})([^`]*)$/.exec(text);
  if (!mark?.[1]) return fence;
  if (fence === null) return mark[1];
  return mark[1].startsWith(fence) && mark[2]?.trim() === '' ? null : fence;
}

function countLeftOut(places: readonly Place[], from: number) {
  const rest = places.slice(from);
  return {
    items: rest.filter((place) => place.opens === 'item').length,
    sections: rest.filter((place) => place.opens === 'heading').length,
  };
}

function closingLine(leftOut: { readonly items: number; readonly sections: number }, moreLink: string | null): string {
  const items = leftOut.items === 0 ? [] : [`${leftOut.items} ${leftOut.items === 1 ? 'item' : 'items'}`];
  const sections =
    leftOut.sections === 0 ? [] : [`${leftOut.sections} ${leftOut.sections === 1 ? 'section' : 'sections'}`];
  const what = [...items, ...sections].join(' and ') || 'The rest of the text';
  const verb = leftOut.items + leftOut.sections > 1 ? 'are' : 'is';
  const link = moreLink === null ? '' : `: [read everything](${moreLink})`;
  return `_${what} ${verb} left out here for want of space${link}_`;
}

/** The first item alone is too long: its beginning, with its fence closed. */
function cutInside(
  markdown: string,
  maxCharacters: number,
  moreLink: string | null,
  leftOut: { readonly items: number; readonly sections: number },
): FittedNotes {
  const closing = closingLine({ items: 0, sections: 0 }, moreLink);
  const room = maxCharacters - closing.length - 2;
  const answer = { items: leftOut.items, sections: leftOut.sections };
  if (room <= 0) return { text: beginning(closing, maxCharacters), leftOut: answer };
  const head = beginning(markdown, room);
  const fence = head.split('\n').reduce<string | null>((open, line) => fenceAfter(line.trimEnd(), open), null);
  if (fence === null) return { text: `${head.trimEnd()}\n\n${closing}`, leftOut: answer };
  const shorter = beginning(markdown, Math.max(0, room - fence.length - 1));
  return { text: `${shorter}\n${fence}\n\n${closing}`, leftOut: answer };
}

/** At most so many code units, never half a character. */
function beginning(text: string, length: number): string {
  const head = text.slice(0, Math.max(0, length));
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}
