import type { TextCursor } from './text-cursor.ts';
import { isBlank, malformedYaml } from './yaml-scalar.ts';

const header = /[|>](?:[1-9][+-]?|[+-][1-9]?)?[ \t]*(?:#[^\r\n]*)?/y;
const lineEnd = /\r\n|[\r\n]/y;
const spaces = / */y;
const restOfLine = /[^\r\n]*/y;
const marker = /(?:---|\.\.\.)(?=[ \t\r\n]|$)/y;

/** Passes `|` or `>` and the lines under it, up to the line end before the first line that is not of it. */
export function passBlockText(cursor: TextCursor, parentIndent: number): void {
  const start = cursor.take(header);
  if (!cursor.isDone && !isBlank(cursor.peek())) throw malformedYaml(cursor, 'a block of text begins on its own line');
  const named = /^[|>][+-]?([1-9])/.exec(start)?.[1];
  let indent = named === undefined ? null : Math.max(parentIndent, 0) + Number(named);
  for (let end = cursor.at; ; end = cursor.at) {
    if (cursor.take(lineEnd) === '') return;
    const isMarker = cursor.take(marker) !== '';
    const column = cursor.take(spaces).length;
    const isEmpty = cursor.isDone || /[\r\n]/.test(cursor.peek());
    if (isMarker || (!isEmpty && column < (indent ?? parentIndent + 1))) {
      cursor.at = end;
      return;
    }
    if (!isEmpty) indent ??= column;
    cursor.take(restOfLine);
  }
}
