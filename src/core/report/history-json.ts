import { isoTime } from '../model/iso-time.ts';
import type { RunSummary } from '../ports/run-store.ts';

/** What `history --json` prints, newest run first. */
export interface HistoryJson {
  readonly runs: readonly {
    readonly run_id: string;
    readonly workflow: { readonly name: string; readonly version: string };
    readonly status: RunSummary['status'];
    readonly started_at: string;
    readonly duration_ms: number | null;
  }[];
}

/** Keeps the order of the store, which gives the newest run first. */
export function historyJson(runs: readonly RunSummary[]): HistoryJson {
  return {
    runs: runs.map(({ runId, workflow, status, startedAt, durationMs }) => ({
      run_id: runId,
      workflow: { name: workflow.name, version: workflow.version },
      status,
      started_at: isoTime(startedAt),
      duration_ms: durationMs,
    })),
  };
}
