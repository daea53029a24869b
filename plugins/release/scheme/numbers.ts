/** Source of a number without leading zeros. 15 digits are the most that can be raised exactly. */
export const plainNumber = '(?:0|[1-9]\\d{0,14})';

/** True where every character is a digit. */
export function isDigits(text: string): boolean {
  return /^\d+$/.test(text);
}

/** A number of at most 15 digits, leading zeros not counted; `null` where the text is none. */
export function smallNumber(text: string): number | null {
  return /^0*\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The text cut before the digits that close it. */
export function splitNumber(text: string): { readonly name: string; readonly digits: string } {
  let at = text.length;
  while (at > 0 && isDigits(text.charAt(at - 1))) at--;
  return { name: text.slice(0, at), digits: text.slice(at) };
}
