import { limits } from './limits.ts';
import { stopParsing } from './parse-stop.ts';

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly start: number; readonly end: number }
  | { readonly kind: 'text'; readonly value: string; readonly start: number; readonly end: number }
  | { readonly kind: 'name'; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: 'sign'; readonly sign: string; readonly start: number; readonly end: number }
  | { readonly kind: 'end'; readonly start: number; readonly end: number };

/** Characters of a name; a hyphen between two of them belongs to it. The same form as a step id. */
const namePattern = /[A-Za-z_](?:-?[A-Za-z0-9_])*/y;
const numberPattern = /0x[0-9a-fA-F]+|(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const spacePattern = /[ \t\r\n]*/y;
const signPattern = /===|!==|==|!=|<=|>=|=>|&&|\|\||\?\?|\?\.|[<>!?:+\-*/%.,()[\]}]/y;
const unicodeEscape = /u([0-9a-fA-F]{4})/y;

/**
 * Cuts an expression into tokens, from left to right, on demand. A template's end is a `}` token: braces inside texts
 * never come out as tokens, so the expression's own grammar finds the end.
 */
export class Lexer {
  readonly #text: string;
  readonly #start: number;
  #at: number;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#start = start;
    this.#at = start;
  }

  next(): Token {
    const token = this.#read();
    // A closing brace and the end stand behind the expression.
    const outside = token.kind === 'end' || (token.kind === 'sign' && token.sign === '}');
    if ((outside ? token.start : token.end) - this.#start > limits.length) this.#stopTooLong();
    return token;
  }

  #read(): Token {
    this.#match(spacePattern);
    const start = this.#at;
    if (start >= this.#text.length) return { kind: 'end', start, end: start };
    const character = this.#text[start] ?? '';
    if (character === "'" || character === '"') return this.#readText(start, character);
    if (isDigit(character)) return this.#readNumber(start);
    const name = this.#match(namePattern);
    if (name !== null) return { kind: 'name', name, start, end: this.#at };
    const sign = this.#match(signPattern);
    if (sign !== null) return { kind: 'sign', sign, start, end: this.#at };
    return this.#stopAtCharacter(start);
  }

  #readNumber(start: number): Token {
    const digits = this.#match(numberPattern) ?? '';
    const after = this.#text[this.#at] ?? '';
    const place = { start, end: this.#at };
    if (isDigit(after)) stopParsing(place, 'a number does not begin with 0');
    if (/[A-Za-z_]/.test(after)) stopParsing(place, `\`${digits}${after}\` is neither a number nor a name`);
    const value = Number(digits);
    if (!Number.isFinite(value)) stopParsing(place, `the number ${excerpt(digits)} is too large`);
    return { kind: 'number', value, ...place };
  }

  #readText(start: number, quote: string): Token {
    let value = '';
    let plainFrom = start + 1;
    // Looking further than an expression may reach would make many unclosed quotes quadratic.
    const last = Math.min(this.#text.length, this.#start + limits.length + 1);
    for (let at = start + 1; at < last; at++) {
      const character = this.#text[at];
      if (character === quote) {
        value += this.#text.slice(plainFrom, at);
        const doubled = quote === "'" && this.#text[at + 1] === "'";
        if (!doubled) {
          this.#at = at + 1;
          return { kind: 'text', value, start, end: this.#at };
        }
        at++;
        plainFrom = at;
      } else if (character === '\\') {
        value += this.#text.slice(plainFrom, at);
        const escaped = this.#readEscape(at + 1);
        value += escaped.value;
        at = escaped.end - 1;
        plainFrom = escaped.end;
      }
    }
    if (last < this.#text.length) return this.#stopTooLong();
    return stopParsing({ start, end: start + 1 }, `the text that begins here has no closing ${quote}`);
  }

  /** What stands after a backslash; anything but the known escapes leaves the backslash as it is. */
  #readEscape(at: number): { readonly value: string; readonly end: number } {
    const character = this.#text[at] ?? '';
    const known = escapes.get(character);
    if (known !== undefined) return { value: known, end: at + 1 };
    unicodeEscape.lastIndex = at;
    const code = unicodeEscape.exec(this.#text)?.[1];
    if (code !== undefined) return { value: String.fromCharCode(Number.parseInt(code, 16)), end: at + 5 };
    return { value: '\\', end: at };
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return null;
    this.#at = pattern.lastIndex;
    return found[0];
  }

  #stopTooLong(): never {
    const place = { start: this.#start, end: this.#start + limits.length };
    return stopParsing(place, `the expression is longer than ${limits.length} characters`);
  }

  #stopAtCharacter(start: number): never {
    const character = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
    const place = { start, end: start + character.length };
    return stopParsing(place, `\`${character}\` does not belong in an expression`, characterHints.get(character));
  }
}

const escapes = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['n', '\n'],
  ['t', '\t'],
]);

const characterHints = new Map([
  ['=', 'compare with `==`'],
  ['&', 'write `&&`'],
  ['|', 'write `||`'],
  ['`', 'write texts in \'single\' or "double" quotes'],
  ['“', 'write texts in straight quotes'],
  ['”', 'write texts in straight quotes'],
  ['‘', 'write texts in straight quotes'],
  ['’', 'write texts in straight quotes'],
  ['$', 'inside an expression names stand without `$`'],
  ['{', 'expressions do not nest and have no maps; `fromJSON` makes one'],
  [';', 'an expression is a single value'],
  ['\u00a0', 'a no-break space: write an ordinary one'],
]);

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function excerpt(text: string): string {
  return text.length <= 24 ? text : `${text.slice(0, 21)}...`;
}
