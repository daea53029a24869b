import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteRunStore } from '../../../../src/adapters/sqlite-journal/sqlite-run-store.ts';
import type { RunEvent } from '../../../../src/core/model/event.ts';
import type { RunId } from '../../../../src/core/model/ids.ts';

/** A state folder of its own for one test, with what the tests do to it. */
export class StateRig {
  readonly root = mkdtempSync(join(tmpdir(), 'vwmp-state-'));
  readonly folder = join(this.root, '.vwmp');
  readonly file = join(this.folder, 'state.db');
  readonly #stores: SqliteRunStore[] = [];

  store(): SqliteRunStore {
    const store = new SqliteRunStore({ folder: this.folder, workspace: this.root });
    this.#stores.push(store);
    return store;
  }

  /** Records the run in one go and closes everything. */
  async record(runId: RunId, events: readonly RunEvent[]): Promise<void> {
    const store = this.store();
    const journal = await store.create(runId);
    if (!journal.ok) throw new Error(journal.error.message);
    await journal.value.append(events, 'normal');
    await store.close();
  }

  /** Changes the closed database behind the back of the store. */
  tamper(sql: string): void {
    const database = new DatabaseSync(this.file);
    database.exec(sql);
    database.close();
  }

  query(sql: string): readonly { readonly [column: string]: unknown }[] {
    const database = new DatabaseSync(this.file, { readOnly: true });
    const rows = database.prepare(sql).all();
    database.close();
    return rows.map((row) => ({ ...row }));
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#stores.map((store) => store.close()));
    rmSync(this.root, { recursive: true, force: true });
  }
}
