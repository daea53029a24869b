import { addressOf } from '../model/ids.ts';
import type { StartAttempt } from './command.ts';
import { dequeue } from './ready-queue.ts';
import type { RunState } from './state.ts';

/**
 * The attempts that get the free places: of ready steps, the one written first starts first. Asked once everything
 * that came together has been applied, so that a place goes to the first of all that became ready by then; and not
 * while steps are being settled, for the same reason. It is no part of `transition`, because a journal does not tell
 * which of its events came together: what was decided here is known by the `attempt-started` that answers it.
 */
export function dueStarts(state: RunState): readonly StartAttempt[] {
  const starts: StartAttempt[] = [];
  if (state.settling > 0) return starts;
  let queue = state.ready;
  let before = -1;
  while (queue !== null && state.placesTaken + starts.length < state.facts.maxParallel) {
    const { position, rest } = dequeue(queue);
    queue = rest;
    const step = state.steps.at(position);
    const node = state.graph.nodes[position];
    // A step that left from further back and came again stands in the queue twice.
    if (!node || step.kind !== 'ready' || position === before) continue;
    before = position;
    const address = addressOf(node.step.id);
    starts.push({ kind: 'start-attempt', address, visit: step.visits, attempt: step.attempt });
  }
  return starts;
}
