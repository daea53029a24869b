/** The runner's own mask: every text it was told of, and the usual ways to write it, become `***`. */
export class SecretMask {
  readonly #texts = new Set<string>();
  #pattern: RegExp | null = null;

  /** The whole value, and each of its lines. */
  add(value: string): void {
    for (const part of [value, ...value.split(/\r\n|\r|\n/).map((line) => line.trim())]) {
      if (part !== '') for (const form of formsOf(part)) this.#texts.add(form);
    }
    this.#pattern = null;
  }

  get texts(): ReadonlySet<string> {
    return this.#texts;
  }

  apply(text: string): string {
    if (this.#texts.size === 0) return text;
    this.#pattern ??= new RegExp(
      [...this.#texts]
        .sort((a, b) => b.length - a.length)
        .map(escaped)
        .join('|'),
      'g',
    );
    return text.replace(this.#pattern, '***');
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The encodings for which the runner has a masking rule. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8');
  const forms = [
    value,
    bytes.toString('base64'),
    // Behind one or two other bytes the same text has other letters; the ones at the borders depend on the neighbours.
    ...[1, 2].map((shift) => bytes.subarray(shift).toString('base64')),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
    value.replaceAll("'", "''"),
    value.replaceAll('"', '\\"'),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    value.length > 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value,
  ];
  return forms.filter((form) => form !== '');
}
