import {
  addEntry,
  type DocumentNode,
  emptyMapNode,
  kindOfNode,
  type ListNode,
  type MapNode,
  otherNode,
} from './document-node.ts';
import { MalformedDocument } from './malformed-document.ts';
import { TextCursor } from './text-cursor.ts';
import { readTomlText } from './toml-text.ts';

const spaces = /[ \t]+/y;
const comment = /#[^\r\n]*/y;
const blanks = /[ \t\r\n]+/y;
const bareKey = /[\p{L}\p{N}_-]+/uy;
// A date may have a blank before its time.
const bareValue = /[\w+.:-]+(?: \d\d:[\w+.:-]+)?/y;

/** Reads TOML. Throws `MalformedDocument`. */
export function readToml(content: string): MapNode {
  const cursor = new TextCursor(content);
  const root = emptyMapNode();
  const headers = new Set<MapNode>();
  let table = root;
  for (skipBlankLines(cursor); !cursor.isDone; skipBlankLines(cursor)) {
    if (cursor.peek() === '[') table = openTable(cursor, root, headers);
    else readAssignment(cursor, table);
    endLine(cursor);
  }
  return root;
}

function openTable(cursor: TextCursor, root: MapNode, headers: Set<MapNode>): MapNode {
  const isItem = cursor.skip('[[');
  if (!isItem) cursor.at += 1;
  const names = readKey(cursor);
  if (!cursor.skip(isItem ? ']]' : ']')) throw malformed(cursor, 'the header of a table is not closed');
  const last = names.at(-1) ?? '';
  const parent = tableAt(cursor, root, names.slice(0, -1));
  if (isItem) return addItem(cursor, parent, last);
  const table = tableAt(cursor, parent, [last]);
  if (headers.has(table)) {
    parent.repeated ??= new Set();
    parent.repeated.add(last);
  }
  headers.add(table);
  return table;
}

function addItem(cursor: TextCursor, parent: MapNode, name: string): MapNode {
  const known = parent.entries.get(name);
  if (known !== undefined && known.kind !== 'list')
    throw malformed(cursor, `\`${name}\` is ${kindOfNode(known)} already`);
  const list: ListNode = known ?? { kind: 'list', items: [] };
  if (known === undefined) addEntry(parent, name, list);
  const item = emptyMapNode();
  list.items.push(item);
  return item;
}

/** The table under the names, made where it is missing; of a list of tables its last item. */
function tableAt(cursor: TextCursor, from: MapNode, names: readonly string[]): MapNode {
  let table = from;
  for (const name of names) {
    const known = table.entries.get(name);
    const next: DocumentNode = (known?.kind === 'list' ? known.items.at(-1) : known) ?? emptyMapNode();
    if (next.kind !== 'map') throw malformed(cursor, `\`${name}\` is ${kindOfNode(next)} and not a table`);
    if (known === undefined) addEntry(table, name, next);
    table = next;
  }
  return table;
}

function readAssignment(cursor: TextCursor, table: MapNode): void {
  const names = readKey(cursor);
  const parent = tableAt(cursor, table, names.slice(0, -1));
  readEquals(cursor);
  addEntry(parent, names.at(-1) ?? '', readValue(cursor));
}

function readEquals(cursor: TextCursor): void {
  if (!cursor.skip('=')) throw malformed(cursor, 'an equals sign is missing behind the key');
}

function readKey(cursor: TextCursor): readonly string[] {
  const names: string[] = [];
  do {
    cursor.take(spaces);
    names.push(readName(cursor));
    cursor.take(spaces);
  } while (cursor.skip('.'));
  return names;
}

function readName(cursor: TextCursor): string {
  if (cursor.isAt('"""') || cursor.isAt("'''")) throw malformed(cursor, 'a key has three quotes');
  if (/["']/.test(cursor.peek())) return readTomlText(cursor).value;
  const name = cursor.take(bareKey);
  if (name === '') throw malformed(cursor, 'a key is missing');
  return name;
}

interface Frame {
  readonly node: MapNode | ListNode;
  /** Where the value that is being read belongs in an inline table. */
  slot: { readonly table: MapNode; readonly name: string } | null;
}

/** A value with everything in it. The stack is our own, since a hostile document is nested without end. */
function readValue(cursor: TextCursor): DocumentNode {
  const open: Frame[] = [];
  for (;;) {
    cursor.take(spaces);
    let value = readStart(cursor);
    if (value.kind === 'map' || value.kind === 'list') {
      const frame: Frame = { node: value, slot: null };
      open.push(frame);
      if (!closes(cursor, frame.node)) {
        frame.slot = nextSlot(cursor, frame.node);
        continue;
      }
      open.pop();
    }
    for (;;) {
      const frame = open.at(-1);
      if (frame === undefined) return value;
      if (frame.node.kind === 'list') frame.node.items.push(value);
      else if (frame.slot !== null) addEntry(frame.slot.table, frame.slot.name, value);
      if (!isEnd(cursor, frame.node)) {
        frame.slot = nextSlot(cursor, frame.node);
        break;
      }
      open.pop();
      value = frame.node;
    }
  }
}

/** Behind an item: true at the end of the collection, false where another item follows. */
function isEnd(cursor: TextCursor, node: MapNode | ListNode): boolean {
  if (closes(cursor, node)) return true;
  if (!cursor.skip(',')) throw malformed(cursor, 'a comma or the end of the collection is missing');
  return closes(cursor, node);
}

function closes(cursor: TextCursor, node: MapNode | ListNode): boolean {
  skipBlankLines(cursor);
  return cursor.skip(node.kind === 'map' ? '}' : ']');
}

function nextSlot(cursor: TextCursor, node: MapNode | ListNode): Frame['slot'] {
  if (node.kind === 'list') return null;
  const names = readKey(cursor);
  const table = tableAt(cursor, node, names.slice(0, -1));
  readEquals(cursor);
  return { table, name: names.at(-1) ?? '' };
}

function readStart(cursor: TextCursor): DocumentNode {
  if (cursor.skip('{')) return emptyMapNode();
  if (cursor.skip('[')) return { kind: 'list', items: [] };
  if (/["']/.test(cursor.peek())) return readTomlText(cursor).node;
  const text = cursor.take(bareValue);
  if (text === '') throw malformed(cursor, 'a value is missing');
  return otherNode(text === 'true' || text === 'false' ? `\`${text}\`` : 'a value without quotes');
}

function endLine(cursor: TextCursor): void {
  cursor.take(spaces);
  cursor.take(comment);
  if (!cursor.isDone && !/[\r\n]/.test(cursor.peek()))
    throw malformed(cursor, 'something follows the value on its line');
}

function skipBlankLines(cursor: TextCursor): void {
  while (cursor.take(blanks) !== '' || cursor.take(comment) !== '');
}

function malformed(cursor: TextCursor, reason: string): MalformedDocument {
  return new MalformedDocument('TOML', cursor.at, reason);
}
