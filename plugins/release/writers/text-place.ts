import { updateBadges } from '../readme/version-badge.ts';
import { needsQuotes } from './needs-quotes.ts';

/** Where a version stands in a file. */
export interface TextPlace {
  /** The characters that are replaced: without quotes and without a leading `v`. */
  readonly start: number;
  readonly end: number;
  /** The version as it is meant: of a badge without its escapes, without the build number that `keptBuild` holds. */
  readonly text: string;
  /** YAML: the value has no quotes, so it may need them when it changes. */
  readonly plainScalar?: true;
  /** The build number with its `+` that stays behind a version that brings none: `+45` in a pubspec. */
  readonly keptBuild?: string;
  /** Markdown: all the characters of the place, which are written by the rules of badges. */
  readonly badge?: string;
}

export type PlaceSearch =
  /** In the order of the file; never empty. */
  | { readonly kind: 'found'; readonly places: readonly TextPlace[] }
  /** One sentence that says what was looked for and what is there. */
  | { readonly kind: 'refused'; readonly message: string };

/** The same content with the new text at each of the places; every other character stays. */
export function replacePlaces(content: string, places: readonly TextPlace[], newText: string): string {
  const parts: string[] = [];
  let copied = 0;
  for (const place of places) {
    parts.push(content.slice(copied, place.start), renderFor(place, newText));
    copied = place.end;
  }
  return parts.join('') + content.slice(copied);
}

/** What stands at the place once it says `newText`: mostly just that. */
export function renderFor(place: TextPlace, newText: string): string {
  if (place.badge !== undefined) {
    const update = updateBadges(place.badge, newText);
    return update.kind === 'updated' ? update.line : place.badge;
  }
  const text = newText.includes('+') ? newText : newText + (place.keptBuild ?? '');
  return place.plainScalar && needsQuotes(text) ? JSON.stringify(text) : text;
}

/** True where the place says this text already. */
export function says(place: TextPlace, text: string): boolean {
  return place.text === text || (place.keptBuild !== undefined && place.text + place.keptBuild === text);
}
