import { type DocumentNode, otherNode } from './document-node.ts';
import { MalformedDocument } from './malformed-document.ts';
import type { TextCursor } from './text-cursor.ts';

/** A text in a YAML document, before it is known whether it is a key or a value. */
export interface YamlScalar {
  readonly node: DocumentNode;
  /** What it says as a key. */
  readonly name: string;
  readonly isQuoted: boolean;
  readonly isLong: boolean;
}

const singleQuoted = /[^'\r\n]+/y;
const doubleQuoted = /[^"\\\r\n]+/y;
const lineEnds = /[\r\n]+/y;

/** Reads a text from its opening quote to its closing one. Throws `MalformedDocument`. */
export function readQuoted(cursor: TextCursor): YamlScalar {
  const quote = cursor.peek();
  const start = ++cursor.at;
  let hasEscapes = false;
  let isLong = false;
  for (;;) {
    if (cursor.take(quote === '"' ? doubleQuoted : singleQuoted) !== '') continue;
    if (cursor.isAt("''") && quote === "'") {
      hasEscapes = true;
      cursor.at += 2;
    } else if (cursor.skip(quote)) {
      break;
    } else if (cursor.take(lineEnds) !== '') {
      isLong = true;
    } else if (cursor.peek() === '\\') {
      hasEscapes = true;
      cursor.at += 2;
    } else {
      throw malformedYaml(cursor, 'a text is not closed');
    }
  }
  const end = cursor.at - 1;
  const raw = cursor.content.slice(start, end);
  return {
    node: quotedNode(start, end, hasEscapes, isLong),
    name: hasEscapes ? unescaped(raw, quote) : raw,
    isQuoted: true,
    isLong,
  };
}

function quotedNode(start: number, end: number, hasEscapes: boolean, isLong: boolean): DocumentNode {
  if (isLong) return otherNode('a text over several lines');
  if (hasEscapes) return otherNode('a text with escapes');
  return { kind: 'text', start, end, isPlain: false };
}

/** JSON knows most of the escapes; a key with another one is equal to no name that is looked for. */
function unescaped(raw: string, quote: string): string {
  if (quote === "'") return raw.replaceAll("''", "'");
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return `"${raw}"`;
  }
}

/** Passes the part of a text without quotes that stands on this line; gives its end, without the blanks behind it. */
export function passPlainLine(cursor: TextCursor, isFlow: boolean): number {
  let end = cursor.at;
  for (; !cursor.isDone; cursor.at++) {
    const sign = cursor.peek();
    if (sign === '\n' || sign === '\r') break;
    if (isFlow && isFlowSign(sign)) break;
    if (sign === ':' && endsKey(cursor, isFlow)) break;
    if (sign === ' ' || sign === '\t') continue;
    if (sign === '#' && end < cursor.at) break;
    end = cursor.at + 1;
  }
  return end;
}

/** True at a colon that ends a key. */
export function endsKey(cursor: TextCursor, isFlow: boolean): boolean {
  const next = cursor.peek(1);
  return next === '' || isBlank(next) || (isFlow && isFlowSign(next));
}

/** True where a text without quotes can begin. */
export function startsPlain(cursor: TextCursor, isFlow: boolean): boolean {
  const sign = cursor.peek();
  if (sign === '-' || sign === '?' || sign === ':') return !endsKey(cursor, isFlow);
  return sign !== '' && !/[\s,[\]{}#&*!|>'"%@`]/.test(sign);
}

export function plainNode(cursor: TextCursor, start: number, end: number, isLong: boolean): DocumentNode {
  if (isLong) return otherNode('a text over several lines');
  const text = end - start > 5 ? '' : cursor.content.slice(start, end);
  if (/^(?:~|null|Null|NULL)$/.test(text)) return otherNode('nothing');
  if (/^(?:true|false)$/i.test(text)) return otherNode(`\`${text}\``);
  return { kind: 'text', start, end, isPlain: true };
}

export function isBlank(sign: string): boolean {
  return sign === ' ' || sign === '\t' || sign === '\n' || sign === '\r';
}

export function isFlowSign(sign: string): boolean {
  return sign === ',' || sign === '[' || sign === ']' || sign === '{' || sign === '}';
}

export function malformedYaml(cursor: TextCursor, reason: string): MalformedDocument {
  return new MalformedDocument('YAML', cursor.at, reason);
}
