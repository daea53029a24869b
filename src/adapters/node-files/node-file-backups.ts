import { hash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { FileChange } from '../../core/model/file-change.ts';
import type { RunId } from '../../core/model/ids.ts';
import type { FileBackups, VisitPlace } from '../../core/ports/file-backups.ts';
import { FileFailure, fileFailure } from './file-failure.ts';
import { loopTurn } from './loop-turn.ts';
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
    const inside = this.#inside(path);
    const kept = this.#kept(place);
    if (kept.some((each) => each.path === inside)) return;
    try {
      const bytes = this.#bytesAt(inside);
      mkdirSync(this.#folderOf(place.runId), { recursive: true, mode: 0o700 });
      const before = bytes === null ? null : hashOf(bytes);
      if (bytes !== null && before !== null) writeCopy(this.#copyOf(place.runId, before), bytes);
      const madeFolder = bytes === null ? this.#madeFolder(kept, inside) : null;
      appendLine(this.#listOf(place), JSON.stringify({ path: inside, before, madeFolder }));
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
    await loopTurn();
    const { path, before, after, madeFolder = null } = change;
    const now = this.#bytesAt(path);
    const found = now === null ? null : hashOf(now);
    if (found !== before && found !== after) return 'changed';
    try {
      if (before === null) {
        if (found !== null) rmSync(this.#placeOf(path), { force: true });
        // Also where the file was gone: a process that was killed may have left its folders.
        this.#removeFolders(path, madeFolder);
      } else if (found !== before) replaceFile(this.#placeOf(path), this.#copy(runId, path, before));
    } catch (error) {
      throw fileFailure(error, path);
    }
    return 'restored';
  }

  #removeFolders(path: string, madeFolder: string | null): void {
    if (madeFolder === null) return;
    for (let folder = dirname(path); folder !== '.' && folder.length >= madeFolder.length; folder = dirname(folder)) {
      try {
        rmdirSync(this.#placeOf(folder));
      } catch (error) {
        // Something else stands in it: then it is not ours alone any more.
        if (!isMissing(error)) return;
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

  /** What stood in the file. A copy that is not what it was is worse than none: the file stays as the step left it. */
  #copy(runId: RunId, path: string, before: string): Buffer {
    const copy = this.#copyOf(runId, before);
    const subject = `The copy of "${path}" that the run kept`;
    if (!existsSync(copy)) throw new FileFailure('not-found', `${subject} is gone, so the file stays as it is.`);
    const bytes = readFileSync(copy);
    if (hashOf(bytes) === before) return bytes;
    throw new FileFailure('handler', `${subject} is damaged, so the file stays as it is.`);
  }

  #copyOf(runId: RunId, name: string): string {
    return join(this.#folderOf(runId), name);
  }

  /** A later file of the visit in the same folder finds it there already, and may be the last to leave it. */
  #madeFolder(kept: readonly Kept[], path: string): string | null {
    const made = kept.find(({ madeFolder }) => madeFolder !== null && path.startsWith(`${madeFolder}/`));
    return made?.madeFolder ?? this.#missingFolder(path);
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

  /** With every link followed: a file that has two names is one file. */
  #inside(path: string): string {
    return relative(this.#workspace, this.#placeOf(path)).split(sep).join('/');
  }

  #placeOf(path: string): string {
    return resolveInside(this.#workspace, path);
  }
}

/** Whole or not at all: what a killed process left of it must not pass for it. */
function writeCopy(copy: string, bytes: Uint8Array): void {
  if (existsSync(copy)) return;
  const part = `${copy}.part`;
  writeFileSync(part, bytes, { mode: 0o600 });
  renameSync(part, copy);
}

/** Behind a line that a killed process left half written, the next one would be lost with it. */
function appendLine(list: string, line: string): void {
  const isTorn = existsSync(list) && !/(?:^|\n)$/.test(readFileSync(list, 'utf8'));
  appendFileSync(list, `${isTorn ? '\n' : ''}${line}\n`, { mode: 0o600 });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
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
  return hash('sha256', bytes);
}
