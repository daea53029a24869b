import { MalformedDocument } from './malformed-document.ts';
import { TextCursor } from './text-cursor.ts';

/** A name that a build script gives a value. */
export interface GradleSetting {
  /** With the blocks around it: `android.defaultConfig.versionName`. */
  readonly name: string;
  /** The characters of the value where it is one text without parts to fill in. */
  readonly text: { readonly start: number; readonly end: number } | null;
}

/** What an open bracket belongs to. */
type Opened =
  | { readonly kind: 'block' }
  | { readonly kind: 'group' }
  /** `${…}` in a text, which goes on behind it. */
  | { readonly kind: 'hole'; readonly quotes: string };

const blanks = /[ \t\f]+/y;
const lineEnd = /[\r\n]+/y;
const restOfLine = /[^\r\n]*/y;
const words = /[\p{L}_][\p{L}\p{N}_.]*/uy;
const declaration = /(?:(?:const|val|var|def|final|String)[ \t]+)+/y;
const statement =
  /([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)(?:[ \t]*:[ \t]*String)?([ \t]*=(?!=)[ \t]*|[ \t]*(?=["']))/uy;
const blockName = /([\p{L}_][\p{L}\p{N}_.]*)[ \t]*\{/uy;
const plainText = /"([^"\\$\r\n]*)"|'([^'\\\r\n]*)'/y;
const endOfStatement = /[ \t]*(?:[;}\r\n]|\/\/|\/\*|$)/y;
const slashText = /\/(?:[^/\\\r\n]|\\.)+\//y;

/** Reads the settings of a Groovy or Kotlin build script. Throws `MalformedDocument`. */
export function readGradle(content: string): readonly GradleSetting[] {
  return new GradleReader(content).read();
}

class GradleReader {
  readonly #cursor: TextCursor;
  readonly #settings: GradleSetting[] = [];
  readonly #open: Opened[] = [];
  /** For each block around: its name after those of the blocks around it, with a dot behind. */
  readonly #prefixes: string[] = [];
  #startsStatement = true;
  /** The last character that means something: before a slash it tells a division from a text. */
  #before = '';

  constructor(content: string) {
    this.#cursor = new TextCursor(content);
  }

  read(): readonly GradleSetting[] {
    while (!this.#cursor.isDone) {
      if (this.#passBlanks()) continue;
      if (this.#startsStatement && this.#readStatement()) continue;
      this.#startsStatement = false;
      const sign = this.#cursor.peek();
      if (sign === '"' || sign === "'") this.#passText();
      else if (!this.#passSlashText() && this.#cursor.take(words) === '') this.#passSign(sign);
      this.#before = this.#cursor.content[this.#cursor.at - 1] ?? '';
    }
    if (this.#open.length > 0) throw this.#malformed('a bracket is not closed');
    return this.#settings;
  }

  #passBlanks(): boolean {
    if (this.#cursor.take(lineEnd) !== '') {
      this.#startsStatement = this.#open.at(-1)?.kind !== 'group';
      return true;
    }
    if (this.#cursor.isAt('//') || this.#cursor.isAt('#!')) return this.#cursor.take(restOfLine) !== '';
    if (this.#cursor.skip('/*')) {
      if (!this.#cursor.skipPast('*/')) throw this.#malformed('a comment is not closed');
      return true;
    }
    return this.#cursor.take(blanks) !== '';
  }

  /** A setting or the name of a block; the value stands before the cursor then. */
  #readStatement(): boolean {
    const { content } = this.#cursor;
    const isDeclared = this.#cursor.take(declaration) !== '';
    blockName.lastIndex = this.#cursor.at;
    const block = blockName.exec(content)?.[1];
    if (block !== undefined) {
      this.#cursor.at = blockName.lastIndex;
      this.#openBlock(block);
      return true;
    }
    statement.lastIndex = this.#cursor.at;
    const name = statement.exec(content)?.[1];
    if (name === undefined) return isDeclared;
    this.#cursor.at = statement.lastIndex;
    this.#startsStatement = false;
    this.#before = '=';
    // A variable of this name is not the project's version.
    if (isDeclared && name === 'version') return true;
    const prefix = this.#prefixes.at(-1) ?? '';
    const own = prefix === '' ? name.replace(/^(?:project|this)\./, '') : name;
    this.#settings.push({ name: prefix + own, text: textAt(content, this.#cursor.at) });
    return true;
  }

  #openBlock(name: string): void {
    this.#prefixes.push(`${this.#prefixes.at(-1) ?? ''}${name}.`);
    this.#open.push({ kind: 'block' });
    this.#startsStatement = true;
    this.#before = '{';
  }

  #passSign(sign: string): void {
    this.#cursor.at += 1;
    if (sign === ';') this.#startsStatement = this.#open.at(-1)?.kind !== 'group';
    else if (sign === '(' || sign === '[') this.#open.push({ kind: 'group' });
    else if (sign === '{') this.#openBlock('{');
    else if (sign === ')' || sign === ']' || sign === '}') this.#close();
  }

  #close(): void {
    const closed = this.#open.pop();
    if (closed === undefined) throw this.#malformed('a bracket is closed that was not opened');
    if (closed.kind === 'block') this.#prefixes.pop();
    if (closed.kind === 'hole') this.#passTextUntil(closed.quotes);
    this.#startsStatement = closed.kind === 'block';
  }

  #passText(): void {
    const quote = this.#cursor.peek();
    const quotes = this.#cursor.isAt(quote.repeat(3)) ? quote.repeat(3) : quote;
    this.#cursor.at += quotes.length;
    this.#passTextUntil(quotes);
  }

  /** To the end of the text, or into a `${…}` of it, which is read like the script around it. */
  #passTextUntil(quotes: string): void {
    const hasHoles = quotes.startsWith('"');
    while (!this.#cursor.skip(quotes)) {
      const sign = this.#cursor.peek();
      if (sign === '' || (quotes.length === 1 && /[\r\n]/.test(sign))) throw this.#malformed('a text is not closed');
      if (hasHoles && this.#cursor.skip('${')) {
        this.#open.push({ kind: 'hole', quotes });
        return;
      }
      this.#cursor.at += sign === '\\' ? 2 : 1;
    }
  }

  #passSlashText(): boolean {
    return this.#cursor.peek() === '/' && /^[=(,~:[{]?$/.test(this.#before) && this.#cursor.take(slashText) !== '';
  }

  #malformed(reason: string): MalformedDocument {
    return new MalformedDocument('a build script', this.#cursor.at, reason);
  }
}

function textAt(content: string, at: number): GradleSetting['text'] {
  plainText.lastIndex = at;
  const match = plainText.exec(content);
  if (match === null) return null;
  endOfStatement.lastIndex = plainText.lastIndex;
  if (!endOfStatement.test(content)) return null;
  return { start: at + 1, end: plainText.lastIndex - 1 };
}
