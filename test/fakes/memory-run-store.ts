import { decodeEvent, encodeEvent } from '../../src/core/journal/event-text.ts';
import { beginningFault } from '../../src/core/journal/read-journal.ts';
import { RunRows } from '../../src/core/journal/run-rows.ts';
import type { RunEvent } from '../../src/core/model/event.ts';
import type { RunId } from '../../src/core/model/ids.ts';
import { err, ok, type Result } from '../../src/core/model/result.ts';
import type {
  Durability,
  Journal,
  RecordedRun,
  RunStore,
  RunSummary,
  StateRefusal,
} from '../../src/core/ports/run-store.ts';

interface StoredRun {
  /** As text, as every store keeps them: what does not survive it must not pass here either. */
  readonly lines: string[];
  owner: MemoryJournal | null;
}

/** Runs that live as long as the object. */
export class MemoryRunStore implements RunStore {
  readonly #runs = new Map<RunId, StoredRun>();

  async create(runId: RunId): Promise<Result<Journal, StateRefusal>> {
    const known = this.#runs.get(runId);
    if (known !== undefined && (known.owner !== null || known.lines.length > 0)) {
      return err({ kind: 'owned', message: `run ${runId} exists` });
    }
    return ok(this.#own(runId, { lines: [], owner: null }));
  }

  async open(runId: RunId): Promise<Result<RecordedRun, StateRefusal>> {
    const run = this.#runs.get(runId);
    if (run?.owner) return err({ kind: 'owned', message: `run ${runId} is owned` });
    const events = await this.read(runId);
    if (!events.ok || run === undefined) return err(events.ok ? unknown(runId) : events.error);
    return ok({ journal: this.#own(runId, run), events: events.value });
  }

  async read(runId: RunId): Promise<Result<readonly RunEvent[], StateRefusal>> {
    const run = this.#runs.get(runId);
    if (run === undefined || run.lines.length === 0) return err(unknown(runId));
    return ok(run.lines.map(decoded));
  }

  async list(): Promise<readonly RunSummary[]> {
    const summaries = [...this.#runs]
      .filter(([, { lines }]) => lines.length > 0)
      .map(([id, run]) => summaryOf(id, run));
    return summaries.sort((a, b) => b.startedAt - a.startedAt || (a.runId < b.runId ? 1 : -1));
  }

  async close(): Promise<void> {
    for (const { owner } of this.#runs.values()) await owner?.close();
  }

  /** As if the process that owns the run had died: what was appended stands, the journal is of no use any more. */
  killOwner(runId: RunId): void {
    const run = this.#runs.get(runId);
    run?.owner?.kill();
    if (run) run.owner = null;
  }

  #own(runId: RunId, run: StoredRun): Journal {
    const journal = new MemoryJournal(runId, run);
    run.owner = journal;
    this.#runs.set(runId, run);
    return journal;
  }
}

class MemoryJournal implements Journal {
  readonly runId: RunId;
  readonly #run: StoredRun;
  #open = true;

  constructor(runId: RunId, run: StoredRun) {
    this.runId = runId;
    this.#run = run;
  }

  async append(events: readonly RunEvent[], _durability: Durability): Promise<void> {
    if (!this.#open) throw new Error(`the journal of run ${this.runId} is closed`);
    events.forEach((event, index) => {
      const fault = beginningFault(this.runId, this.#run.lines.length + index + 1, event);
      if (fault !== null) throw new Error(fault);
    });
    this.#run.lines.push(...events.map(encodeEvent));
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#run.owner = null;
  }

  kill(): void {
    this.#open = false;
  }
}

function decoded(line: string): RunEvent {
  const event = decodeEvent(line);
  if (!event.ok) throw new Error(JSON.stringify(event.error));
  return event.value;
}

function unknown(runId: RunId): StateRefusal {
  return { kind: 'unknown-run', message: `no run ${runId} is recorded` };
}

function summaryOf(runId: RunId, run: StoredRun): RunSummary {
  const rows = new RunRows((text) => text);
  for (const line of run.lines) rows.apply(decoded(line));
  const { status, startedAt, durationMs, workflowId } = rows.execution();
  const workflow = rows.workflows().find(({ id }) => id === workflowId);
  return {
    runId,
    workflow: { name: workflow?.name ?? '', version: workflow?.version ?? '' },
    status,
    owned: status === 'running' && run.owner !== null,
    startedAt,
    durationMs,
  };
}
