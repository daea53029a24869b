import { headings, parseText } from '../../../src/plugin-api/index.ts';
import { markCharacters } from './draft-mark.ts';

/** What GitHub takes as the notes of a release. Counted as JavaScript does, which is never less than GitHub counts. */
export const mostBodyCharacters = 125_000;
/** What that leaves for the notes themselves: a draft without its mark would be nobody's. */
export const mostNotesCharacters = mostBodyCharacters - markCharacters;

export interface FittedBody {
  readonly body: string;
  /** Length of the notes as they were given. */
  readonly given: number;
  /** Sections that were left out; 0 where the notes fit. */
  readonly leftOut: number;
}

/**
 * Notes that GitHub takes: whole sections are left out from the end, and a last line says so and where the rest is.
 * Where the first section alone is too long, it is cut at the end of a line.
 */
export function fitBody(notes: string, restUrl: string): FittedBody {
  if (notes.length <= mostNotesCharacters) return { body: notes, given: notes.length, leftOut: 0 };
  const starts = headings(parseText(notes)).map(({ line }) => line);
  const offsets = lineOffsets(notes);
  for (let kept = starts.length - 1; kept >= 0; kept--) {
    const leftOut = starts.length - kept;
    const rest = restLine(leftOut, restUrl);
    const end = offsets[starts[kept] ?? 0] ?? 0;
    if (end === 0 || end + rest.length + 2 > mostNotesCharacters) continue;
    return { body: `${notes.slice(0, end).trimEnd()}\n\n${rest}`, given: notes.length, leftOut };
  }
  return { ...cutLines(notes, restUrl), given: notes.length, leftOut: Math.max(1, starts.length) };
}

/** A fence or comment that the cut opens would swallow the last line: it stands before everything then. */
function cutLines(notes: string, restUrl: string): { readonly body: string } {
  const note = `_These notes are cut: GitHub takes ${mostBodyCharacters} characters. The rest: ${restUrl}_`;
  const room = notes.slice(0, mostNotesCharacters - note.length - 2);
  const lastLine = room.lastIndexOf('\n');
  const whole = lastLine > 0 ? room.slice(0, lastLine) : room.replace(/[\uD800-\uDBFF]$/, '');
  return { body: `${note}\n\n${whole.trimEnd()}` };
}

function restLine(leftOut: number, restUrl: string): string {
  const sections = leftOut === 1 ? '1 section is' : `${leftOut} sections are`;
  return `_${sections} left out here: GitHub takes ${mostBodyCharacters} characters. The rest: ${restUrl}_`;
}

function lineOffsets(text: string): readonly number[] {
  const offsets = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) offsets.push(at + 1);
  return offsets;
}
