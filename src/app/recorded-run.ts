import type { RunEvent } from '../core/model/event.ts';
import { isRunId } from '../core/model/ids.ts';
import { err, type Result } from '../core/model/result.ts';
import type { Journal } from '../core/ports/run-store.ts';
import type { RunState } from '../core/run/state.ts';
import { transition } from '../core/run/transition.ts';
import type { Platform } from './platform.ts';
import { type RunRefusal, stateRefused } from './run-workflow.ts';

/** A run that was recorded before and is owned by this process now. */
export interface RecordedRun {
  readonly events: readonly RunEvent[];
  readonly before: RunState;
  readonly journal: Journal;
}

/** Opens a recorded run, hands it to `use`, and closes its journal whatever becomes of that. */
export async function withRecordedRun<T>(
  platform: Platform,
  runId: string,
  use: (run: RecordedRun) => Promise<Result<T, RunRefusal>>,
): Promise<Result<T, RunRefusal>> {
  if (!isRunId(runId)) return refused(`"${runId}" is no run id; \`vwmp history\` lists the runs`);
  const store = await platform.openStore();
  if (!store.ok) return err(stateRefused(store.error));
  const recorded = await store.value.open(runId);
  if (!recorded.ok) {
    await store.value.close();
    return err(stateRefused(recorded.error));
  }
  const { journal, events } = recorded.value;
  try {
    const before = replay(events);
    if (before === null) return refused(`the journal of run ${runId} holds no start`);
    return await use({ events, before, journal });
  } finally {
    await journal.close();
    await store.value.close();
  }
}

/** The state that the events lead to; null for none. */
export function replay(events: readonly RunEvent[]): RunState | null {
  let state: RunState | null = null;
  for (const event of events) state = transition(state, event).state;
  return state;
}

function refused(message: string): Result<never, RunRefusal> {
  return err(stateRefused({ message }));
}
