import type { DatabaseSync } from 'node:sqlite';
import { StateError } from './state-error.ts';

/** Raised when a table changes. Older files are brought up to it here; newer ones are refused by number. */
export const schemaVersion = 1;

/** "VWMP" in ASCII: tells the file from other programs' databases. */
const applicationId = 0x56574d50;

/**
 * `execution_history` is the truth; the other three are derived from it. The texts are compared with those in the
 * file before anything is read: a view or a trigger that poses as a table never gets to run.
 */
const tables: { readonly [name: string]: string } = {
  workflows: `CREATE TABLE workflows (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  type TEXT NOT NULL,
  definition TEXT NOT NULL
) WITHOUT ROWID`,
  executions: `CREATE TABLE executions (
  id TEXT PRIMARY KEY NOT NULL,
  workflow_id TEXT NOT NULL,
  definition_hash TEXT NOT NULL,
  file TEXT NOT NULL,
  workspace TEXT NOT NULL,
  commit_id TEXT,
  status TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  duration_ms INTEGER,
  error_step TEXT,
  error_kind TEXT,
  error TEXT,
  last_sequence INTEGER NOT NULL,
  last_hash TEXT NOT NULL
) WITHOUT ROWID`,
  step_executions: `CREATE TABLE step_executions (
  execution_id TEXT NOT NULL,
  address TEXT NOT NULL,
  visit INTEGER NOT NULL,
  status TEXT NOT NULL,
  skipped TEXT,
  attempts INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  duration_ms INTEGER,
  error_kind TEXT,
  error TEXT,
  PRIMARY KEY (execution_id, address, visit)
) WITHOUT ROWID`,
  execution_history: `CREATE TABLE execution_history (
  execution_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  event TEXT NOT NULL,
  hash TEXT NOT NULL,
  at INTEGER GENERATED ALWAYS AS (CASE WHEN json_valid(event) THEN json_extract(event, '$.event.at') END) VIRTUAL,
  kind TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(event) THEN json_extract(event, '$.event.kind') END) VIRTUAL,
  PRIMARY KEY (execution_id, sequence)
) WITHOUT ROWID`,
};

/** Nothing was ever made in this file. */
export function isUninitialised(database: DatabaseSync): boolean {
  return numberOf(database, 'PRAGMA user_version') === 0 && schemaOf(database).length === 0;
}

/** Makes the tables, all or none. */
export function createSchema(database: DatabaseSync): void {
  const statements = [
    `PRAGMA application_id = ${applicationId}`,
    ...Object.values(tables),
    `PRAGMA user_version = ${schemaVersion}`,
  ];
  database.exec(`BEGIN IMMEDIATE; ${statements.join('; ')}; COMMIT`);
}

/** Throws a `StateError` unless the file is ours, of a version we know, and holds our tables and nothing else. */
export function checkSchema(database: DatabaseSync, file: string): void {
  const version = numberOf(database, 'PRAGMA user_version');
  if (numberOf(database, 'PRAGMA application_id') !== applicationId) {
    throw refused(file, 'corrupt', 'is not a state file of vwmp');
  }
  if (version > schemaVersion) {
    const message = `was written by a newer vwmp (version ${version} of the file; this one reads up to ${schemaVersion})`;
    throw refused(file, 'newer-version', message, 'Use that vwmp');
  }
  if (version < 1) throw refused(file, 'corrupt', `has the impossible version ${version}`);
  const found = schemaOf(database);
  for (const { type, name, sql } of found) {
    if (type === 'table' && tables[name] === sql) continue;
    throw refused(file, 'corrupt', `was changed from outside: the ${type} "${name}" is not as vwmp made it`);
  }
  const missing = Object.keys(tables).find((name) => !found.some((table) => table.name === name));
  if (missing !== undefined) throw refused(file, 'corrupt', `lacks the table "${missing}"`);
}

function refused(file: string, kind: 'corrupt' | 'newer-version', fault: string, cure = 'Move it away'): StateError {
  return new StateError({ kind, message: `${file} ${fault}. ${cure}, or name another folder with --state-dir.` });
}

/** Without the indices that SQLite makes itself: these have no text. */
function schemaOf(database: DatabaseSync): readonly { type: string; name: string; sql: string }[] {
  return database
    .prepare('SELECT type, name, sql FROM sqlite_master')
    .all()
    .map(({ type, name, sql }) => ({ type: String(type), name: String(name), sql: String(sql) }));
}

function numberOf(database: DatabaseSync, pragma: string): number {
  return Number(Object.values(database.prepare(pragma).get() ?? {})[0]);
}
