import { createHash } from 'node:crypto';
import { mostBodyCharacters } from './fit-body.ts';

/**
 * A comment at the end of a draft's notes that readers do not see: it names the step that made the draft, so that a
 * later attempt of the same step, after a crash too, knows the draft for its own and may take it back. Publication
 * takes it away.
 */
const opening = '<!-- draft of vwmp: ';
const closing = ' -->';

/** @param idempotencyKey That of the step's visit. */
export function markOf(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 16);
}

/** Notes that leave no room for the mark go without: the draft is nobody's then. */
export function withMark(notes: string, mark: string | null): string {
  if (mark === null) return notes;
  const marked = `${notes}\n\n${opening}${mark}${closing}`;
  return marked.length > mostBodyCharacters ? notes : marked;
}

export function splitMark(text: string): { readonly notes: string; readonly mark: string | null } {
  const start = text.lastIndexOf(opening);
  if (start === -1) return { notes: text, mark: null };
  const markStart = start + opening.length;
  const mark = text.slice(markStart, markStart + 16);
  const end = markStart + 16 + closing.length;
  if (!/^[0-9a-f]{16}$/.test(mark) || text.slice(markStart + 16, end) !== closing) return { notes: text, mark: null };
  const before = text.slice(0, start).replace(/\r?\n\r?\n$/, '');
  return { notes: before + text.slice(end).trimEnd(), mark };
}
