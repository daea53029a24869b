import type { PlaceUpdate } from './version-badge.ts';

/** Which version is written, and which one is thought to stand there; `old` is `null` where nobody knows. */
export interface SoughtVersion {
  readonly version: string;
  readonly old: string | null;
}

/** A version of the README with its place, without a leading `v`. */
export interface LatestRelease {
  /** The line. */
  readonly at: number;
  readonly start: number;
  readonly text: string;
}

const phrase = /latest[ _-]+release/gi;

/** What may stand between the words and the version: blanks, marks, pictures, tags of HTML, the link around a picture. */
const passed = [
  /[\s:=*_`|>~"'([+\u2013\u2014-]+/y,
  /(?:is|version|tag)\b/iy,
  /!\[[^\]]*\]\([^)\s]*\)/y,
  /\]\([^)\s]*\)/y,
  /<\/?[a-z][^<>]*>/iy,
];
const word = /[^\s*`|,;"'<>()[\]{}\u2013\u2014]+/y;

/** How many lines under the phrase may stand before the version. */
const mostLinesBelow = 5;

/**
 * Finds the version that directly follows the words "Latest release", or where these stand alone the one in the first
 * lines under them. Of several it is the one that says the old version, or the new one already. `null` where no visible line has one.
 */
export function findLatestRelease(
  lines: readonly string[],
  visible: readonly boolean[],
  sought: SoughtVersion,
): LatestRelease | null {
  const found: LatestRelease[] = [];
  for (const [at, line] of lines.entries()) {
    if (!visible[at]) continue;
    for (const match of line.matchAll(phrase)) {
      const from = match.index + match[0].length;
      const place = versionAt(line, at, from, sought) ?? versionBelow({ lines, visible, at, from }, sought);
      if (place !== null) found.push(place);
    }
  }
  const known = knownTexts(sought).flatMap((text) => found.find((place) => place.text === text) ?? []);
  return known[0] ?? found[0] ?? null;
}

/** Puts the version there; what else of that line names the old one (the target of a link) follows. */
export function updateLatestRelease(line: string, { start, text }: LatestRelease, version: string): PlaceUpdate {
  if (text === version) return { kind: 'current' };
  let updated = line;
  for (const place of [...occurrences(line, text, start)].reverse()) {
    updated = updated.slice(0, place) + version + updated.slice(place + text.length);
  }
  return { kind: 'updated', line: updated };
}

/** The word that follows, whole, where it is a version; of an address the known version in it. */
function versionAt(line: string, at: number, from: number, sought: SoughtVersion): LatestRelease | null {
  const lead = endOfLead(line, from);
  const text = (matchAt(word, line, lead) ?? '').replace(/[.:!?_]{1,9}$/, '');
  const prefix = /^[vV](?=\d)/.exec(text)?.[0] ?? '';
  const version = text.slice(prefix.length);
  if (isVersion(version, sought)) return { at, start: lead + prefix.length, text: version };
  return knownIn(line.slice(0, lead + text.length), at, lead, sought);
}

function knownIn(line: string, at: number, from: number, sought: SoughtVersion): LatestRelease | null {
  for (const text of knownTexts(sought)) {
    const [start] = occurrences(line, text, from);
    if (start !== undefined) return { at, start, text };
  }
  return null;
}

/** After a first run the new version stands where the old one was. */
function knownTexts({ old, version }: SoughtVersion): readonly string[] {
  return old === null ? [version] : [old, version];
}

interface PhrasePlace {
  readonly lines: readonly string[];
  readonly visible: readonly boolean[];
  readonly at: number;
  /** Where the phrase ends in its line. */
  readonly from: number;
}

/** A heading ends the search: what follows it is about something else. */
function versionBelow({ lines, visible, at, from }: PhrasePlace, sought: SoughtVersion): LatestRelease | null {
  const own = lines[at] ?? '';
  // In a table the version stands under the words.
  if (endOfLead(own, from) < own.length && !/^\s*\|/.test(own)) return null;
  for (let below = at + 1; below < Math.min(lines.length, at + 1 + mostLinesBelow); below++) {
    const line = lines[below] ?? '';
    if (!visible[below] || /^ {0,3}#{1,6}\s/.test(line)) return null;
    const place = versionAt(line, below, 0, sought) ?? knownIn(line, below, 0, sought);
    if (place !== null) return place;
  }
  return null;
}

function endOfLead(line: string, from: number): number {
  let at = from;
  for (let before = -1; before < at; ) {
    before = at;
    for (const pattern of passed) at += matchAt(pattern, line, at)?.length ?? 0;
  }
  return at;
}

function matchAt(pattern: RegExp, line: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0] ?? null;
}

/** Numbers with dots between them, or a text of the same shape as the version; a date only where the version is one. */
function isVersion(text: string, { version, old }: SoughtVersion): boolean {
  if (text === '') return false;
  if (text === old || text === version) return true;
  if (isDate(text) !== isDate(version)) return false;
  return shapeOf(text) === shapeOf(version) || (/^\d+\.\d/.test(text) && /^[\w.+!-]+$/.test(text));
}

function isDate(text: string): boolean {
  return /^\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}$|^(?:19|20)\d{2}[.-](?:0[1-9]|1[0-2])[.-]\d{2}$/.test(text);
}

function shapeOf(text: string): string {
  return text.replace(/\d+/g, '0');
}

/** Where the line speaks of exactly this version. What stands inside a shield's address belongs to the shield. */
function occurrences(line: string, text: string, from: number): readonly number[] {
  const found: number[] = [];
  for (let at = line.indexOf(text, from); at !== -1; at = line.indexOf(text, at + 1)) {
    const [before, after] = [line.slice(0, at), line.slice(at + text.length)];
    const isWhole =
      /(?:^|[^0-9A-Za-z.])[vV]?$/.test(before) &&
      !/^(?:[0-9A-Za-z+]|\.\d|[-.](?:rc|a|alpha|b|beta|pre|post|dev)[.\d])/i.test(after);
    if (isWhole && !/\/badge\/[^\s)]*$/.test(before)) found.push(at);
  }
  return found;
}
