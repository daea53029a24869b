import { addressOf, type StepId } from '../model/ids.ts';
import type { RollbackView, RolledBackStep } from '../model/run-view.ts';
import type { RunState, UndoEnd } from './state.ts';

/** What a rollback did and left, as reports show it. */
export function rollbackViewOf(state: RunState): RollbackView | null {
  const { rollback } = state;
  if (rollback === null) return null;
  const { cause, ends, current, queue } = rollback;
  const steps = [
    ...ends.map((end) => ({ id: end.step, view: endedView(state, end) })),
    ...(current === null ? [] : [{ id: current.step, view: openView(state, current.step, 'running') }]),
    ...queue.map((id) => ({ id, view: openView(state, id, 'due') })),
  ];
  // What lies beyond the reach of the rollback was decided first, and would come last.
  return { cause, steps: steps.sort((a, b) => orderOf(state, b.id) - orderOf(state, a.id)).map(({ view }) => view) };
}

function endedView(state: RunState, { step, outcome, durationMs }: UndoEnd): RolledBackStep {
  const common = { address: addressOf(step), name: nameOf(state, step), durationMs };
  switch (outcome.kind) {
    case 'undone':
      return { ...common, status: 'undone', message: outcome.message ?? '', commands: [] };
    case 'left':
      return { ...common, status: 'left', message: outcome.reason, commands: outcome.commands };
    case 'failed': {
      const commands = outcome.commands ?? [];
      const again = `vwmp rollback ${state.facts.runId} --only ${step}`;
      const { message } = outcome.failure;
      return { ...common, status: 'failed', message, commands: commands.length > 0 ? commands : [again] };
    }
  }
}

function openView(state: RunState, id: StepId, status: 'running' | 'due'): RolledBackStep {
  return { address: addressOf(id), name: nameOf(state, id), status, message: '', commands: [], durationMs: null };
}

function nameOf(state: RunState, id: StepId): string {
  const position = state.graph.positionOf(id);
  const step = position === undefined ? undefined : state.steps.at(position);
  return (step?.kind === 'ended' ? step.name : null) ?? id;
}

function orderOf(state: RunState, id: StepId): number {
  const position = state.graph.positionOf(id);
  const step = position === undefined ? undefined : state.steps.at(position);
  return step?.kind === 'ended' ? step.order : 0;
}
