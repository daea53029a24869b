import { addEntry, type DocumentNode, emptyMapNode, type ListNode, type MapNode, otherNode } from './document-node.ts';
import { TextCursor } from './text-cursor.ts';
import { passBlockText } from './yaml-block-text.ts';
import { passProperties, readAlias, readFlow } from './yaml-flow.ts';
import {
  endsKey,
  isBlank,
  malformedYaml,
  passPlainLine,
  plainNode,
  readQuoted,
  startsPlain,
  type YamlScalar,
} from './yaml-scalar.ts';

/** A map or list in block style that may go on. */
interface Block {
  readonly node: MapNode | ListNode;
  /** The column of its keys or dashes. */
  readonly indent: number;
  /** A map's last key. */
  key: string;
}

const spaces = / */y;
const blanks = /[ \t]+/y;
const comment = /#[^\r\n]*/y;
const lineEnd = /\r\n|[\r\n]/y;
const restOfLine = /[^\r\n]*/y;
const marker = /(?:---|\.\.\.)(?=[ \t\r\n]|$)/y;

/** Reads the documents of a YAML file, in order; empty ones are left out. Throws `MalformedDocument`. */
export function readYaml(content: string): readonly DocumentNode[] {
  return new YamlReader(content).read();
}

class YamlReader {
  readonly #cursor: TextCursor;
  readonly #documents: DocumentNode[] = [];
  #open: Block[] = [];
  #root: DocumentNode | null = null;
  /** The last key or dash, or the document, has no value yet. */
  #isPending = true;

  constructor(content: string) {
    this.#cursor = new TextCursor(content);
  }

  read(): readonly DocumentNode[] {
    while (!this.#cursor.isDone) {
      this.#readLine();
      if (this.#cursor.take(lineEnd) === '' && !this.#cursor.isDone) {
        throw malformedYaml(this.#cursor, 'something follows the value on its line');
      }
    }
    this.#endDocument();
    return this.#documents;
  }

  #readLine(): void {
    const mark = this.#cursor.take(marker);
    if (mark !== '') {
      this.#endDocument();
      if (mark === '---') this.#readValue();
      return this.#passComment();
    }
    if (this.#cursor.peek() === '%' && this.#isAtStart()) {
      this.#cursor.take(restOfLine);
      return;
    }
    const column = this.#cursor.take(spaces).length;
    const isIndentedByTab = this.#cursor.peek() === '\t';
    this.#passComment();
    if (this.#isAtLineEnd()) return;
    if (isIndentedByTab) throw malformedYaml(this.#cursor, 'a line is indented by a tab');
    this.#readContent(column);
    this.#passComment();
  }

  /** What stands on a line: dashes, then an entry of a map or a value. */
  #readContent(from: number): void {
    let column = from;
    while (this.#cursor.peek() === '-' && endsKey(this.#cursor, false)) {
      this.#openItem(column);
      this.#cursor.at += 1;
      column += 1 + this.#cursor.take(blanks).length;
      if (this.#isAtLineEnd() || this.#cursor.peek() === '#') return;
    }
    if (this.#cursor.peek() === '?' && endsKey(this.#cursor, false)) {
      throw malformedYaml(this.#cursor, 'keys that begin with a question mark are not read');
    }
    this.#closeBlocks(column);
    if (passProperties(this.#cursor) && this.#isAtLineEnd()) return this.#needPlace(column);
    this.#readEntryOrValue(column);
  }

  #readEntryOrValue(column: number): void {
    const sign = this.#cursor.peek();
    const isScalar = sign === '*' || sign === '"' || sign === "'" || startsPlain(this.#cursor, false);
    if (!isScalar) {
      this.#needPlace(column);
      return this.#readValue();
    }
    const scalar = this.#readScalar(column);
    if (this.#cursor.peek() === ':' && endsKey(this.#cursor, false) && !scalar.isLong) {
      this.#openEntry(column, scalar.name);
      this.#cursor.at += 1;
      return this.#readValue();
    }
    this.#needPlace(column);
    this.#setValue(scalar.node);
  }

  /** A value behind a colon, a dash or `---`, or on a line of its own; none where the line ends. */
  #readValue(): void {
    this.#cursor.take(blanks);
    passProperties(this.#cursor);
    const sign = this.#cursor.peek();
    if (this.#isAtLineEnd() || sign === '#') return;
    if (sign === '[' || sign === '{') {
      this.#setValue(readFlow(this.#cursor));
    } else if (sign === '|' || sign === '>') {
      passBlockText(this.#cursor, this.#indent());
      this.#setValue(otherNode('a block of text'));
    } else {
      this.#setValue(this.#readScalar(this.#indent() + 1).node);
      if (this.#cursor.peek() === ':') throw malformedYaml(this.#cursor, 'a value has a key in it');
    }
  }

  /** A text or an alias; the blanks behind it are passed. A text without quotes may go on in deeper lines. */
  #readScalar(column: number): YamlScalar {
    const scalar = readAlias(this.#cursor) ?? this.#readText(column);
    this.#cursor.take(blanks);
    return scalar;
  }

  #readText(column: number): YamlScalar {
    if (/["']/.test(this.#cursor.peek())) return readQuoted(this.#cursor);
    if (!startsPlain(this.#cursor, false)) throw malformedYaml(this.#cursor, 'a value is missing');
    const start = this.#cursor.at;
    let end = passPlainLine(this.#cursor, false);
    let isLong = false;
    const isKey = this.#cursor.peek() === ':';
    while (!isKey && this.#goesOn(Math.min(this.#indent(), column - 1))) {
      isLong = true;
      end = passPlainLine(this.#cursor, false);
      if (this.#cursor.peek() === ':') throw malformedYaml(this.#cursor, 'a value has a key in it');
    }
    const node = plainNode(this.#cursor, start, end, isLong);
    return { node, name: this.#cursor.content.slice(start, end), isQuoted: false, isLong };
  }

  /** At the end of a line: steps to the text of the next one where it belongs to the same value. */
  #goesOn(indent: number): boolean {
    const before = this.#cursor.at;
    let column = 0;
    while (this.#cursor.take(lineEnd) !== '') {
      if (this.#cursor.take(marker) !== '') break;
      column = this.#cursor.take(spaces).length;
      this.#cursor.take(blanks);
      if (this.#isAtLineEnd() && !this.#cursor.isDone) continue;
      if (column > indent && !this.#cursor.isDone && this.#cursor.peek() !== '#') return true;
      break;
    }
    this.#cursor.at = before;
    return false;
  }

  #openItem(column: number): void {
    while ((this.#open.at(-1)?.indent ?? -1) > column) this.#close();
    const top = this.#open.at(-1);
    if (top?.node.kind === 'list' && top.indent === column) this.#fillEmpty();
    else this.#openBlock({ kind: 'list', items: [] }, column, top?.node.kind === 'map' ? column : column - 1);
    this.#isPending = true;
  }

  #openEntry(column: number, key: string): void {
    const top = this.#open.at(-1);
    if (top?.node.kind === 'map' && top.indent === column) this.#fillEmpty();
    else this.#openBlock(emptyMapNode(), column, column - 1);
    const block = this.#open.at(-1);
    if (block !== undefined) block.key = key;
    this.#isPending = true;
  }

  /** `highest`: the parent's column may not be greater. */
  #openBlock(node: MapNode | ListNode, column: number, highest: number): void {
    if (!this.#isPending || this.#indent() > highest)
      throw malformedYaml(this.#cursor, 'a line is not indented like those before it');
    this.#setValue(node);
    this.#open.push({ node, indent: column, key: '' });
  }

  /** Leaves the blocks that a line at this column does not belong to, a list at the column of its parent's keys too. */
  #closeBlocks(column: number): void {
    while (this.#indent() > column) this.#close();
    const [parent, top] = this.#open.slice(-2);
    if (top?.node.kind === 'list' && top.indent === column && parent?.indent === column) this.#close();
  }

  #close(): void {
    this.#fillEmpty();
    this.#open.pop();
  }

  #fillEmpty(): void {
    if (this.#isPending) this.#setValue(otherNode('nothing'));
  }

  #setValue(node: DocumentNode): void {
    const top = this.#open.at(-1);
    if (top === undefined) this.#root = node;
    else if (top.node.kind === 'map') addEntry(top.node, top.key, node);
    else top.node.items.push(node);
    this.#isPending = false;
  }

  #needPlace(column: number): void {
    if (!this.#isPending || this.#indent() >= column) {
      throw malformedYaml(this.#cursor, 'a line is neither a key nor the value of one');
    }
  }

  #endDocument(): void {
    while (this.#open.length > 0) this.#close();
    if (this.#root !== null) this.#documents.push(this.#root);
    this.#root = null;
    this.#isPending = true;
  }

  #isAtStart(): boolean {
    return this.#root === null && this.#isPending;
  }

  #indent(): number {
    return this.#open.at(-1)?.indent ?? -1;
  }

  #passComment(): void {
    this.#cursor.take(blanks);
    const before = this.#cursor.content[this.#cursor.at - 1];
    if (before === undefined || isBlank(before) || before === '\uFEFF') this.#cursor.take(comment);
  }

  #isAtLineEnd(): boolean {
    return this.#cursor.isDone || /[\r\n]/.test(this.#cursor.peek());
  }
}
