import { type Diagnostic, inFileOrder } from '../diagnostic/diagnostic.ts';
import { DocumentFaults } from './document-faults.ts';
import { documentLimits } from './document-limits.ts';
import { formatPath, pathAt } from './document-path.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import { Source } from './source.ts';
import type { SourceNode } from './source-node.ts';

/** What a text says, before anyone asks what it means. */
export interface ReadDocument {
  /** `null` where the text could not be read; the diagnostics say why. */
  readonly root: SourceNode | null;
  readonly source: Source;
  /** In file order. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the text of a definition or configuration file: JSON with comments where the file's name ends in `.json` or
 * the text begins with a brace, else YAML 1.2. A text that begins with a brace and is YAML all the same (a flow map)
 * is read as that.
 *
 * `file` is the path as people know it. Never throws for what the text holds.
 */
export function readDocument(text: string, file: string): ReadDocument {
  const source = new Source(text, file);
  const tooLarge = refuseLarge(source);
  if (tooLarge) return { root: null, source, diagnostics: tooLarge };
  if (/\.jsonc?$/i.test(file)) return attempt(source, readJson);
  if (!beginsWithBrace(text)) return attempt(source, readYaml);
  const json = attempt(source, readJson);
  if (json.root) return json;
  const yaml = attempt(source, readYaml);
  return yaml.root && isMeantAsYaml(json, yaml) ? yaml : json;
}

/** A text that is neither is told what JSON misses, unless YAML can say more than that its braces nest. */
function isMeantAsYaml(json: ReadDocument, yaml: ReadDocument): boolean {
  return yaml.root?.kind === 'map' || json.diagnostics.length === 0;
}

function attempt(source: Source, read: (text: string, faults: DocumentFaults) => SourceNode | null): ReadDocument {
  const faults = new DocumentFaults(source);
  const root = read(source.text, faults);
  const pathOf = (offset: number): string => (root ? formatPath(pathAt(root, offset)) : '');
  return { root, source, diagnostics: inFileOrder(faults.diagnostics(pathOf)) };
}

function refuseLarge(source: Source): readonly Diagnostic[] | null {
  if (source.text.length <= documentLimits.characters) return null;
  const faults = new DocumentFaults(source);
  faults.report(
    'too-large',
    { start: 0, end: 1 },
    `The file has ${source.text.length} characters; ${documentLimits.characters} is the limit.`,
    { hint: 'Split the document.' },
  );
  return faults.diagnostics();
}

/** After white space and comments of JSON. A scan, because a pattern would try every way to end the comments. */
function beginsWithBrace(text: string): boolean {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (;;) {
    const character = text.charAt(at);
    if (character === '{') return true;
    if (/^\s$/.test(character)) at++;
    else {
      const close = text.startsWith('//', at) ? '\n' : text.startsWith('/*', at) ? '*/' : null;
      const end = close === null ? -1 : text.indexOf(close, at + 2);
      if (close === null || end === -1) return false;
      at = end + close.length;
    }
  }
}
