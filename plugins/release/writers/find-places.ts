import { MalformedDocument } from './malformed-document.ts';
import { refused, type Search } from './search.ts';
import { type SettledTarget, settleTarget } from './settle-target.ts';
import { type PlaceSearch, says, type TextPlace } from './text-place.ts';
import type { VersionTarget } from './version-target.ts';

const longestMessage = 600;
/** Before the one version of a range: `^`, `~`, `~>`, `>=`, `=`, `==`, with `workspace:` of pnpm and yarn before it. */
const rangeLead = /^(?:workspace:)?(?:(?:\^|~[>=]?|>=|={1,3})[ \t]?)?[vV]?(?=\d[\w.+-]*$)/;

/**
 * Finds where a file keeps its version: exactly as many places as the target asks for, or a refusal. A document that
 * cannot be read is refused; nothing is thrown.
 */
export async function findPlaces(target: VersionTarget, content: string): Promise<PlaceSearch> {
  const found = await placesOrRefusal(target, content);
  // What a file brings may be of any length; a message is for people.
  return found.kind === 'refused' ? refused(shortened(found.message, longestMessage)) : found;
}

/** True where the content has the new text at each of the target's places, and at as many as are asked for. */
export async function readsBack(target: VersionTarget, content: string, newText: string): Promise<boolean> {
  const found = await findPlaces(target, content);
  return found.kind === 'found' && found.places.every((place) => says(place, newText));
}

async function placesOrRefusal(target: VersionTarget, content: string): Promise<PlaceSearch> {
  const settled = settleTarget(target);
  if (settled.kind === 'refused') return settled;
  try {
    return checked(settled.target, await search(settled.target, content));
  } catch (error) {
    if (error instanceof MalformedDocument) return refused(error.sentence(target.path, content));
    throw error;
  }
}

/** How a format is read is loaded when a file of it is met: of each kind of file there are few. */
async function search(target: SettledTarget, content: string): Promise<Search> {
  switch (target.format) {
    case 'json':
    case 'toml':
    case 'yaml':
      return (await import('./key-places.ts')).findByKey(target, content);
    case 'xml':
      return (await import('./xml-places.ts')).findInXml(target, content);
    case 'ini':
      return (await import('./ini-places.ts')).findInIni(target, content);
    case 'python':
      return (await import('./python-places.ts')).findInPython(target, content);
    case 'gradle':
      return (await import('./gradle-places.ts')).findInGradle(target, content);
    case 'npm-lock':
      return (await import('./npm-lock-places.ts')).findInNpmLock(target, content);
    case 'cargo-lock':
      return (await import('./cargo-lock-places.ts')).findInCargoLock(target, content);
    case 'badge':
      return (await import('./badge-places.ts')).findBadges(target, content);
    case 'pattern':
      return (await import('./pattern-places.ts')).findByPattern(target, content);
    case 'plain':
      return (await import('./plain-places.ts')).findInPlain(target, content);
  }
}

function checked(target: SettledTarget, search: Search): PlaceSearch {
  if (search.kind !== 'found') return refused(search.message);
  const odd = search.places.find((place) => !/^[^\s\p{Cc}]+$/u.test(place.text));
  if (odd !== undefined && !target.range) {
    return refused(`\`${shortened(odd.text, 60)}\` in ${target.path} is not a version: it must be one word`);
  }
  const expected = target.count ?? (search.usual === 'some' ? search.places.length : search.usual);
  if (search.places.length !== expected) return refused(miscounted(target, search, expected));
  return target.range
    ? inRanges(target.path, search.places)
    : { kind: 'found', places: search.places.map(withoutPrefix) };
}

/** The version in each range. What follows it would be part of another condition, and nobody knows which one counts. */
function inRanges(path: string, ranges: readonly TextPlace[]): PlaceSearch {
  const places: TextPlace[] = [];
  for (const place of ranges) {
    const lead = rangeLead.exec(place.text)?.[0];
    if (lead === undefined) {
      return refused(
        `\`${shortened(place.text, 60)}\` in ${path} is no range with one version in it, such as \`^1.2.0\``,
      );
    }
    const { plainScalar, ...rest } = place;
    const isText = lead !== '' || plainScalar === undefined;
    places.push({
      ...rest,
      start: place.start + lead.length,
      text: place.text.slice(lead.length),
      ...(!isText && { plainScalar }),
    });
  }
  return { kind: 'found', places };
}

function miscounted(target: SettledTarget, search: Search & { readonly kind: 'found' }, expected: number): string {
  const count = `${search.places.length}${search.cut ? ' or more' : ''}`;
  return `${target.path} has ${count} instead of ${expected} ${search.what}: name the place more exactly or set \`count\``;
}

/** A leading `v` stays where it is; with it the value is a text, whatever follows. */
function withoutPrefix(place: TextPlace): TextPlace {
  if (place.badge !== undefined || !/^[vV]\d/.test(place.text)) return place;
  const { plainScalar, ...rest } = place;
  return { ...rest, start: place.start + 1, text: place.text.slice(1) };
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
