import { existsSync } from 'node:fs';
import { emptyJournal } from '../../core/journal/chain.ts';
import { RunRows } from '../../core/journal/run-rows.ts';
import type { RunEvent, RunStatus } from '../../core/model/event.ts';
import { isRunId, type RunId } from '../../core/model/ids.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import type { Journal, RecordedRun, RunStore, RunSummary, StateRefusal } from '../../core/ports/run-store.ts';
import { openDatabase } from './open-database.ts';
import { RunLock } from './run-lock.ts';
import { sha256 } from './sha256.ts';
import { type OwnedRun, SqliteJournal } from './sqlite-journal.ts';
import { StateDatabase, type VerifiedRun } from './state-database.ts';
import { refusalOf, StateError } from './state-error.ts';
import { makeFolder, StateFolder } from './state-folder.ts';

export interface SqliteRunStoreOptions {
  /** The state folder. It is made by the first `create`; reading makes nothing. */
  readonly folder: string;
  /** A folder made inside it hides itself from git. `null`: no workspace. */
  readonly workspace: string | null;
}

/** Long enough for somebody who only asks whether the run is owned to be done. */
const lockWaitMs = 200;

/**
 * Runs in a state folder: `state.db`, `locks/`, `runs/ID/`. Processes may use one folder at the same time, each for
 * runs of its own. `list` and the journals reject with a `StateError`; the other calls refuse with its content.
 */
export class SqliteRunStore implements RunStore {
  readonly #folder: StateFolder;
  readonly #journals = new Set<Journal>();
  #database: StateDatabase | null = null;

  constructor({ folder, workspace }: SqliteRunStoreOptions) {
    this.#folder = new StateFolder(folder, workspace);
  }

  /** Where the logs, files and reports of a run lie. `create` makes the folder. */
  runFolder(runId: RunId): string {
    return this.#folder.runFolder(runId);
  }

  async create(runId: RunId): Promise<Result<Journal, StateRefusal>> {
    return this.#refusing(runId, 'write', () => {
      const database = this.#open(true);
      return this.#owning(runId, (lock) => {
        if (database?.has(runId)) {
          const message = `Run ${runId} is recorded in ${this.#folder.database} already. Go on with it: "vwmp resume ${runId}".`;
          throw new StateError({ kind: 'owned', message });
        }
        makeFolder(this.#folder.runFolder(runId));
        if (database === null) throw new Error('a state file was not made');
        return this.#journal({ runId, database, lock, head: emptyJournal(runId, sha256), rows: new RunRows(sha256) });
      });
    });
  }

  async open(runId: RunId): Promise<Result<RecordedRun, StateRefusal>> {
    return this.#refusing(runId, 'read', () => {
      const database = this.#existing(runId);
      return this.#owning(runId, (lock) => {
        const { events, head, rows } = this.#recorded(database, runId, true);
        makeFolder(this.#folder.runFolder(runId));
        return { journal: this.#journal({ runId, database, lock, head, rows }), events };
      });
    });
  }

  async read(runId: RunId): Promise<Result<readonly RunEvent[], StateRefusal>> {
    return this.#refusing(runId, 'read', () => this.#recorded(this.#existing(runId), runId, false).events);
  }

  async list(): Promise<readonly RunSummary[]> {
    try {
      return (
        this.#open(false)
          ?.executions()
          .flatMap((row) => this.#summary(row)) ?? []
      );
    } catch (error) {
      throw new StateError(refusalOf(error, this.#folder.database, 'read'), error);
    }
  }

  /** Makes `workflows`, `executions` and `step_executions` anew from the events. */
  async rebuildTables(): Promise<Result<void, StateRefusal>> {
    try {
      this.#open(false)?.rebuild();
      return ok(undefined);
    } catch (error) {
      return err(refusalOf(error, this.#folder.database, 'write'));
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#journals].map((journal) => journal.close()));
    const database = this.#database;
    this.#database = null;
    try {
      database?.close();
    } catch (error) {
      throw new StateError(refusalOf(error, this.#folder.database, 'write'), error);
    }
  }

  #refusing<T>(runId: RunId, doing: 'read' | 'write', work: () => T): Result<T, StateRefusal> {
    if (!isRunId(runId)) {
      const message = `${JSON.stringify(runId)} is not the id of a run. "vwmp history" lists the runs.`;
      return err({ kind: 'unknown-run', message });
    }
    try {
      return ok(work());
    } catch (error) {
      return err(refusalOf(error, this.#folder.database, doing));
    }
  }

  #open(make: boolean): StateDatabase | null {
    if (this.#database !== null) return this.#database;
    const opened = openDatabase(this.#folder, make);
    this.#database = opened && new StateDatabase(opened, this.#folder.database);
    return this.#database;
  }

  #existing(runId: RunId): StateDatabase {
    const database = this.#open(false);
    if (database === null) throw this.#unknown(runId);
    return database;
  }

  #recorded(database: StateDatabase, runId: RunId, thorough: boolean): VerifiedRun {
    const run = database.read(runId, thorough);
    if (run === null) throw this.#unknown(runId);
    return run;
  }

  #unknown(runId: RunId): StateError {
    const { database, path } = this.#folder;
    const hint = existsSync(this.#folder.runFolder(runId))
      ? `Its folder is there, so it ended before its first event, or ${database}-wal was taken away. Start it anew with "vwmp run".`
      : '"vwmp history" lists the runs of this folder; --state-dir names another one.';
    return new StateError({ kind: 'unknown-run', message: `No run ${runId} is recorded in ${path}. ${hint}` });
  }

  /** Does the work as the run's owner; the lock stays with what the work gives, unless it throws. */
  #owning<T>(runId: RunId, work: (lock: RunLock) => T): T {
    const lock = RunLock.acquire(this.#folder.runLock(runId), lockWaitMs);
    if (lock === null) {
      const message = `Run ${runId} is under way in another process. Wait until that has ended, or end it, and try again.`;
      throw new StateError({ kind: 'owned', message });
    }
    try {
      return work(lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  #journal(run: OwnedRun): Journal {
    const journal: Journal = new SqliteJournal(run, () => this.#journals.delete(journal));
    this.#journals.add(journal);
    return journal;
  }

  /** Empty for a row that no vwmp wrote: opening that run says what is wrong with it. */
  #summary(row: { readonly [column: string]: unknown }): readonly RunSummary[] {
    const { id, status, started_at: startedAt, duration_ms: durationMs, name, version } = row;
    if (typeof id !== 'string' || !isRunId(id) || !isListedStatus(status) || typeof startedAt !== 'number') return [];
    return [
      {
        runId: id,
        workflow: { name: String(name), version: String(version) },
        status,
        owned: status === 'running' && RunLock.isHeld(this.#folder.runLock(id)),
        startedAt,
        durationMs: typeof durationMs === 'number' ? durationMs : null,
      },
    ];
  }
}

const listedStatuses: ReadonlySet<unknown> = new Set<RunStatus | 'running'>([
  'running',
  'success',
  'partial',
  'failed',
  'cancelled',
  'waiting',
]);

function isListedStatus(status: unknown): status is RunSummary['status'] {
  return listedStatuses.has(status);
}
