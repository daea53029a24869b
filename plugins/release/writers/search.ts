import type { TextPlace } from './text-place.ts';

/** What the search in one format came to, before the number of places is checked. */
export type Search =
  | {
      readonly kind: 'found';
      readonly places: readonly TextPlace[];
      /** What was counted, in the plural: "places of `version`". */
      readonly what: string;
      /** How many there must be where the target does not say. */
      readonly usual: number | 'some';
      /** The search stopped here: there may be more. */
      readonly cut?: true;
    }
  /** Nothing of that name is there; another name may be. */
  | { readonly kind: 'absent'; readonly message: string }
  | Refusal
  /** The place is there, and says that the version stands elsewhere. */
  | { readonly kind: 'elsewhere'; readonly message: string };

export interface Refusal {
  readonly kind: 'refused';
  readonly message: string;
}

export function refused(message: string): Refusal {
  return { kind: 'refused', message };
}

export function absent(message: string): Search {
  return { kind: 'absent', message };
}

export function elsewhere(message: string): Search {
  return { kind: 'elsewhere', message };
}

export function found(places: readonly TextPlace[], what: string): Search {
  return { kind: 'found', places, what, usual: 1 };
}

/** The search by the first of the names that the file has, in the order of the names. */
export function firstOf(path: string, keys: readonly string[], find: (key: string) => Search): Search {
  let pointer: Search | null = null;
  let missing: Search | null = null;
  for (const key of keys) {
    const search = find(key);
    if (search.kind === 'found' || search.kind === 'refused') return search;
    if (search.kind === 'elsewhere') pointer ??= search;
    else missing ??= search;
  }
  if (pointer !== null) return pointer;
  if (keys.length === 1 && missing !== null) return missing;
  return absent(`${path} has none of ${listed(keys)}: name the place with \`key\``);
}

function listed(keys: readonly string[]): string {
  return keys.map((key) => `\`${key}\``).join(', ');
}
