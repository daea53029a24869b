import type { HostLinks } from './host-links.ts';
import { inlineText } from './inline-text.ts';

/**
 * What a breaking change says of itself, as lines for inside a list item (the caller indents them). Code in fences
 * stays as it is; a fence that nobody closed is closed; a line that would be a heading is none.
 */
export function noteLines(note: string, links: HostLinks | null): readonly string[] {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of note.replace(/\r\n?/g, '\n').trim().split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})([^`]*)$/.exec(line);
    if (fence === null && mark?.[1]) {
      fence = mark[1];
      // Further in than three blanks it would not be a fence, and its content would be text.
      lines.push(line.trim());
    } else if (fence !== null && mark?.[1]?.startsWith(fence) && mark[2]?.trim() === '') {
      fence = null;
      lines.push(line.trim());
    } else {
      lines.push(fence === null ? textLine(line, links) : line);
    }
  }
  return fence === null ? lines : [...lines, fence];
}

function textLine(line: string, links: HostLinks | null): string {
  const bullet = /^\s*([-*+] )/.exec(line);
  if (bullet?.[1]) return `${bullet[1]}${inlineText(line.slice(bullet[0].length), links)}`;
  return inlineText(line, links);
}
