import { chain, type JournalHead, type JournalRecord } from '../../core/journal/chain.ts';
import { encodeEvent } from '../../core/journal/event-text.ts';
import { beginningFault } from '../../core/journal/read-journal.ts';
import type { RunRows } from '../../core/journal/run-rows.ts';
import type { RunEvent } from '../../core/model/event.ts';
import type { RunId } from '../../core/model/ids.ts';
import type { Durability, Journal } from '../../core/ports/run-store.ts';
import type { RunLock } from './run-lock.ts';
import { sha256 } from './sha256.ts';
import type { StateDatabase } from './state-database.ts';
import { refusalOf, StateError } from './state-error.ts';

/** What a journal writes to, and where it goes on. */
export interface OwnedRun {
  readonly runId: RunId;
  readonly database: StateDatabase;
  readonly lock: RunLock;
  readonly head: JournalHead;
  readonly rows: RunRows;
}

/** The journal of one run in a state file. An append is one transaction, committed before its promise resolves. */
export class SqliteJournal implements Journal {
  readonly runId: RunId;
  readonly #database: StateDatabase;
  readonly #lock: RunLock;
  readonly #rows: RunRows;
  readonly #onClose: () => void;
  #head: JournalHead;
  #end: 'open' | 'closed' | StateError = 'open';

  constructor({ runId, database, lock, head, rows }: OwnedRun, onClose: () => void) {
    this.runId = runId;
    this.#database = database;
    this.#lock = lock;
    this.#head = head;
    this.#rows = rows;
    this.#onClose = onClose;
  }

  async append(events: readonly RunEvent[], durability: Durability): Promise<void> {
    if (this.#end === 'closed') throw new Error(`the journal of run ${this.runId} is closed`);
    if (this.#end !== 'open') throw this.#end;
    const records = this.#link(events);
    try {
      for (const event of events) this.#rows.apply(event);
      this.#database.append(this.runId, records, this.#rows, durability);
      this.#head = records.at(-1) ?? this.#head;
    } catch (error) {
      throw this.#fail(error);
    }
  }

  async close(): Promise<void> {
    if (this.#end !== 'open') return;
    this.#end = 'closed';
    try {
      this.#database.checkpoint();
    } catch (error) {
      throw new StateError(refusalOf(error, this.#database.file, 'write'), error);
    } finally {
      this.#giveFree();
    }
  }

  #link(events: readonly RunEvent[]): readonly JournalRecord[] {
    let { hash, sequence } = this.#head;
    return events.map((event) => {
      sequence++;
      const misplaced = beginningFault(this.runId, sequence, event);
      if (misplaced !== null) throw new Error(`run ${this.runId}: ${misplaced}`);
      const text = encodeEvent(event);
      hash = chain(hash, sequence, text, sha256);
      return { sequence, hash, text };
    });
  }

  /** What failed once is not tried again: after a failed sync nobody knows what the disk holds. */
  #fail(error: unknown): StateError {
    const { kind, message } = refusalOf(error, this.#database.file, 'write');
    const { sequence } = this.#head;
    const next =
      sequence === 0
        ? `Run ${this.runId} ends before anything of it was recorded.`
        : `Run ${this.runId} ends here; its record up to event ${sequence} stands, and "vwmp resume ${this.runId}" goes on from it.`;
    const failure = new StateError({ kind, message: `${message} ${next}` }, error);
    this.#end = failure;
    this.#giveFree();
    return failure;
  }

  #giveFree(): void {
    this.#lock.release();
    this.#onClose();
  }
}
