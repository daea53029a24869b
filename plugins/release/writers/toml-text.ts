import { type DocumentNode, otherNode } from './document-node.ts';
import { MalformedDocument } from './malformed-document.ts';
import type { TextCursor } from './text-cursor.ts';

export interface TomlText {
  readonly node: DocumentNode;
  /** What it says as a key; of a text over several lines just its characters. */
  readonly value: string;
}

const literalCharacters = /[^'\r\n]*/y;
const basicCharacters = /[^"\\\r\n]+/y;
const longCharacters = /[^"\\]+/y;

/** Reads a text in any of the four kinds of quotes. Throws `MalformedDocument`. */
export function readTomlText(cursor: TextCursor): TomlText {
  if (cursor.skip('"""')) return readLong(cursor, '"');
  if (cursor.skip("'''")) return readLong(cursor, "'");
  return cursor.skip("'") ? readLiteral(cursor) : readBasic(cursor);
}

function readLiteral(cursor: TextCursor): TomlText {
  const start = cursor.at;
  const value = cursor.take(literalCharacters);
  const end = cursor.at;
  if (!cursor.skip("'")) throw unclosed(cursor);
  return { node: { kind: 'text', start, end, isPlain: false }, value };
}

function readBasic(cursor: TextCursor): TomlText {
  const start = ++cursor.at;
  let hasEscapes = false;
  while (!cursor.skip('"')) {
    if (cursor.peek() === '\\' && !/[\r\n]|^$/.test(cursor.peek(1))) {
      hasEscapes = true;
      cursor.at += 2;
    } else if (cursor.take(basicCharacters) === '') {
      throw unclosed(cursor);
    }
  }
  const end = cursor.at - 1;
  const raw = cursor.content.slice(start, end);
  if (hasEscapes) return { node: otherNode('a text with escapes'), value: unescaped(raw) };
  return { node: { kind: 'text', start, end, isPlain: false }, value: raw };
}

/** Three quotes; one or two more may stand right before the end and belong to the text. */
function readLong(cursor: TextCursor, quote: '"' | "'"): TomlText {
  const close = quote.repeat(3);
  const start = cursor.at;
  while (!cursor.skip(close)) {
    if (cursor.isDone) throw unclosed(cursor);
    if (quote === "'") cursor.at = endBefore(cursor, close);
    else if (cursor.peek() === '\\') cursor.at += 2;
    else if (cursor.take(longCharacters) === '') cursor.at += 1;
  }
  const end = cursor.at - 3;
  if (cursor.skip(quote)) cursor.skip(quote);
  return { node: otherNode('a text in three quotes'), value: cursor.content.slice(start, end) };
}

function endBefore(cursor: TextCursor, close: string): number {
  const end = cursor.content.indexOf(close, cursor.at);
  return end === -1 ? cursor.content.length : end;
}

/** JSON knows nearly the same escapes; a key with another one is equal to no name that is looked for. */
function unescaped(raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return `"${raw}"`;
  }
}

function unclosed(cursor: TextCursor): MalformedDocument {
  return new MalformedDocument('TOML', cursor.at, 'a text is not closed');
}
