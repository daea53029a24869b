/** Words that say what a commit does to an issue. */
export const issueActions: ReadonlySet<string> = new Set([
  'close',
  'closes',
  'closed',
  'fix',
  'fixes',
  'fixed',
  'resolve',
  'resolves',
  'resolved',
]);

// Conventional Commits wants capitals here, so that a sentence of the body is no footer.
const notePattern = /^(?:\*\s+)?BREAKING[ -]CHANGE:\s*(.*)$/;

/**
 * What the footers `BREAKING CHANGE: …` of a body say, each up to the next footer, as Conventional Commits has it. One
 * without words is an empty text. Code in fences holds no footers besides these. `titles`: lines that end a note, too.
 */
export function breakingNotes(body: string, titles: ReadonlySet<string>): readonly string[] {
  const notes: string[][] = [];
  let open: string[] | null = null;
  let inCode = false;
  for (const line of body.split('\n')) {
    const text = notePattern.exec(line)?.[1];
    if (text !== undefined) {
      open = [text];
      notes.push(open);
      inCode = false;
    } else if (open !== null && !inCode && (isFooter(line) || titles.has(line))) {
      open = null;
    } else if (open !== null) {
      if (/^\s*(?:`{3}|~{3})/.test(line)) inCode = !inCode;
      open.push(line);
    }
  }
  return notes.map((lines) => withoutRule(lines.join('\n').trim()));
}

/** `Reviewed-by: Z`, `Closes #12`, `Refs #12, #13`; a sentence that goes on behind a number is none: `See #12 first`. */
function isFooter(line: string): boolean {
  if (/^[\w-]+:\s+\S/.test(line)) return true;
  const [, token, issues] = /^([\w-]+)\s+((?:#|GH-).*)$/i.exec(line) ?? [];
  if (token === undefined || issues === undefined) return false;
  return issueActions.has(token.toLowerCase()) || issues.replace(/(?:#|GH-)\w+|\band\b|[\s,.&]/gi, '') === '';
}

/** Platforms draw a line between a message and its co-authors. */
function withoutRule(note: string): string {
  return note.replace(/(?:^|\n)-{3,}$/, '').trimEnd();
}
