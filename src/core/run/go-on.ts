import type { RunResumed } from '../model/event.ts';
import { type Address, addressOf, type StepId } from '../model/ids.ts';
import type { GraphNode } from '../plan/graph.ts';
import { downstreamOf } from '../plan/reachability.ts';
import { countAnew } from './count-anew.ts';
import type { Draft } from './draft.ts';
import { goOnRollingBack } from './rollback.ts';
import { waitAnew } from './wait-anew.ts';

/**
 * Takes up a run whose engine died (LANGUAGE.md section 6): asks again for everything that was under way. `leftAt` is
 * the time of the last event before this one.
 */
export function goOn(draft: Draft, event: RunResumed, leftAt: number): void {
  const { at, changes, again } = event;
  const { state } = draft;
  const opened = openAgain(draft, again);
  // There may be new steps and other edges, and finished steps may be open.
  if (changes.workflow || opened) {
    waitAnew(draft, event);
    if (state.phase === 'main' || state.phase === 'finally') draft.enter(state.phase);
  }
  if (state.timeoutAt !== null && state.phase === 'main' && !state.timedOut) {
    state.timeoutAt += Math.max(0, at - leftAt);
    draft.commands.push({ kind: 'schedule-timeout', delayMs: Math.max(0, state.timeoutAt - at) });
  }
  if (state.phase === 'rollback') goOnRollingBack(draft);
  if (state.phase === 'outputs') draft.commands.push({ kind: 'settle-outputs' });
  if (state.phase === 'ending') draft.commands.push({ kind: 'end-run' });
  for (const node of state.graph.nodes) askAgain(draft, node);
}

/**
 * Finished steps that are to run again, and with them all that waits for what they give: it was settled, but has not
 * begun, so it is settled anew. Where nothing new may start, or the main part is over, they cannot run again.
 */
function openAgain(draft: Draft, again: readonly Address[]): boolean {
  const { state } = draft;
  if (state.phase !== 'main' || state.stop !== null) return false;
  const positions = again.flatMap((address) => {
    const position = state.graph.positionOf(address as string as StepId);
    const isFinished = position !== undefined && position < state.graph.mainCount && isEnded(draft, position);
    return isFinished ? [position] : [];
  });
  if (positions.length === 0) return false;
  for (const position of positions) {
    draft.put(position, { kind: 'pending', visits: state.steps.at(position).visits, open: 0 });
  }
  for (const position of downstreamOf(state.graph, positions)) {
    const step = state.steps.at(position);
    if (step.kind === 'settling' || step.kind === 'ready' || step.kind === 'retrying') {
      draft.put(position, { kind: 'pending', visits: step.visits - 1, open: 0 });
    }
  }
  countAnew(draft);
  return true;
}

function isEnded({ state }: Draft, position: number): boolean {
  return state.steps.at(position).kind === 'ended';
}

function askAgain(draft: Draft, { position, step: { id } }: GraphNode): void {
  const step = draft.state.steps.at(position);
  const address = addressOf(id);
  const visit = step.visits;
  switch (step.kind) {
    case 'settling': {
      const scope = draft.mayStart(position) ? 'all' : 'condition';
      draft.commands.push({ kind: 'settle-step', address, visit, scope });
      return;
    }
    case 'running':
      // A cancel that had reached the attempt did end it: its process died with the engine at the latest.
      if (step.cancelling) {
        draft.leavePlace();
        return draft.endCancelled(position, 'cancelled when the engine died');
      }
      draft.put(position, { ...step, lost: true });
      draft.commands.push({ kind: 'resolve-lost', address, visit, attempt: step.attempt });
      return;
    case 'retrying':
      draft.commands.push({ kind: 'schedule-retry', address, visit, retryAt: step.retryAt });
      return;
    case 'pending':
    case 'ready':
    case 'ended':
      return;
  }
}
