import type { RunEvent, RunStatus } from '../model/event.ts';
import type { RunId } from '../model/ids.ts';
import type { Result } from '../model/result.ts';

/** `full`: on the disk even if the machine loses power; `normal`: a killed process loses nothing. */
export type Durability = 'normal' | 'full';

/**
 * The append-only record of one run, held by one owner. `append` resolves when the events are durable and rejects
 * when they are not; after a rejection the journal is closed and the run must end.
 */
export interface Journal {
  readonly runId: RunId;
  append(events: readonly RunEvent[], durability: Durability): Promise<void>;
  /** Makes all that was appended durable and gives the run free for another owner. */
  close(): Promise<void>;
}

/** Why a recorded run cannot be taken up (exit 5). `message` says what, where and what to do. */
export interface StateRefusal {
  readonly kind: 'unknown-run' | 'owned' | 'corrupt' | 'newer-version' | 'unreadable';
  readonly message: string;
}

export interface RecordedRun {
  readonly journal: Journal;
  readonly events: readonly RunEvent[];
}

/** One row of `vwmp history`, kept current as the events of the run arrive. */
export interface RunSummary {
  readonly runId: RunId;
  readonly workflow: { readonly name: string; readonly version: string };
  /** `running` also for a run whose engine died; `owned` tells the two apart. */
  readonly status: RunStatus | 'running';
  readonly owned: boolean;
  readonly startedAt: number;
  readonly durationMs: number | null;
}

/** All runs of one state folder. */
export interface RunStore {
  /** Opens a new journal. The id must be unused. */
  create(runId: RunId): Promise<Result<Journal, StateRefusal>>;
  /** Takes a run up again: checks its chain, becomes its only owner. */
  open(runId: RunId): Promise<Result<RecordedRun, StateRefusal>>;
  /** Reads a run without owning it. */
  read(runId: RunId): Promise<Result<readonly RunEvent[], StateRefusal>>;
  /** Newest first. */
  list(): Promise<readonly RunSummary[]>;
  close(): Promise<void>;
}
