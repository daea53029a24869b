import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileChange } from '../../core/model/file-change.ts';
import type { RunId } from '../../core/model/ids.ts';
import type { FileBackups, VisitPlace } from '../../core/ports/file-backups.ts';
import { fileFailure } from './file-failure.ts';
import { replaceFile } from './replace-file.ts';
import { resolveInside } from './resolve-inside.ts';

interface Kept {
  readonly path: string;
  readonly before: string | null;
  /** The topmost folder that was missing above the file: it is made for it, and goes with it. */
  readonly madeFolder: string | null;
}

/**
 * Copies named by their content in a folder of the run, and beside them a list for each visit, in which a line stands
 * before the file it is about is written.
 */
export class NodeFileBackups implements FileBackups {
  readonly #workspace: string;
  readonly #folderOf: (runId: RunId) => string;

  /** `folderOf`: where the copies of a run lie; made with the first one. */
  constructor(workspace: string, folderOf: (runId: RunId) => string) {
    this.#workspace = workspace;
    this.#folderOf = folderOf;
  }

  async keep(place: VisitPlace, path: string): Promise<void> {
    if (this.#kept(place).some((kept) => kept.path === path)) return;
    try {
      const bytes = this.#bytesAt(path);
      const folder = this.#folderOf(place.runId);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const before = bytes === null ? null : hashOf(bytes);
      if (bytes !== null && before !== null && !existsSync(join(folder, before))) {
        writeFileSync(join(folder, before), bytes, { mode: 0o600 });
      }
      const madeFolder = bytes === null ? this.#missingFolder(path) : null;
      appendFileSync(this.#listOf(place), `${JSON.stringify({ path, before, madeFolder })}\n`, { mode: 0o600 });
    } catch (error) {
      throw fileFailure(error, path);
    }
  }

  async changes(place: VisitPlace): Promise<readonly FileChange[]> {
    return this.#kept(place).flatMap(({ path, before, madeFolder }) => {
      const now = this.#bytesAt(path);
      const after = now === null ? null : hashOf(now);
      if (after === null) return [];
      return [{ path, before, after, ...(madeFolder !== null && { madeFolder }) }];
    });
  }

  async restore(runId: RunId, change: FileChange): Promise<'restored' | 'changed'> {
    const { path, before, after, madeFolder = null } = change;
    const now = this.#bytesAt(path);
    const found = now === null ? null : hashOf(now);
    if (found === before) return 'restored';
    if (found !== after) return 'changed';
    try {
      if (before === null) this.#remove(path, madeFolder);
      else await replaceFile(this.#placeOf(path), readFileSync(join(this.#folderOf(runId), before)));
    } catch (error) {
      throw fileFailure(error, path);
    }
    return 'restored';
  }

  #remove(path: string, madeFolder: string | null): void {
    rmSync(this.#placeOf(path), { force: true });
    if (madeFolder === null) return;
    for (let folder = dirname(path); folder !== '.' && folder.length >= madeFolder.length; folder = dirname(folder)) {
      try {
        rmdirSync(this.#placeOf(folder));
      } catch {
        // Something else stands in it: then it is not ours alone any more.
        return;
      }
    }
  }

  #kept(place: VisitPlace): readonly Kept[] {
    const list = this.#listOf(place);
    return existsSync(list) ? readLines(list) : [];
  }

  #listOf({ runId, address, visit }: VisitPlace): string {
    const name = `${visit}.${address}`;
    // Addresses of loops hold any text: their hash serves as well, and fits every file system.
    const safe = /^[\w.-]{1,80}$/.test(name) ? name : hashOf(Buffer.from(name)).slice(0, 40);
    return join(this.#folderOf(runId), `${safe}.jsonl`);
  }

  #missingFolder(path: string): string | null {
    let missing: string | null = null;
    for (let folder = dirname(path); folder !== '.' && !existsSync(join(this.#workspace, folder)); ) {
      missing = folder;
      folder = dirname(folder);
    }
    return missing;
  }

  #bytesAt(path: string): Buffer | null {
    const place = this.#placeOf(path);
    const found = statSync(place, { throwIfNoEntry: false });
    return found?.isFile() ? readFileSync(place) : null;
  }

  #placeOf(path: string): string {
    return resolveInside(this.#workspace, path);
  }
}

function readLines(list: string): readonly Kept[] {
  const lines = readFileSync(list, 'utf8').split('\n');
  // A line that a killed process left half written is about a file that was not written.
  return lines.flatMap((line) => {
    try {
      return line === '' ? [] : [keptOf(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

/** The lines are our own. */
function keptOf(value: unknown): Kept {
  return value as Kept;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
