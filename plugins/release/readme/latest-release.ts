import { findVersions, type VersionText } from '../../../src/plugin-api/index.ts';
import type { PlaceUpdate } from './version-badge.ts';

const phrase = /latest[ _-]+release/i;

/** Where the text after "Latest release" stands: in the line of the phrase, else in the first lines under it. */
export interface LatestReleaseLine {
  readonly at: number;
  /** Only what stands from here on belongs to it. */
  readonly from: number;
}

/** How many lines under the phrase may stand before the version. */
const mostLinesBelow = 5;

/** Finds the version that follows the phrase; `null` where no visible line has both. */
export function findLatestRelease(lines: readonly string[], visible: readonly boolean[]): LatestReleaseLine | null {
  for (const [at, line] of lines.entries()) {
    const match = visible[at] ? phrase.exec(line) : null;
    if (!match) continue;
    const from = match.index + match[0].length;
    if (plainVersions(line.slice(from)).length > 0) return { at, from };
    const below = firstVersionBelow(lines, visible, at + 1);
    if (below !== null) return { at: below, from: 0 };
  }
  return null;
}

/** Puts the version there; what else of that line names the old version (the target of a link) follows. */
export function updateLatestRelease(line: string, from: number, version: string): PlaceUpdate {
  const [old] = plainVersions(line.slice(from));
  if (!old) return { kind: 'missing' };
  if (old.version === version) return { kind: 'current' };
  const places = plainVersions(line).filter((found) => found.start >= from && found.version === old.version);
  let updated = line;
  for (const place of [...places].reverse()) {
    updated = updated.slice(0, place.start) + place.prefix + version + updated.slice(place.end);
  }
  return { kind: 'updated', line: updated };
}

/** A heading ends the search: what follows it is about something else. */
function firstVersionBelow(lines: readonly string[], visible: readonly boolean[], start: number): number | null {
  for (let at = start; at < Math.min(lines.length, start + mostLinesBelow); at++) {
    const line = lines[at] ?? '';
    if (!visible[at] || /^ {0,3}#{1,6}\s/.test(line)) return null;
    if (plainVersions(line).length > 0) return at;
  }
  return null;
}

/** The version inside a shield's address belongs to the shield. */
function plainVersions(line: string): readonly VersionText[] {
  return findVersions(line).filter((found) => !/\/badge\/[^\s)]*$/.test(line.slice(0, found.start)));
}
