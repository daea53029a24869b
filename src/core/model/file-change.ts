/**
 * A file of the workspace that a step wrote, with what stood there before its first write of that visit and what it
 * left, which may be the same. Contents are named by their SHA-256, hexadecimal; `null`: there was no such file.
 */
export interface FileChange {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
  /** The topmost folder that was made for the file; absent where its folder was there. */
  readonly madeFolder?: string;
}
