import { readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { err, ok, type Result } from '../../core/model/result.ts';
import type { SourceFiles } from '../../core/ports/source-files.ts';
import { FileFailure, fileFailure } from './file-failure.ts';
import { loopTurn } from './loop-turn.ts';
import { readText } from './read-text.ts';
import { resolveInside } from './resolve-inside.ts';

/**
 * Texts of definitions on this machine. Relative paths stay inside the workspace, links included; an absolute path
 * is one that the caller named, and may lie anywhere.
 */
export class NodeSourceFiles implements SourceFiles {
  readonly #root: string;

  /** `workspace` must exist; throws where it does not. */
  constructor(workspace: string) {
    this.#root = realpathSync(workspace);
  }

  async read(path: string): Promise<Result<string, string>> {
    try {
      return ok(await readText(this.#place(path), path));
    } catch (error) {
      return err(fileFailure(error, path).message);
    }
  }

  /** Rejects with a `FileFailure` where the folder may not be read or lies outside. */
  async list(folder: string): Promise<readonly string[]> {
    await loopTurn();
    try {
      const place = this.#place(folder);
      const names = readdirSync(place).sort();
      return names.filter((name) => this.#isFile(join(place, name)));
    } catch (error) {
      const failure = fileFailure(error, folder);
      if (failure.failure.kind === 'not-found') return [];
      throw failure;
    }
  }

  #place(path: string): string {
    if (!isAbsolute(path)) return resolveInside(this.#root, path);
    if (path.includes('\0')) throw new FileFailure('permission', 'A path never holds a NUL character.');
    return path;
  }

  #isFile(place: string): boolean {
    try {
      return statSync(place, { throwIfNoEntry: false })?.isFile() ?? false;
    } catch {
      // A link in a circle is no file.
      return false;
    }
  }
}
