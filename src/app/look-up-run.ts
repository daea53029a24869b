import { isRunId, type RunId } from '../core/model/ids.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import type { RunView } from '../core/model/run-view.ts';
import type { RunSummary, StateRefusal } from '../core/ports/run-store.ts';
import { viewOf } from '../core/run/view.ts';
import type { Platform } from './platform.ts';
import { replay } from './recorded-run.ts';

/** Recorded runs, newest first. */
export async function history(platform: Platform): Promise<Result<readonly RunSummary[], StateRefusal>> {
  const store = await platform.openStore();
  if (!store.ok) return store;
  try {
    return ok(await store.value.list());
  } catch (error) {
    return err({ kind: 'unreadable', message: error instanceof Error ? error.message : String(error) });
  } finally {
    await store.value.close();
  }
}

/** A recorded run as it stands; null asks for the newest. */
export async function lookUpRun(platform: Platform, runId: string | null): Promise<Result<RunView, StateRefusal>> {
  const id = runId === null ? await newestRun(platform) : asRunId(runId);
  if (!id.ok) return id;
  const store = await platform.openStore();
  if (!store.ok) return store;
  try {
    const events = await store.value.read(id.value);
    if (!events.ok) return events;
    const state = replay(events.value);
    if (state !== null) return ok(viewOf(state));
    return err({ kind: 'corrupt', message: `The journal of run ${id.value} holds no start.` });
  } finally {
    await store.value.close();
  }
}

async function newestRun(platform: Platform): Promise<Result<RunId, StateRefusal>> {
  const runs = await history(platform);
  if (!runs.ok) return runs;
  const [newest] = runs.value;
  return newest ? ok(newest.runId) : err({ kind: 'unknown-run', message: 'No run has been recorded here yet.' });
}

function asRunId(text: string): Result<RunId, StateRefusal> {
  if (isRunId(text)) return ok(text);
  return err({ kind: 'unknown-run', message: `"${text}" is no run id; \`vwmp history\` lists the runs.` });
}
