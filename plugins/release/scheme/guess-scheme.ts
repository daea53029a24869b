import { beginsWithMonth, guessCalver } from './guess-calver.ts';
import { listed } from './listed.ts';
import { partsScheme } from './parts/parts.ts';
import { pep440Scheme } from './pep440/pep440.ts';
import { semverScheme } from './semver/semver.ts';
import type { CalendarDay, SchemeConfig, SchemeGuess, VersionScheme } from './version-scheme.ts';

interface Candidate {
  readonly config: SchemeConfig;
  readonly scheme: VersionScheme;
}

/**
 * Finds out which scheme versions are of: texts without a leading `v`, the newest first. The newest decides which
 * schemes there are to choose from, the others which of them it is. `usual` is the scheme of files such as the one
 * that the newest stands in: semantic versions wherever they fit, PEP 440 where no text tells.
 */
export function guessScheme(
  texts: readonly string[],
  today: CalendarDay,
  usual: 'semver' | 'pep440' | null = null,
): SchemeGuess {
  const [newest] = texts;
  if (newest === undefined) return unknown('there is no version that could tell the scheme: set `scheme`');
  return calverGuess(texts, newest, today) ?? otherGuess(texts, newest, usual);
}

/** Whether the newest version alone settles the guess: what the others are makes no difference. */
export function isGuessedAlone(newest: string, usual: 'semver' | 'pep440' | null): boolean {
  return usual === 'semver' && semverScheme.parse(newest) !== null && !beginsWithMonth(newest);
}

function calverGuess(texts: readonly string[], newest: string, today: CalendarDay): SchemeGuess | null {
  const guess = guessCalver(texts, today, semverScheme);
  if (guess === null) return null;
  const { format, scheme, rivals, padded } = guess;
  const others = [...rivals, ...(padded || semverScheme.parse(newest) === null ? [] : [semverScheme.title])];
  const reason = 'because it begins with a year and a month';
  return guessed({ config: { scheme: 'calver', format }, scheme }, { texts, newest, others, reason });
}

function otherGuess(texts: readonly string[], newest: string, usual: 'semver' | 'pep440' | null): SchemeGuess {
  const all = candidates();
  const readers = all.filter(({ scheme }) => scheme.parse(newest) !== null);
  const telling = texts.filter((text) => /[a-z!]/i.test(text));
  // PEP 440 reads many a spelling that nobody means by it: `1.0-beta` tells nothing, `1.0b1` does.
  const scores = readers.map(({ scheme }) => telling.filter((text) => scheme.parse(text)?.text === text).length);
  const told = telling.some((text) => readers.some(({ scheme }) => scheme.parse(text) !== null));
  const fits = usual === 'semver' || (usual === 'pep440' && !told);
  const best =
    (fits ? readers.find(({ scheme }) => scheme.name === usual) : undefined) ??
    readers[scores.indexOf(Math.max(...scores))];
  if (best === undefined) {
    const tried = ['calendar versioning', ...all.map(({ scheme }) => scheme.title)];
    return unknown(`\`${newest}\` is no version of ${listed(tried)}: set \`scheme\``);
  }
  if (best.scheme.name === 'pep440' && !told && usual !== 'pep440') return unknown(bareMessage(newest));
  const bareParts = best.scheme.name === 'parts' && !texts.some((text) => /[a-z+]/i.test(text));
  const others = bareParts ? [pep440Scheme.title] : [];
  return guessed(best, { texts, newest, others, reason: 'because it has four numbers' });
}

/** In the order in which they are taken where the texts do not tell them apart. */
function candidates(): readonly Candidate[] {
  const parts: SchemeConfig = { scheme: 'parts' };
  const fourParts = partsScheme(parts);
  return [
    { config: { scheme: 'semver' }, scheme: semverScheme },
    ...(fourParts.ok ? [{ config: parts, scheme: fourParts.value }] : []),
    { config: { scheme: 'pep440' }, scheme: pep440Scheme },
  ];
}

interface Grounds {
  readonly texts: readonly string[];
  readonly newest: string;
  /** What else the texts could be. */
  readonly others: readonly string[];
  readonly reason: string;
}

function guessed({ config, scheme }: Candidate, { texts, newest, others, reason }: Grounds): SchemeGuess {
  const unread = texts.filter((text) => scheme.parse(text) === null);
  const verdict =
    others.length === 0
      ? `${newest} is a version of ${scheme.title}`
      : `${newest} is taken for ${scheme.title}, ${reason}, but can be ${listed(others)} too: set \`scheme\` to be sure`;
  const rest = unread.length === 0 ? '' : `; no version of it: ${shown(unread)}`;
  return { kind: 'guessed', config, scheme, certain: others.length === 0, message: verdict + rest, unread };
}

function shown(texts: readonly string[]): string {
  const first = texts.slice(0, 3).map((text) => `\`${text}\``);
  return first.join(', ') + (texts.length > first.length ? ` and ${texts.length - first.length} more` : '');
}

function bareMessage(newest: string): string {
  const count = newest.split('.').length;
  const numbers = count === 1 ? 'one number' : `${count} numbers`;
  const example = count === 2 ? ' (YY.MM)' : '';
  return `\`${newest}\` is nothing but ${numbers}, which can be calendar versioning${example}, PEP 440 or parts: set \`scheme\``;
}

function unknown(message: string): SchemeGuess {
  return { kind: 'unknown', message };
}
