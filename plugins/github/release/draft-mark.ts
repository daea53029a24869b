import { createHash } from 'node:crypto';

/**
 * A comment at the end of a draft's notes that readers do not see: it names the step that made the draft, so that a
 * later attempt of the same step, after a crash too, knows the draft for its own and may take it back. Publication
 * takes it away.
 */
const opening = '<!-- draft of vwmp: ';
const closing = ' -->';
const digits = 16;

/** What the mark adds to notes. */
export const markCharacters = '\n\n'.length + opening.length + digits + closing.length;

/** @param idempotencyKey That of the step's visit. */
export function markOf(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('hex').slice(0, digits);
}

/** @param notes Fitted, so that they leave room for the mark. */
export function withMark(notes: string, mark: string | null): string {
  return mark === null ? notes : `${notes}\n\n${opening}${mark}${closing}`;
}

export function splitMark(text: string): { readonly notes: string; readonly mark: string | null } {
  const start = text.lastIndexOf(opening);
  if (start === -1) return { notes: text, mark: null };
  const markStart = start + opening.length;
  const mark = text.slice(markStart, markStart + digits);
  const end = markStart + digits + closing.length;
  if (!/^[0-9a-f]{16}$/.test(mark) || text.slice(markStart + digits, end) !== closing)
    return { notes: text, mark: null };
  const before = text.slice(0, start).replace(/\r?\n\r?\n$/, '');
  return { notes: before + text.slice(end).trimEnd(), mark };
}
