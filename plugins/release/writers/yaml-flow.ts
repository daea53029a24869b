import { addEntry, type DocumentNode, emptyMapNode, type ListNode, type MapNode, otherNode } from './document-node.ts';
import type { TextCursor } from './text-cursor.ts';
import {
  endsKey,
  isBlank,
  isFlowSign,
  malformedYaml,
  passPlainLine,
  plainNode,
  readQuoted,
  startsPlain,
  type YamlScalar,
} from './yaml-scalar.ts';

interface Frame {
  readonly node: MapNode | ListNode;
  /** A map of one entry that a list holds without braces. */
  readonly isPair: boolean;
  key: string;
}

type State =
  /** An item, an entry or the end of the collection. */
  | 'inside'
  /** The value of a key, which may be missing. */
  | 'value'
  /** A comma or the end of the collection. */
  | 'behind';

const blanks = /[ \t\r\n]+/y;
const comment = /#[^\r\n]*/y;
const aliasName = /\*[^\s,[\]{}]+/y;
const property = /![<][^>\s]*>|[&!][^\s,[\]{}]*/y;

/** Passes tags and anchors; true where there were any. */
export function passProperties(cursor: TextCursor): boolean {
  let passed = false;
  while (cursor.take(property) !== '') {
    passed = true;
    cursor.take(/[ \t]+/y);
  }
  return passed;
}

/** Reads an alias; `null` where there is none. */
export function readAlias(cursor: TextCursor): YamlScalar | null {
  const alias = cursor.take(aliasName);
  return alias === '' ? null : { node: otherNode('an alias'), name: alias, isQuoted: false, isLong: false };
}

/** Reads `[…]` or `{…}`, over any number of lines. The stack is our own: a hostile document is nested without end. */
export function readFlow(cursor: TextCursor): DocumentNode {
  const root = openedNode(cursor);
  const open: Frame[] = [{ node: root, isPair: false, key: '' }];
  let state: State = 'inside';
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    passBlanks(cursor);
    if (cursor.isDone) throw malformedYaml(cursor, 'a bracket is not closed');
    if (state === 'behind' && top.isPair) {
      open.pop();
    } else if (state !== 'value' && cursor.skip(top.node.kind === 'map' ? '}' : ']')) {
      open.pop();
      state = 'behind';
    } else if (state === 'behind') {
      if (!cursor.skip(',')) throw malformedYaml(cursor, 'a comma or a bracket is missing');
      state = 'inside';
    } else if (state === 'inside' && top.node.kind === 'map') {
      const scalar = readScalar(cursor);
      top.key = scalar.name;
      state = passColon(cursor, scalar) ? 'value' : 'behind';
      if (state === 'behind') addEntry(top.node, top.key, otherNode('nothing'));
    } else {
      state = readItem(cursor, open, top);
    }
  }
  return root;
}

/** An item of a list or the value of a key. */
function readItem(cursor: TextCursor, open: Frame[], top: Frame): State {
  const hasProperties = passProperties(cursor);
  passBlanks(cursor);
  const sign = cursor.peek();
  if (sign === '[' || sign === '{') {
    const node = openedNode(cursor);
    add(top, node);
    open.push({ node, isPair: false, key: '' });
    return 'inside';
  }
  if ((hasProperties || top.node.kind === 'map') && /[,\]}]/.test(sign)) {
    add(top, otherNode('nothing'));
    return 'behind';
  }
  const scalar = readScalar(cursor);
  if (top.node.kind === 'list' && passColon(cursor, scalar)) {
    const pair = emptyMapNode();
    add(top, pair);
    open.push({ node: pair, isPair: true, key: scalar.name });
    return 'value';
  }
  add(top, scalar.node);
  return 'behind';
}

function openedNode(cursor: TextCursor): MapNode | ListNode {
  if (cursor.skip('{')) return emptyMapNode();
  cursor.at += 1;
  return { kind: 'list', items: [] };
}

function add(frame: Frame, node: DocumentNode): void {
  if (frame.node.kind === 'map') addEntry(frame.node, frame.key, node);
  else frame.node.items.push(node);
}

function readScalar(cursor: TextCursor): YamlScalar {
  passProperties(cursor);
  passBlanks(cursor);
  const alias = readAlias(cursor);
  if (alias !== null) return alias;
  if (/["']/.test(cursor.peek())) return readQuoted(cursor);
  if (!startsPlain(cursor, true)) throw malformedYaml(cursor, 'a value is missing between brackets');
  return readPlain(cursor);
}

function readPlain(cursor: TextCursor): YamlScalar {
  const start = cursor.at;
  let end = passPlainLine(cursor, true);
  let isLong = false;
  for (;;) {
    const before = cursor.at;
    cursor.take(blanks);
    const sign = cursor.peek();
    if (before === cursor.at || sign === '#' || isFlowSign(sign) || cursor.isDone) break;
    if (sign === ':' && endsKey(cursor, true)) break;
    isLong = true;
    end = passPlainLine(cursor, true);
  }
  const node = plainNode(cursor, start, end, isLong);
  return { node, name: cursor.content.slice(start, end), isQuoted: false, isLong };
}

/** Behind a key in quotes the colon needs no blank after it. */
function passColon(cursor: TextCursor, key: YamlScalar): boolean {
  passBlanks(cursor);
  if (cursor.peek() !== ':' || !(key.isQuoted || endsKey(cursor, true))) return false;
  cursor.at += 1;
  return true;
}

function passBlanks(cursor: TextCursor): void {
  for (;;) {
    cursor.take(blanks);
    if (cursor.peek() !== '#' || !isBlank(cursor.content[cursor.at - 1] ?? '')) return;
    cursor.take(comment);
  }
}
