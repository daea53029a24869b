import { plainLines, shortLine } from './plain-text.ts';

const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text of a person or a program as inline Markdown that shows exactly this text: no markup, no cell border, no HTML,
 * no formula, nobody mentioned, no issue linked; addresses of pages may become links. One line, at most `limit` characters before escaping.
 */
export function inlineText(text: string, limit = 200): string {
  return withoutMarkup(withoutMentions(shortLine(text, limit)));
}

/**
 * The same for a sentence of ours, in which words of the document stand between backticks: those become code. A
 * backtick without its partner is text.
 */
export function sentenceText(text: string, limit = 200): string {
  const parts = shortLine(text, limit).split('`');
  return parts
    .map((part, place) => {
      if (place % 2 === 0) return withoutMarkup(withoutMentions(part));
      const isPaired = place < parts.length - 1 && part !== '';
      return isPaired
        ? inlineCode(part, limit)
        : withoutMarkup(`\`${withoutMentions(part)}${place < parts.length - 1 ? '`' : ''}`);
    })
    .join('');
}

/** The same as code, which also keeps mentions and links from being made. Empty text gives an empty string. */
export function inlineCode(text: string, limit = 200): string {
  const line = shortLine(text, limit);
  if (line === '') return '';
  // A code span cannot hold a backtick, nor, in a table, a pipe: those go into the element with every sign written out.
  return /[`|\\]/.test(line) ? `<code>${withoutMarkup(line)}</code>` : `\`${line}\``;
}

/** Text for the inside of an HTML element that Markdown does not look into, such as `summary`. */
export function htmlText(text: string, limit = 200): string {
  return shortLine(text, limit).replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** A block of code that its content cannot close. Lines stay lines. */
export function fencedBlock(text: string, language: string): string {
  const content = plainLines(text);
  const longestRun = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}${language}\n${content}${content.endsWith('\n') || content === '' ? '' : '\n'}${fence}\n`;
}

/** A place in a file, as editors and terminals open it. */
export function placeText(file: string, line: number | undefined): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** A sign of no width between the mark and the name: the page then takes them for text. */
function withoutMentions(line: string): string {
  return line.replace(/(?<!\w)[@#](?=\w)/g, '$&\u200b');
}

function withoutMarkup(line: string): string {
  return (
    line
      .replace(/[&<>"|`*~[\]{}\\$]/g, (character) => entities[character] ?? `&#${character.charCodeAt(0)};`)
      // An underscore inside a word is no emphasis; a name stays readable in the source.
      .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '&#95;')
      // Where the text opens a paragraph, these would open a list, a heading or a rule.
      .replace(/^[-+=#]|(?<=^\d{1,9})[.)](?=\s|$)/, (character) => `&#${character.charCodeAt(0)};`)
      // Written out, so that it can be seen in the source.
      .replaceAll('\u200b', '&#8203;')
      // The page makes pictures of `:words:`.
      .replace(/:(?=[a-z0-9_+-]+:)/g, '&#58;')
  );
}
