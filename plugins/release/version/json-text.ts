/** A text value in a JSON document: where its characters stand, without the quotes. */
export interface JsonTextPlace {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/**
 * Finds the text values of one key of the outermost map, so that they can be changed without writing the document
 * anew. The document must be valid JSON; a byte order mark may stand before it.
 */
export function topLevelTexts(document: string, key: string): readonly JsonTextPlace[] {
  const found: JsonTextPlace[] = [];
  let depth = 0;
  let wanted = false;
  for (const token of document.matchAll(/"((?:[^"\\]|\\.)*)"|[{}[\]:,]/gs)) {
    const [text, inner] = token;
    if (inner === undefined) {
      if (text === '{' || text === '[') depth++;
      if (text === '}' || text === ']') depth--;
      if (text !== ':') wanted = false;
      continue;
    }
    if (wanted) found.push({ start: token.index + 1, end: token.index + 1 + inner.length, value: unescaped(text) });
    wanted = !wanted && depth === 1 && isKey(document, token.index + text.length) && unescaped(text) === key;
  }
  return found;
}

function isKey(document: string, end: number): boolean {
  return /^\s*:/.test(document.slice(end, end + 100));
}

function unescaped(text: string): string {
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' ? value : '';
}
