import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { JournalHead, JournalRecord } from '../../core/journal/chain.ts';
import { readJournal } from '../../core/journal/read-journal.ts';
import { RunRows } from '../../core/journal/run-rows.ts';
import type { RunEvent } from '../../core/model/event.ts';
import { isRunId, type RunId } from '../../core/model/ids.ts';
import type { Durability } from '../../core/ports/run-store.ts';
import { RunTables } from './run-tables.ts';
import { sha256 } from './sha256.ts';
import { StateError } from './state-error.ts';

/** A run as read and found whole. */
export interface VerifiedRun {
  readonly events: readonly RunEvent[];
  readonly head: JournalHead;
  /** Brought up to the last event; none of its changes is outstanding. */
  readonly rows: RunRows;
}

/** An open state file: transactions over its tables. Throws a `StateError` or an error of SQLite. */
export class StateDatabase {
  readonly file: string;
  readonly #database: DatabaseSync;
  readonly #tables: RunTables;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  #durability: Durability = 'normal';

  constructor(database: DatabaseSync, file: string) {
    this.file = file;
    this.#database = database;
    this.#tables = new RunTables(database);
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
  }

  has(runId: RunId): boolean {
    return this.#tables.head(runId) !== null || this.#tables.hasEvents(runId);
  }

  /** Adds records and the rows that follow from them, all or nothing, as durable as asked when it returns. */
  append(runId: RunId, records: readonly JournalRecord[], rows: RunRows, durability: Durability): void {
    const head = records.at(-1);
    if (head === undefined) return;
    this.#setDurability(durability);
    this.#write(() => {
      this.#tables.addRecords(runId, records);
      this.#tables.put(runId, rows.takeChanges(), head);
    });
  }

  /** The run as of one moment; null where none of that id is recorded. `thorough`: looks at the whole file too. */
  read(runId: RunId, thorough: boolean): VerifiedRun | null {
    this.#database.exec('BEGIN');
    try {
      if (thorough) this.#checkStructure();
      return this.#verified(runId);
    } finally {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    }
  }

  executions(): ReturnType<RunTables['executions']> {
    return this.#tables.executions();
  }

  /** Makes the derived tables anew from the events of all runs, each of which must be unbroken. */
  rebuild(): void {
    this.#write(() => {
      this.#tables.clearDerived();
      for (const id of this.#tables.recordedRuns()) {
        if (!isRunId(id)) throw this.#corrupt(id, 0, 'its id is not that of a run');
        const records = [...this.#tables.history(id)];
        const head = records.at(-1);
        if (head !== undefined) this.#tables.put(id, rowsOf(this.#events(id, records, head)).takeChanges(), head);
      }
    });
  }

  /** Moves what was committed into the main file and onto the disk, as far as no other process is in the way. */
  checkpoint(): void {
    this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  close(): void {
    try {
      this.#database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // What cannot be moved into the main file now (a full disk) stays beside it, from where it is read next time.
    }
    this.#database.close();
  }

  /** The setting belongs to the connection and cannot change inside a transaction; most appends leave it alone. */
  #setDurability(durability: Durability): void {
    if (durability === this.#durability) return;
    this.#database.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`);
    this.#durability = durability;
  }

  #write(change: () => void): void {
    this.#begin.run();
    try {
      change();
      this.#commit.run();
    } catch (error) {
      // SQLite has rolled back by itself after some errors, a full disk for one.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #verified(runId: RunId): VerifiedRun | null {
    const head = this.#tables.head(runId);
    if (head === null) {
      if (!this.#tables.hasEvents(runId)) return null;
      throw this.#corrupt(runId, 1, 'its row in executions is missing');
    }
    const events = this.#events(runId, this.#tables.history(runId), head);
    if (events.length === 0) throw this.#corrupt(runId, 1, 'it has no events');
    const rows = rowsOf(events);
    const deviation = this.#tables.deviation(runId, rows, head);
    if (deviation !== null) throw this.#corrupt(runId, head.sequence, `${deviation} does not agree with its events`);
    rows.takeChanges();
    return { events, head, rows };
  }

  #events(runId: RunId, records: Iterable<JournalRecord>, head: JournalHead): readonly RunEvent[] {
    const read = readJournal(runId, records, head, sha256);
    if (read.ok) return read.value;
    const { kind, sequence, message } = read.error;
    if (kind === 'corrupt') throw this.#corrupt(runId, sequence, message);
    throw new StateError({ kind, message: `Run ${runId} in ${this.file}: ${message}. Use the vwmp that wrote it.` });
  }

  #checkStructure(): void {
    const [answer] = this.#database.prepare('PRAGMA quick_check(1)').all();
    const fault = String(answer?.quick_check);
    if (fault !== 'ok')
      throw new StateError({ kind: 'corrupt', message: `${this.file} is damaged: ${fault}. ${startAnew}` });
  }

  #corrupt(runId: string, sequence: number, fault: string): StateError {
    const message = `${this.file}, run ${runId}, event ${sequence}: the record was damaged or changed from outside: ${fault}. ${startAnew}`;
    return new StateError({ kind: 'corrupt', message });
  }
}

const startAnew = 'It cannot be taken up; start a new run with "vwmp run".';

function rowsOf(events: readonly RunEvent[]): RunRows {
  const rows = new RunRows(sha256);
  for (const event of events) rows.apply(event);
  return rows;
}
