import type { Json } from '../model/json.ts';

/**
 * The one choke point for secrets: whatever is stored, shown, cut or sent passes through it first.
 * It knows the secrets, their lines, and their usual encodings.
 */
export interface Masker {
  /** Makes a value secret from now on. Values shorter than 4 characters are not masked: the caller warns. */
  add(secret: string): void;
  mask(text: string): string;
  /** Masks every text in a value, keys too. Gives the same object back where nothing was masked. */
  maskJson<T extends Json>(value: T): T;
  /** Masks a stream whose chunks may cut a secret anywhere. */
  stream(): MaskStream;
}

export interface MaskStream {
  /** What can be shown by now; the rest is held until more comes. */
  push(chunk: string): string;
  /** The rest. */
  end(): string;
}
