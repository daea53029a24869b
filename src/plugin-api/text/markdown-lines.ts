import type { TextDocument } from './text-document.ts';

export interface Heading {
  /** Number of the line, from 0. */
  readonly line: number;
  /** 1 to 6. */
  readonly level: number;
  readonly text: string;
}

/**
 * For each line whether it is Markdown that readers see: false in front matter, fenced code and HTML comments, where
 * a heading or a version is only an example.
 */
export function visibleLines(document: TextDocument): readonly boolean[] {
  const visible: boolean[] = [];
  let fence: string | null = null;
  let comment = false;
  const bodyStart = frontMatterEnd(document);
  for (const [at, { text }] of document.lines.entries()) {
    if (at < bodyStart) {
      visible.push(false);
    } else if (fence !== null) {
      visible.push(false);
      if (closesFence(text, fence)) fence = null;
    } else if (comment) {
      visible.push(false);
      comment = !text.includes('-->');
    } else {
      fence = openingFence(text);
      comment = fence === null && opensComment(text);
      visible.push(fence === null && !text.trimStart().startsWith('<!--'));
    }
  }
  return visible;
}

/** What ends front matter, by the line that opens it: YAML, and TOML as Hugo and Zola read it. */
const frontMatterEnds: ReadonlyMap<string, RegExp> = new Map([
  ['---', /^(?:---|\.\.\.)\s*$/],
  ['+++', /^\+\+\+\s*$/],
]);

/** Number of the first line after front matter; 0 where there is none. */
export function frontMatterEnd(document: TextDocument): number {
  const closing = frontMatterEnds.get(document.lines[0]?.text.trimEnd() ?? '');
  if (!closing) return 0;
  const end = document.lines.findIndex(({ text }, at) => at > 0 && closing.test(text));
  return end === -1 ? 0 : end + 1;
}

/** Headings in both Markdown styles (`## Text` and underlined), in order. */
export function headings(document: TextDocument): readonly Heading[] {
  const visible = visibleLines(document);
  const found: Heading[] = [];
  for (const [at, { text }] of document.lines.entries()) {
    if (!visible[at]) continue;
    const marked = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(text);
    if (marked) {
      found.push({ line: at, level: marked[1]?.length ?? 1, text: withoutClosing(text.slice(marked[0].length)) });
      continue;
    }
    const underline = /^ {0,3}(=+|-{2,})[ \t]*$/.exec(document.lines[at + 1]?.text ?? '');
    if (underline && visible[at + 1] && /^ {0,3}[^\s>|#-]/.test(text) && !inItem(document, at)) {
      found.push({ line: at, level: underline[1]?.startsWith('=') ? 1 : 2, text: text.trim() });
    }
  }
  return found;
}

/** The text of `## Text ##`. Looks at each character once, however long a row of blanks is. */
function withoutClosing(rest: string): string {
  const text = rest.trim();
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  const isClosed = end === 0 || /[ \t]/.test(text[end - 1] ?? '');
  return isClosed ? text.slice(0, end).trimEnd() : text;
}

/** What stands in a list item has no underline: the line at the margin below it is a rule. */
function inItem(document: TextDocument, line: number): boolean {
  for (let at = line; at >= 0; at--) {
    const text = document.lines[at]?.text ?? '';
    if (/^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]/.test(text)) return true;
    if (text.trim() === '' || /^ {0,3}(?:#{1,6}(?:[ \t]|$)|(?:=+|-{2,})[ \t]*$|`{3}|~{3}|-->)/.test(text)) return false;
  }
  return false;
}

/** The line where the section under a heading ends: the next heading of its level or above, or the end. */
export function sectionEnd(document: TextDocument, all: readonly Heading[], heading: Heading): number {
  const next = all.find((other) => other.line > heading.line && other.level <= heading.level);
  return next?.line ?? document.lines.length;
}

function openingFence(text: string): string | null {
  const match = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(text);
  if (!match?.[1] || (match[1].startsWith('`') && match[2]?.includes('`'))) return null;
  return match[1];
}

function closesFence(text: string, fence: string): boolean {
  const match = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(text)?.[1];
  return match !== undefined && match[0] === fence[0] && match.length >= fence.length;
}

/** An escaped `\<!--` and one in a code span are text that readers see; they open nothing. */
function opensComment(text: string): boolean {
  const bare = text.replace(/\\<!--/g, '').replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
  const start = bare.lastIndexOf('<!--');
  return start !== -1 && !bare.includes('-->', start);
}
