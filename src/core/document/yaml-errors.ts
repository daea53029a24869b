import type { Document } from 'yaml';
import type { DocumentFaults } from './document-faults.ts';

interface FoundError {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/**
 * Turns what the YAML library finds into faults in plain words. One mistake often makes several of its errors, so of
 * each line only the first is reported.
 */
export class YamlErrors {
  readonly #text: string;
  readonly #faults: DocumentFaults;
  readonly #found: FoundError[] = [];

  constructor(text: string, faults: DocumentFaults) {
    this.#text = text;
    this.#faults = faults;
  }

  collect(document: Document.Parsed): void {
    for (const error of document.errors) this.add(error.code, error.pos[0], error.pos[1], error.message);
    for (const warning of document.warnings) {
      if (warning.code === 'TAG_RESOLVE_FAILED')
        this.add(warning.code, warning.pos[0], warning.pos[1], warning.message);
    }
  }

  add(code: string, start: number, end: number, message: string): void {
    this.#found.push({ code, start, end: Math.max(end, start + 1), message });
  }

  /** Whether the text could not be read as it was meant. An unknown tag leaves the rest as it is. */
  get areFatal(): boolean {
    return this.#found.some((error) => error.code !== 'TAG_RESOLVE_FAILED');
  }

  report(): void {
    let reportedUpTo = -1;
    for (const error of [...this.#found].sort((a, b) => a.start - b.start)) {
      if (error.start < reportedUpTo) continue;
      const lineEnd = this.#text.indexOf('\n', error.start);
      reportedUpTo = lineEnd === -1 ? this.#text.length + 1 : lineEnd + 1;
      this.#reportOne(error);
    }
  }

  #reportOne(error: FoundError): void {
    if (error.code === 'TAG_RESOLVE_FAILED') {
      const tag = this.#text.slice(error.start, error.end);
      this.#faults.report('syntax', error, `The tag \`${tag}\` is not known.`, {
        hint: 'A text that begins with `!` must be quoted: quote it.',
      });
      return;
    }
    const { message, hint } = explain(error);
    const line = this.#lineOf(error.start);
    const quote = line.includes('{{') ? 'A text that holds `{{` may need quotes: quote it.' : hint;
    this.#faults.report('syntax', error, message, quote === null ? {} : { hint: quote });
  }

  #lineOf(offset: number): string {
    const start = this.#text.lastIndexOf('\n', offset - 1) + 1;
    const end = this.#text.indexOf('\n', offset);
    return this.#text.slice(start, end === -1 ? this.#text.length : end);
  }
}

const badIndentation = {
  message: 'The indentation does not fit what stands around it.',
  hint: 'Keys of one map and items of one list start in the same column.',
};

function explain(error: FoundError): { readonly message: string; readonly hint: string | null } {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { message: 'A tab may not indent a line.', hint: 'Indent with spaces.' };
    case 'BAD_INDENT':
      if (error.message.startsWith('Flow')) {
        return { message: 'A bracket is not closed, or what it holds stands too far left.', hint: null };
      }
      return badIndentation;
    case 'BAD_DQ_ESCAPE':
      return {
        message: 'Double-quoted text has no such escape.',
        hint: 'Double the backslash, or use single quotes.',
      };
    case 'BAD_SCALAR_START':
      return { message: 'A text may not begin with this character.', hint: 'To give text, quote it.' };
    case 'MULTILINE_IMPLICIT_KEY':
      return { message: 'A key must stand on one line.', hint: 'A colon may be missing, or the text needs quotes.' };
    case 'KEY_OVER_1024_CHARS':
      return { message: 'A key may have 1024 characters at most.', hint: null };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'A key with a value may not stand here: its line holds one already.',
        hint: 'To give text that holds `: `, quote it.',
      };
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
    case 'ALIAS_PROPS':
    case 'BAD_ALIAS':
    case 'BAD_PROP_ORDER':
      return { message: sentence(error.message), hint: 'A text that begins with `&`, `*` or `!` must be quoted.' };
    case 'MISSING_CHAR':
      if (error.message.startsWith('Sequence item')) return badIndentation;
      if (error.message.startsWith('Missing closing')) {
        return { message: 'A quoted text has no end.', hint: 'Close it with the quote that opened it.' };
      }
      return {
        message: sentence(error.message),
        hint: 'A bracket, comma, colon or quote is missing before this place.',
      };
    default:
      return { message: `The text is not YAML here: ${decapitalise(sentence(error.message))}`, hint: null };
  }
}

function sentence(text: string): string {
  const line = (text.split('\n')[0] ?? '').trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

function decapitalise(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
