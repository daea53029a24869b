import type { Draft } from './draft.ts';
import { emptyQueue, enqueue, type ReadyQueue } from './ready-queue.ts';
import type { RunState, StepState } from './state.ts';

/** Makes what the state counts and queues fit its steps, after many of them were changed at once. */
export function countAnew({ state }: Draft): void {
  const positions = (kind: StepState['kind']) =>
    state.graph.nodes.map((node) => node.position).filter((position) => state.steps.at(position).kind === kind);
  state.ready = positions('ready').reduce<ReadyQueue>(enqueue, emptyQueue);
  state.placesTaken = positions('running').length;
  state.settling = positions('settling').length;
  state.tally = tallyOf(state);
}

function tallyOf(state: RunState): RunState['tally'] {
  let [requiredFailed, optionalFailed, requiredBlocked] = [0, 0, 0];
  for (const node of state.graph.nodes) {
    const step = state.steps.at(node.position);
    if (step.kind !== 'ended') continue;
    const { result } = step;
    if (result.kind === 'failed') node.step.required ? requiredFailed++ : optionalFailed++;
    if (result.kind === 'skipped' && result.reason.kind === 'blocked' && node.step.required) requiredBlocked++;
  }
  return { requiredFailed, optionalFailed, requiredBlocked };
}
