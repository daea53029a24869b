import { addEntry, type DocumentNode, emptyMapNode, type ListNode, type MapNode, otherNode } from './document-node.ts';
import { MalformedDocument } from './malformed-document.ts';
import { TextCursor } from './text-cursor.ts';

type State =
  /** A value must follow. */
  | 'value'
  /** A key, an item or the end of the collection. */
  | 'inside'
  /** A comma or the end of the collection. */
  | 'behind';

const blanks = /[ \t\r\n]+/y;
const restOfLine = /[^\r\n]*/y;
const plainCharacters = /[^"\\\r\n]+/y;
const word = /(?:true|false|null)(?![\w$])/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w$.])/y;

/**
 * Reads JSON; comments and commas behind the last item are let pass, as files for people have them. Throws
 * `MalformedDocument`.
 */
export function readJson(content: string): DocumentNode {
  const cursor = new TextCursor(content);
  // Collections that are not closed yet: a stack of our own, since a hostile document is nested without end.
  const open: (MapNode | ListNode)[] = [];
  let root: DocumentNode | null = null;
  let key = '';
  let state: State = 'value';

  const add = (node: DocumentNode): void => {
    const top = open.at(-1);
    if (top === undefined) root = node;
    else if (top.kind === 'map') addEntry(top, key, node);
    else top.items.push(node);
  };

  for (skipBlanks(cursor); !cursor.isDone; skipBlanks(cursor)) {
    const top = open.at(-1);
    if (state === 'value') {
      const node = readValue(cursor);
      add(node);
      const isOpened = node.kind === 'map' || node.kind === 'list';
      if (isOpened) open.push(node);
      state = isOpened ? 'inside' : 'behind';
    } else if (top !== undefined && cursor.skip(top.kind === 'map' ? '}' : ']')) {
      open.pop();
      state = 'behind';
    } else if (state === 'behind') {
      if (top === undefined) throw malformed(cursor, 'something follows the end');
      if (!cursor.skip(',')) throw malformed(cursor, 'a comma or the end of the collection is missing');
      state = 'inside';
    } else {
      if (top?.kind === 'map') key = readKey(cursor);
      state = 'value';
    }
  }
  if (root === null) throw malformed(cursor, 'it is empty');
  if (open.length > 0) throw malformed(cursor, 'it ends inside a map or list');
  return root;
}

function readValue(cursor: TextCursor): DocumentNode {
  if (cursor.skip('{')) return emptyMapNode();
  if (cursor.skip('[')) return { kind: 'list', items: [] };
  if (cursor.peek() === '"') {
    const { start, end, hasEscapes } = readText(cursor);
    return hasEscapes ? otherNode('a text with escapes') : { kind: 'text', start, end, isPlain: false };
  }
  const literal = cursor.take(word);
  if (literal !== '') return otherNode(`\`${literal}\``);
  const start = cursor.at;
  if (cursor.take(number) !== '') return { kind: 'number', start, end: cursor.at };
  throw malformed(cursor, 'a value is missing');
}

function readKey(cursor: TextCursor): string {
  if (cursor.peek() !== '"') throw malformed(cursor, 'a key in double quotes is missing');
  const { start, end, hasEscapes } = readText(cursor);
  skipBlanks(cursor);
  if (!cursor.skip(':')) throw malformed(cursor, 'a colon is missing behind the key');
  const raw = cursor.content.slice(start, end);
  return hasEscapes ? unescaped(cursor, raw) : raw;
}

function unescaped(cursor: TextCursor, raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    throw malformed(cursor, 'a key has an escape that means nothing');
  }
}

interface Text {
  readonly start: number;
  readonly end: number;
  readonly hasEscapes: boolean;
}

function readText(cursor: TextCursor): Text {
  const start = ++cursor.at;
  let hasEscapes = false;
  while (!cursor.skip('"')) {
    if (cursor.peek() === '\\') {
      hasEscapes = true;
      cursor.at += 2;
    } else if (cursor.take(plainCharacters) === '') {
      throw malformed(cursor, 'a text is not closed on its line');
    }
  }
  return { start, end: cursor.at - 1, hasEscapes };
}

function skipBlanks(cursor: TextCursor): void {
  for (;;) {
    cursor.take(blanks);
    if (cursor.isAt('//')) cursor.take(restOfLine);
    else if (!cursor.isAt('/*')) return;
    else {
      cursor.at += 2;
      if (!cursor.skipPast('*/')) throw malformed(cursor, 'a comment is not closed');
    }
  }
}

function malformed(cursor: TextCursor, reason: string): MalformedDocument {
  return new MalformedDocument('JSON', cursor.at, reason);
}
