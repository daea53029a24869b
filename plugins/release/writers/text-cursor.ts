/** A reader's place in a text. */
export class TextCursor {
  readonly content: string;
  at = 0;

  constructor(content: string) {
    this.content = content;
    // A byte order mark is no part of any document.
    if (content.startsWith('\uFEFF')) this.at = 1;
  }

  get isDone(): boolean {
    return this.at >= this.content.length;
  }

  /** The character `ahead` of the place; empty beyond the end. */
  peek(ahead = 0): string {
    return this.content[this.at + ahead] ?? '';
  }

  isAt(text: string): boolean {
    return this.content.startsWith(text, this.at);
  }

  /** Passes the text where it stands here; false, and no step, where it does not. */
  skip(text: string): boolean {
    if (!this.isAt(text)) return false;
    this.at += text.length;
    return true;
  }

  /** Passes what a sticky pattern matches here and gives it; empty, and no step, where it does not match. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const text = pattern.exec(this.content)?.[0] ?? '';
    this.at += text.length;
    return text;
  }

  /** Passes everything up to and with the text; false, and no step, where it does not come. */
  skipPast(text: string): boolean {
    const end = this.content.indexOf(text, this.at);
    if (end === -1) return false;
    this.at = end + text.length;
    return true;
  }
}
