import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { loadSqlite } from './load-sqlite.ts';
import { isBusy } from './state-error.ts';
import { makeFolder } from './state-folder.ts';

/**
 * A lock that dies with its process: an exclusive transaction on an empty SQLite file, which the operating system
 * undoes when the process ends in whatever way. So nothing is left to be found stale, and a process number that is
 * used again means nothing. The file stays: taking it away could give two owners each a file of the same name.
 */
export class RunLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The lock, or null where somebody, this process included, held it for all of `waitMs`. */
  static acquire(file: string, waitMs: number): RunLock | null {
    makeFolder(dirname(file));
    // Nothing is written under it, so no journal is needed to take anything back.
    const database = attempt(file, `PRAGMA busy_timeout = ${waitMs}; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE`);
    return database && new RunLock(database);
  }

  /** Whether somebody holds the lock. Asking takes a shared lock for a moment, which `acquire` waits for. */
  static isHeld(file: string): boolean {
    if (!existsSync(file)) return false;
    const database = attempt(file, 'PRAGMA busy_timeout = 0; SELECT count(*) FROM sqlite_master');
    database?.close();
    return database === null;
  }

  release(): void {
    this.#database.close();
  }
}

/** The opened file after the statements, or null where a lock of another stood in the way. */
function attempt(file: string, statements: string): DatabaseSync | null {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(file);
  try {
    database.exec(statements);
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
}
