import type { DiagnosticCode } from '../diagnostic/codes.ts';
import type { DocumentFaults } from './document-faults.ts';
import { documentLimits } from './document-limits.ts';
import { MapKeys } from './map-keys.ts';
import type { ScalarNode, SourceNode } from './source-node.ts';
import { reportUnsafeNumber } from './unsafe-number.ts';

/**
 * Reads JSON in which `//` and `/* *\/` comments and trailing commas are allowed. `null` where the text is not JSON:
 * the first character that does not fit is reported. Duplicate and reserved keys are reported and left out.
 */
export function readJson(text: string, faults: DocumentFaults): SourceNode | null {
  return new JsonReader(text, faults).read();
}

const literals: ReadonlyMap<string, null | boolean> = new Map([
  ['null', null],
  ['true', true],
  ['false', false],
]);
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const wordPattern = /[A-Za-z_$][\w$]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings.
const plainStringPattern = /[^"\\\0-\x1f]*/y;

const code = { tab: 9, lineFeed: 10, carriageReturn: 13, space: 32, byteOrderMark: 0xfeff } as const;

class JsonReader {
  readonly #text: string;
  readonly #faults: DocumentFaults;
  #at = 0;
  #depth = 0;
  #nodes = 0;

  constructor(text: string, faults: DocumentFaults) {
    this.#text = text;
    this.#faults = faults;
  }

  read(): SourceNode | null {
    if (this.#text.charCodeAt(0) === code.byteOrderMark) this.#at = 1;
    if (!this.#skipBlank()) return null;
    const root = this.#value();
    if (!root || !this.#skipBlank()) return null;
    if (this.#at < this.#text.length) return this.#fail('Nothing may follow the end of the JSON value.');
    return root;
  }

  /** Reports at the current place; its `null` travels up and ends the reading. */
  #fail(message: string, hint?: string, kind: DiagnosticCode = 'syntax'): null {
    const end = Math.min(this.#at + 1, this.#text.length);
    this.#faults.report(kind, { start: Math.min(this.#at, end), end }, message, hint === undefined ? {} : { hint });
    return null;
  }

  #value(): SourceNode | null {
    if (++this.#nodes > documentLimits.nodes) {
      return this.#fail(
        `The document has more than ${documentLimits.nodes} values.`,
        'Split the document.',
        'too-large',
      );
    }
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#map());
      case '[':
        return this.#nested(() => this.#list());
      case '"':
        return this.#string();
      default:
        return this.#plain();
    }
  }

  #nested(read: () => SourceNode | null): SourceNode | null {
    if (this.#depth >= documentLimits.nesting) {
      return this.#fail(
        `Values nest deeper than ${documentLimits.nesting} levels.`,
        'Flatten the document.',
        'too-deep',
      );
    }
    this.#depth++;
    const node = read();
    this.#depth--;
    return node;
  }

  #map(): SourceNode | null {
    const start = this.#at++;
    const keys = new MapKeys(this.#faults);
    for (;;) {
      if (!this.#skipBlank()) return null;
      if (this.#text[this.#at] === '}') break;
      if (this.#text[this.#at] !== '"') return this.#failAtKey();
      const key = this.#string();
      if (!key || !this.#skipBlank()) return null;
      if (this.#text[this.#at] !== ':') return this.#fail(`A colon must follow the key ${JSON.stringify(key.value)}.`);
      this.#at++;
      if (!this.#skipBlank()) return null;
      const value = this.#value();
      if (!value || !this.#separator('}')) return null;
      keys.add(key, value);
    }
    this.#at++;
    return { kind: 'map', entries: keys.entries, start, end: this.#at };
  }

  #failAtKey(): null {
    if (this.#at >= this.#text.length) return this.#fail('The text ends inside a map.', 'Close it with `}`.');
    if (this.#text[this.#at] === '{')
      return this.#fail('A key is itself a map.', 'To give a key, quote it.', 'forbidden-key');
    return this.#fail('A key in double quotes, or `}`, must stand here.', 'In JSON, quote it: "key".');
  }

  #list(): SourceNode | null {
    const start = this.#at++;
    const items: SourceNode[] = [];
    for (;;) {
      if (!this.#skipBlank()) return null;
      if (this.#text[this.#at] === ']') break;
      if (this.#at >= this.#text.length) return this.#fail('The text ends inside a list.', 'Close it with `]`.');
      const item = this.#value();
      if (!item || !this.#separator(']')) return null;
      items.push(item);
    }
    this.#at++;
    return { kind: 'list', items, start, end: this.#at };
  }

  /** A comma, which may stand before the closing bracket too; or the bracket, left for the caller. */
  #separator(close: string): boolean {
    if (!this.#skipBlank()) return false;
    const character = this.#text[this.#at];
    if (character === ',') {
      this.#at++;
      return true;
    }
    if (character === close) return true;
    this.#fail(
      character === undefined
        ? `The text ends where \`${close}\` is missing.`
        : `A comma or \`${close}\` must stand here.`,
    );
    return false;
  }

  #string(): (ScalarNode & { readonly value: string }) | null {
    const start = this.#at++;
    let value = '';
    for (;;) {
      value += this.#match(plainStringPattern);
      if (this.#at - start > documentLimits.scalarCharacters) return this.#failTooLong(start);
      const character = this.#text[this.#at];
      if (character === '"') break;
      if (character !== '\\') return this.#failInString(character);
      const escaped = this.#escape();
      if (escaped === null) return null;
      value += escaped;
    }
    this.#at++;
    return { kind: 'scalar', value, style: 'json', start, end: this.#at };
  }

  #failTooLong(start: number): null {
    this.#at = start;
    return this.#fail(
      `A text is longer than ${documentLimits.scalarCharacters} characters.`,
      'Keep long texts and scripts in files of their own.',
      'too-large',
    );
  }

  #failInString(character: string | undefined): null {
    if (character === undefined) return this.#fail('The text ends inside a string.', 'Close it with a double quote.');
    if (character === '\n' || character === '\r') {
      return this.#fail('A string of JSON may not hold a line break.', 'Write it as `\\n`.');
    }
    return this.#fail('A string of JSON may not hold a control character.', 'Write it as `\\u` and four digits.');
  }

  #escape(): string | null {
    const letter = this.#text[this.#at + 1];
    if (letter === 'u') {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[0-9A-Fa-f]{4}$/.test(digits)) return this.#fail('Four hexadecimal digits must follow `\\u`.');
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const character = letter === undefined ? undefined : escapes.get(letter);
    if (character === undefined) {
      return this.#fail('JSON has no such escape.', 'To give a backslash, double it: `\\\\`.');
    }
    this.#at += 2;
    return character;
  }

  /** A number or one of the three words. */
  #plain(): SourceNode | null {
    const start = this.#at;
    const number = this.#match(numberPattern);
    if (number !== '') return this.#number(number, start);
    const word = this.#match(wordPattern);
    const value = literals.get(word);
    if (value !== undefined) return { kind: 'scalar', value, style: 'json', start, end: this.#at };
    this.#at = start;
    if (word !== '') return this.#fail(`\`${word}\` is no value of JSON.`, `To give text, quote it: "${word}".`);
    if (start >= this.#text.length) return this.#fail('The text ends where a value must stand.');
    return this.#fail('A value must stand here.');
  }

  #number(written: string, start: number): SourceNode | null {
    const next = this.#text[this.#at];
    if (next !== undefined && /[\w.$]/.test(next)) {
      return this.#fail('The number goes on with a character that does not belong to one.', 'To give text, quote it.');
    }
    const value = Number(written);
    const node = { kind: 'scalar', value, style: 'json', start, end: this.#at } as const;
    reportUnsafeNumber(written, value, node, this.#faults);
    return Number.isFinite(value) ? node : { kind: 'faulty', start, end: this.#at };
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  /** White space and comments; false where a comment does not end. */
  #skipBlank(): boolean {
    for (;;) {
      const character = this.#text.charCodeAt(this.#at);
      if (
        character === code.space ||
        character === code.lineFeed ||
        character === code.carriageReturn ||
        character === code.tab
      ) {
        this.#at++;
      } else if (this.#text.startsWith('//', this.#at)) {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end === -1 ? this.#text.length : end + 1;
      } else if (this.#text.startsWith('/*', this.#at)) {
        const end = this.#text.indexOf('*/', this.#at + 2);
        if (end === -1) {
          this.#fail('The comment has no end.', 'Close it with `*/`.');
          return false;
        }
        this.#at = end + 2;
      } else return true;
    }
  }
}
