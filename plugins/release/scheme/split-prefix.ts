export interface PrefixedText {
  readonly prefix: 'v' | 'V' | '';
  readonly rest: string;
}

/** Takes a leading `v` or `V` off; no scheme reads one itself. */
export function splitPrefix(text: string): PrefixedText {
  const first = text.charAt(0);
  if (first !== 'v' && first !== 'V') return { prefix: '', rest: text };
  return { prefix: first, rest: text.slice(1) };
}
