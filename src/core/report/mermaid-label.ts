import { shortLine } from './plain-text.ts';

/**
 * Renderers read a label as Markdown and then as HTML, expand icons, links and formulas in it, and look for
 * directives and entity codes anywhere in the text. Signs that stand between the letters of a name stay readable: a
 * hyphen, a dot, an underscore mean something only at the edge of a word or at the start.
 */
const meaningful =
  /["#&<>`*~[\]{}\\|$%@;\ufb02\u00b6]|:(?=\S)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=^\d+)[.)](?=\s|$)|^[-+=]|(?<=www)\./giu;

/** Text for the inside of a quoted Mermaid label, at most `limit` characters before signs are written as codes. */
export function mermaidLabel(text: string, limit: number): string {
  return shortLine(text, limit).replace(meaningful, (sign) => `#${sign.codePointAt(0)};`);
}
