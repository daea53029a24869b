import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import type { DocumentFaults } from './document-faults.ts';
import { documentLimits } from './document-limits.ts';
import type { SourceNode } from './source-node.ts';
import { YamlConversion } from './yaml-conversion.ts';
import { YamlErrors } from './yaml-errors.ts';

/**
 * Reads one YAML 1.2 document (core schema, with `<<`). `null` where the text is not YAML or passes a limit; what is
 * wrong is reported. The work and the memory are bounded by `documentLimits`, whatever the text is.
 *
 * The text is lexed and parsed step by step: limits are asked while the tokens arrive, and finished items of long
 * lists are converted and dropped on the way, because the token tree of a document takes sixty times its text.
 */
export function readYaml(text: string, faults: DocumentFaults): SourceNode | null {
  const errors = new YamlErrors(text, faults);
  const conversion = new YamlConversion(text, faults);
  const stream = new YamlStream(text, faults, errors, conversion);
  if (!stream.read()) return null;
  const root = stream.document === null ? emptyDocument(text) : stream.compose(stream.document);
  errors.report();
  return errors.areFatal ? null : root;
}

function emptyDocument(text: string): SourceNode {
  return { kind: 'scalar', value: null, style: 'plain', start: text.length, end: text.length };
}

/** How many tokens pass between two looks for finished list items. */
const harvestInterval = 8192;
/** The least number of finished items that is worth a harvest. */
const harvestSize = 32;

const collectionTypes: ReadonlySet<string> = new Set(['block-map', 'block-seq', 'flow-collection']);

/** The lexer announces each scalar by a mark of its own; each collection costs at least one indicator. */
const nodeMarks: ReadonlySet<string> = new Set(['\x1f', '[', '{', '-', '?', ':', ',']);

class YamlStream {
  /** Absent while nothing but comments and blank lines came. */
  document: CST.Document | null = null;
  readonly #text: string;
  readonly #faults: DocumentFaults;
  readonly #errors: YamlErrors;
  readonly #conversion: YamlConversion;
  readonly #parser = new Parser();
  #nodes = 0;
  #mayHarvest = true;

  constructor(text: string, faults: DocumentFaults, errors: YamlErrors, conversion: YamlConversion) {
    this.#text = text;
    this.#faults = faults;
    this.#errors = errors;
    this.#conversion = conversion;
  }

  /** False where a limit is passed or the file holds what is no single document. */
  read(): boolean {
    let count = 0;
    for (const lexeme of new Lexer().lex(this.#text)) {
      if (!this.#isWithinLimits(lexeme)) return false;
      // Aliases reach back to anchors that are not converted before the end, so nothing is taken out of order then.
      if (lexeme.startsWith('&') || lexeme.startsWith('*')) this.#mayHarvest = false;
      for (const token of this.#parser.next(lexeme)) if (!this.#take(token)) return false;
      if (++count % harvestInterval === 0 && this.#mayHarvest) this.#harvest();
    }
    for (const token of this.#parser.end()) if (!this.#take(token)) return false;
    return true;
  }

  compose(document: CST.Document): SourceNode {
    for (const composed of composeTokens(document, this.#text.length)) {
      this.#errors.collect(composed);
      if (composed.contents) return this.#conversion.convert(composed.contents);
    }
    return emptyDocument(this.#text);
  }

  #isWithinLimits(lexeme: string): boolean {
    // Under the collections stands the document, and above them may stand a scalar.
    const top = this.#parser.stack.at(-1)?.type;
    const collections = this.#parser.stack.length - 1 - (top !== undefined && collectionTypes.has(top) ? 0 : 1);
    if (collections > documentLimits.nesting) {
      return this.#refuse(
        'too-deep',
        `Values nest deeper than ${documentLimits.nesting} levels.`,
        'Flatten the document.',
      );
    }
    if (lexeme.length > documentLimits.scalarCharacters) {
      const limit = `A text is longer than ${documentLimits.scalarCharacters} characters.`;
      return this.#refuse('too-large', limit, 'Keep long texts and scripts in files of their own.');
    }
    if (nodeMarks.has(lexeme) && ++this.#nodes > documentLimits.nodes) {
      const limit = `The document has more than ${documentLimits.nodes} values.`;
      return this.#refuse('too-large', limit, 'Split the document.');
    }
    return true;
  }

  #refuse(code: 'too-deep' | 'too-large', message: string, hint: string): false {
    this.#faults.report(code, { start: this.#parser.offset, end: this.#parser.offset + 1 }, message, { hint });
    return false;
  }

  #take(token: CST.Token): boolean {
    switch (token.type) {
      case 'document':
        if (this.document) return this.#refuseSecond(token);
        this.document = token;
        return true;
      case 'directive':
        return this.#isKnownDirective(token);
      case 'error':
        this.#errors.add(
          'UNEXPECTED_TOKEN',
          token.offset,
          token.offset + Math.max(1, token.source.length),
          token.message,
        );
        return true;
      default:
        return true;
    }
  }

  #refuseSecond(token: CST.Document): false {
    this.#faults.report(
      'syntax',
      { start: token.offset, end: token.offset + 3 },
      'The file holds more than one document.',
      {
        hint: 'Remove what follows the second line `---`, or write it to a file of its own.',
      },
    );
    return false;
  }

  #isKnownDirective(token: CST.Directive): boolean {
    if (/^%YAML[ \t]+1\.2[ \t]*(#.*)?$/.test(token.source.trimEnd())) return true;
    const at = { start: token.offset, end: token.offset + token.source.length };
    this.#faults.report('syntax', at, 'A definition takes no directives.', {
      hint: 'It is always read as YAML 1.2: remove the line.',
    });
    return false;
  }

  /** Takes the finished items out of the outermost list that is still growing. */
  #harvest(): void {
    const list = this.#parser.stack.find((token) => token.type === 'block-seq');
    if (list?.type !== 'block-seq' || list.items.length < harvestSize + 2) return;
    const items = list.items.splice(0, list.items.length - 2);
    const finished: CST.BlockSequence = { type: 'block-seq', offset: list.offset, indent: list.indent, items };
    const document: CST.Document = { type: 'document', offset: list.offset, start: [], value: finished };
    for (const composed of composeTokens(document, this.#parser.offset)) {
      this.#errors.collect(composed);
      this.#conversion.keepItems(list.offset, composed.contents);
    }
  }
}

function composeTokens(document: CST.Document, end: number): Iterable<Document.Parsed> {
  // Unique keys would be compared pair by pair, in quadratic time: the conversion finds twins by index instead.
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    resolveKnownTags: false,
    logLevel: 'silent',
  });
  return composer.compose([document], true, end);
}
