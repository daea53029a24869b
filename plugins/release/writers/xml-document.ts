import { MalformedDocument } from './malformed-document.ts';
import { TextCursor } from './text-cursor.ts';

/** What a reader of XML meets, in order. Names are local: without the prefix of their namespace. */
export type XmlEvent =
  | { readonly kind: 'opened'; readonly name: string; readonly attributes: readonly XmlAttribute[] }
  | { readonly kind: 'closed' }
  /** A run of characters or a section of character data; a comment ends a run. */
  | { readonly kind: 'text'; readonly start: number; readonly end: number };

export interface XmlAttribute {
  readonly name: string;
  /** The value, without quotes. */
  readonly start: number;
  readonly end: number;
}

const blanks = /[ \t\r\n]+/y;
const nameCharacters = /[^\s<>/="'&]+/y;
const characters = /[^<]+/y;
const doctypeCharacters = /[^<>"'[\]]+/y;

/** Reads XML: well-formed tags, one root element. Throws `MalformedDocument`. */
export function* readXml(content: string): Generator<XmlEvent> {
  const cursor = new TextCursor(content);
  const open: string[] = [];
  let hasRoot = false;
  while (!cursor.isDone) {
    const start = cursor.at;
    if (cursor.take(characters) !== '') {
      if (open.length > 0) yield { kind: 'text', start, end: cursor.at };
      else if (/\S/.test(content.slice(start, cursor.at)))
        throw malformed(cursor, 'a text stands outside the root element');
    } else if (cursor.skip('<![CDATA[')) {
      passUntil(cursor, ']]>', 'a section of character data');
      if (open.length === 0) throw malformed(cursor, 'a text stands outside the root element');
      yield { kind: 'text', start: start + '<![CDATA['.length, end: cursor.at - ']]>'.length };
    } else if (cursor.skip('</')) {
      const name = readName(cursor);
      cursor.take(blanks);
      if (!cursor.skip('>') || open.pop() !== name) throw malformed(cursor, `the end of \`${name}\` is not expected`);
      yield { kind: 'closed' };
    } else if (!passMarkup(cursor)) {
      cursor.at += 1;
      if (hasRoot && open.length === 0) throw malformed(cursor, 'there is a second root element');
      hasRoot = true;
      const name = readName(cursor);
      yield { kind: 'opened', name: localName(name), attributes: readAttributes(cursor) };
      if (cursor.skip('/>')) yield { kind: 'closed' };
      else if (cursor.skip('>')) open.push(name);
      else throw malformed(cursor, `the tag of \`${name}\` is not closed`);
    }
  }
  if (open.length > 0) throw malformed(cursor, `\`${open.at(-1)}\` is not closed`);
  if (!hasRoot) throw malformed(cursor, 'there is no element');
}

/** Passes what is neither an element nor its text; false where an element begins. */
function passMarkup(cursor: TextCursor): boolean {
  if (cursor.skip('<!--')) passUntil(cursor, '-->', 'a comment');
  else if (cursor.skip('<?')) passUntil(cursor, '?>', 'a processing instruction');
  else if (cursor.skip('<!DOCTYPE')) passDoctype(cursor);
  else return false;
  return true;
}

/** Up to its end: quotes, comments and the declarations between brackets may hold a `>`. */
function passDoctype(cursor: TextCursor): void {
  let depth = 1;
  let isInside = false;
  while (depth > 0) {
    if (cursor.isDone) throw malformed(cursor, 'the document type is not closed');
    if (cursor.take(doctypeCharacters) !== '') continue;
    const sign = cursor.peek();
    if (cursor.skip('<!--')) passUntil(cursor, '-->', 'a comment');
    else if (cursor.skip('<?')) passUntil(cursor, '?>', 'a processing instruction');
    else {
      cursor.at += 1;
      if (sign === '"' || sign === "'") passUntil(cursor, sign, 'a text');
      else if (sign === '<') depth++;
      else if (sign === '>') depth--;
      else isInside = sign === '[';
      if (depth === 0 && isInside) throw malformed(cursor, 'the document type is not closed');
    }
  }
}

function readAttributes(cursor: TextCursor): readonly XmlAttribute[] {
  const attributes: XmlAttribute[] = [];
  for (;;) {
    cursor.take(blanks);
    if (cursor.isDone || cursor.peek() === '>' || cursor.peek() === '/') return attributes;
    const name = localName(readName(cursor));
    cursor.take(blanks);
    if (!cursor.skip('=')) throw malformed(cursor, `the attribute \`${name}\` has no value`);
    cursor.take(blanks);
    const quote = cursor.peek();
    if (quote !== '"' && quote !== "'") throw malformed(cursor, `the attribute \`${name}\` has no quotes`);
    const start = ++cursor.at;
    passUntil(cursor, quote, `the attribute \`${name}\``);
    attributes.push({ name, start, end: cursor.at - 1 });
  }
}

function readName(cursor: TextCursor): string {
  const name = cursor.take(nameCharacters);
  if (name === '') throw malformed(cursor, 'a name is missing');
  return name;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function passUntil(cursor: TextCursor, end: string, what: string): void {
  if (!cursor.skipPast(end)) throw malformed(cursor, `${what} is not closed`);
}

function malformed(cursor: TextCursor, reason: string): MalformedDocument {
  return new MalformedDocument('XML', cursor.at, reason);
}
