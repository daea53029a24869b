/** Thrown by the readers of this folder at what is no document of their format; `findPlaces` makes a refusal of it. */
export class MalformedDocument extends Error {
  override readonly name = 'MalformedDocument';
  readonly format: string;
  /** Where in the content, from 0. */
  readonly offset: number;

  constructor(format: string, offset: number, reason: string) {
    super(reason);
    this.format = format;
    this.offset = offset;
  }

  /** What is wrong, with its place. */
  sentence(path: string, content: string): string {
    const line = (content.slice(0, this.offset).match(/\r\n|[\r\n]/g)?.length ?? 0) + 1;
    return `${path} cannot be read as ${this.format}: ${this.message} (line ${line})`;
  }
}
