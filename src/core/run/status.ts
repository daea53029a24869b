import type { RunStatus } from '../model/event.ts';
import type { RunState } from './state.ts';

/** The status the run would have if it ended now; once it has ended, the one it has (LANGUAGE.md section 5). */
export function statusOf(state: Pick<RunState, 'end' | 'cancelled' | 'timedOut' | 'tally'>): RunStatus {
  if (state.end) return state.end.status;
  if (state.cancelled) return 'cancelled';
  if (state.timedOut || state.tally.requiredFailed > 0 || state.tally.requiredBlocked > 0) return 'failed';
  return state.tally.optionalFailed > 0 ? 'partial' : 'success';
}
