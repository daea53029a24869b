import type { Result } from '../model/result.ts';

/** Reads the texts that definitions are made of. Paths are relative to the workspace or absolute. */
export interface SourceFiles {
  /** The error is one sentence for people. */
  read(path: string): Promise<Result<string, string>>;
  /** Files of a folder by name, without folders; empty where there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
}
