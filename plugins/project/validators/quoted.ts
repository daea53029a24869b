const longest = 100;

/**
 * A text from outside as part of a message: in quotes, on one line, at most 100 characters of it. Line ends, control
 * characters, marks that reorder text and broken surrogates are written as escapes.
 */
export function quoted(text: string): string {
  // A character takes at most two units: no more of a long text is taken apart than can be shown.
  const characters = [...text.slice(0, 2 * longest + 2)];
  const shown = characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : characters.join('');
  // What JSON leaves as it is: other control characters and line ends, and marks that reorder text.
  return JSON.stringify(shown).replace(
    /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
