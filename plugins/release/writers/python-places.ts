import { MalformedDocument } from './malformed-document.ts';
import { absent, elsewhere, firstOf, found, refused, type Search } from './search.ts';
import type { SettledTarget } from './settle-target.ts';
import { TextCursor } from './text-cursor.ts';
import type { TextPlace } from './text-place.ts';

interface Assignment {
  readonly name: string;
  /** Behind the equals sign and the blanks after it. */
  readonly start: number;
}

const blanks = /[ \t\f]+/y;
const lineEnd = /\r\n|[\r\n]/y;
const comment = /#[^\r\n]*/y;
const assignment = /([\p{L}_][\p{L}\p{N}_]*)[ \t]*(?::[^=\r\n#]*)?=(?!=)[ \t]*/uy;
const text = /[uU]?(?:"([^"\\\r\n]*)"|'([^'\\\r\n]*)')/y;
const endOfStatement = /[ \t\f]*(?:[#;\r\n]|$)/y;
const others = /[^\r\n"'#\\()[\]{}]+/y;

/** Finds the assignment of a text to a name at the margin. */
export function findInPython(target: SettledTarget, content: string): Search {
  const assignments = readAssignments(content);
  return firstOf(target.path, target.keys, (name) => {
    const places: TextPlace[] = [];
    for (const { start } of assignments.filter((each) => each.name === name)) {
      const place = textAt(content, start);
      if (place !== null) places.push(place);
      else return notOneText(target, name, content, start);
    }
    if (places.length === 0) return absent(`${target.path} has no line \`${name} = "…"\``);
    return found(places, `assignments of \`${name}\``);
  });
}

/** What a name is set to by other means may still be written as a text under the next name. */
function notOneText(target: SettledTarget, name: string, content: string, start: number): Search {
  const sign = content[start] ?? '';
  if (sign === '(' || sign === '[') {
    return refused(
      `${target.path} sets \`${name}\` to several numbers or texts: write it as one text or set \`pattern\``,
    );
  }
  if (/^[A-Za-z]{0,2}["']/.test(content.slice(start, start + 3))) {
    return refused(`${target.path} puts \`${name}\` together from several parts: write it as one text`);
  }
  return elsewhere(`${target.path} takes \`${name}\` from elsewhere: name the place that holds the version itself`);
}

function textAt(content: string, start: number): TextPlace | null {
  text.lastIndex = start;
  const match = text.exec(content);
  if (match === null) return null;
  endOfStatement.lastIndex = text.lastIndex;
  if (!endOfStatement.test(content)) return null;
  const value = match[1] ?? match[2] ?? '';
  const end = start + match[0].length - 1;
  return { start: end - value.length, end, text: value };
}

/** Assignments at the margin; nothing in texts, comments, brackets and lines that go on. */
function readAssignments(content: string): readonly Assignment[] {
  const cursor = new TextCursor(content);
  const found: Assignment[] = [];
  let depth = 0;
  let isAtMargin = true;
  while (!cursor.isDone) {
    if (isAtMargin && depth === 0) {
      assignment.lastIndex = cursor.at;
      const name = assignment.exec(content)?.[1];
      if (name !== undefined) found.push({ name, start: assignment.lastIndex });
    }
    isAtMargin = false;
    if (cursor.take(lineEnd) !== '') {
      isAtMargin = true;
    } else if (cursor.peek() === '\\') {
      cursor.at += 1;
      if (cursor.take(lineEnd) === '') cursor.at += 1;
    } else if (/["']/.test(cursor.peek())) {
      passText(cursor);
    } else if (cursor.take(blanks) === '' && cursor.take(comment) === '' && cursor.take(others) === '') {
      depth = Math.max(0, depth + (/[([{]/.test(cursor.peek()) ? 1 : -1));
      cursor.at += 1;
    }
  }
  return found;
}

function passText(cursor: TextCursor): void {
  const quote = cursor.peek();
  const isLong = cursor.isAt(quote.repeat(3));
  const close = isLong ? quote.repeat(3) : quote;
  const inside = quote === '"' ? /[^"\\\r\n]+/y : /[^'\\\r\n]+/y;
  cursor.at += close.length;
  while (!cursor.skip(close)) {
    if (cursor.take(inside) !== '') continue;
    const isLineEnd = /[\r\n]/.test(cursor.peek());
    if (cursor.isDone || (isLineEnd && !isLong))
      throw new MalformedDocument('Python', cursor.at, 'a text is not closed');
    if (cursor.peek() === '\\') {
      cursor.at += 1;
      if (cursor.take(lineEnd) === '') cursor.at += 1;
    } else cursor.at += 1;
  }
}
