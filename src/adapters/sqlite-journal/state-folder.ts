import { existsSync, lstatSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isRunId, type RunId } from '../../core/model/ids.ts';
import { StateError } from './state-error.ts';

/** Where everything lies in a state folder. Making the object touches nothing. */
export class StateFolder {
  readonly path: string;
  readonly database: string;
  readonly #workspace: string | null;

  /** `workspace`: the folder that git looks after; `null` where the state cannot lie in one. */
  constructor(path: string, workspace: string | null) {
    this.path = resolve(path);
    this.database = join(this.path, 'state.db');
    this.#workspace = workspace;
  }

  /** Logs, files and reports of a run. */
  runFolder(runId: RunId): string {
    return join(this.path, 'runs', trusted(runId));
  }

  /**
   * Held while somebody owns the run. Not in the run's folder: reading a locked file in the owner's own process
   * gives its lock away (POSIX), and that folder's files are read for reports and uploads.
   */
  runLock(runId: RunId): string {
    return join(this.path, 'locks', `${trusted(runId)}.lock`);
  }

  get schemaLock(): string {
    return join(this.path, 'locks', 'schema.lock');
  }

  exists(): boolean {
    return existsSync(this.database);
  }

  /** Makes the folder; inside a workspace, what hides it from git stands in it before anything else does. */
  make(): void {
    makeFolder(this.path);
    if (this.#isInWorkspace() && this.#isUnhidden()) writeFileSync(this.#ignoreFile, '*\n');
    makeFolder(join(this.path, 'locks'));
  }

  /** Refuses links and the like in place of the database: what opens them would write elsewhere. */
  checkFiles(): void {
    for (const file of [this.database, `${this.database}-wal`, `${this.database}-shm`]) {
      const found = lstatSync(file, { throwIfNoEntry: false });
      if (found === undefined || found.isFile()) continue;
      const message = `${file} is not a regular file. Remove it or name another folder with --state-dir.`;
      throw new StateError({ kind: 'unreadable', message });
    }
  }

  /** New, or made by somebody who died over the file that hides it; one that holds more is left as people have it. */
  #isUnhidden(): boolean {
    const names = readdirSync(this.path);
    if (names.length === 0) return true;
    return names.length === 1 && statSync(this.#ignoreFile, { throwIfNoEntry: false })?.size === 0;
  }

  get #ignoreFile(): string {
    return join(this.path, '.gitignore');
  }

  #isInWorkspace(): boolean {
    if (this.#workspace === null) return false;
    const inside = relative(resolve(this.#workspace), this.path);
    return inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
  }
}

/** Ids reach paths: one that came through a cast is stopped here. */
function trusted(runId: RunId): string {
  if (!isRunId(runId)) throw new Error(`not a run id: ${JSON.stringify(runId)}`);
  return runId;
}

/**
 * Makes a folder and those above it that are missing, one by one: asked for all of them at once, Node never comes back
 * where a file system says of a folder that exists that nothing can be made in it (`/proc`).
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = path; !existsSync(at); at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder);
    } catch (error) {
      // Somebody else may have made it meanwhile.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
