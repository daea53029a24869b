import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { loadSqlite } from './load-sqlite.ts';
import { RunLock } from './run-lock.ts';
import { StateError } from './state-error.ts';
import type { StateFolder } from './state-folder.ts';
import { checkSchema, createSchema, isUninitialised } from './state-schema.ts';

/** How long a transaction waits for that of another process; ours take milliseconds. */
const busyTimeoutMs = 15_000;
const pageSize = 4096;
/** 16 MiB beside the main file: moving it over waits for the disk, and four times the usual size is four times rarer. */
const checkpointPages = 4096;

/**
 * Opens the folder's database, trusting nothing of what it says about itself; throws a `StateError` or an error of
 * SQLite. `make`: folder, file and tables are made where they are missing; else null says that nothing was made yet.
 */
export function openDatabase(folder: StateFolder, make: boolean): DatabaseSync | null {
  if (make) folder.make();
  else if (!folder.exists()) return null;
  folder.checkFiles();
  refuseTruncated(folder.database);
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(folder.database);
  try {
    // `synchronous` from the beginning: a file that is lost with the power before its first event is made anew.
    database.exec(
      `PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA synchronous = NORMAL`,
    );
    if (isUninitialised(database)) {
      if (!make) {
        database.close();
        return null;
      }
      initialise(folder, database);
    }
    checkSchema(database, folder.database);
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = ${checkpointPages}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Under a lock of its own: SQLite does not wait for others while it changes the journal mode. */
function initialise(folder: StateFolder, database: DatabaseSync): void {
  const lock = RunLock.acquire(folder.schemaLock, busyTimeoutMs);
  if (lock === null) {
    const message = `Another process has been making ${folder.database} for too long. End it and try again.`;
    throw new StateError({ kind: 'owned', message });
  }
  try {
    if (!isUninitialised(database)) return;
    // What is written to change the mode is one page of an empty file: it needs no journal on the disk to be taken back by.
    database.exec(`PRAGMA page_size = ${pageSize}; PRAGMA journal_mode = MEMORY; PRAGMA journal_mode = WAL`);
    createSchema(database);
  } finally {
    lock.release();
  }
}

/** SQLite fills up a page that was cut, and takes a file without a whole header for a new one. */
function refuseTruncated(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size % pageSize === 0) return;
  const message = `${file} is damaged: it was cut off after ${size} bytes. Start the run anew with "vwmp run", after moving the file away or with another --state-dir.`;
  throw new StateError({ kind: 'corrupt', message });
}
