/** The text with openings of HTML comments made visible: an unclosed one would hide the rest of a Markdown page. */
export function inertComments(text: string): string {
  return text.replaceAll('<!--', '\\<!--');
}
