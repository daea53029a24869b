import { addressOf } from '../model/ids.ts';
import type { RollbackView, RolledBackStep } from '../model/run-view.ts';
import { endOfVisit } from './completed-visits.ts';
import type { RunState, UndoEnd, VisitOf } from './state.ts';

/** What a rollback did and left, as reports show it. */
export function rollbackViewOf(state: RunState): RollbackView | null {
  const { rollback } = state;
  if (rollback === null) return null;
  const { cause, ends, current, queue } = rollback;
  const steps = [
    ...ends.map((end) => ({ of: end, view: endedView(state, end) })),
    ...(current === null ? [] : [{ of: current, view: openView(state, current, 'running') }]),
    ...queue.map((visit) => ({ of: visit, view: openView(state, visit, 'due') })),
  ];
  // What lies beyond the reach of the rollback was decided first, and would come last.
  return { cause, steps: steps.sort((a, b) => orderOf(state, b.of) - orderOf(state, a.of)).map(({ view }) => view) };
}

function endedView(state: RunState, end: UndoEnd): RolledBackStep {
  const { outcome, durationMs } = end;
  const common = { ...identityOf(state, end), durationMs };
  switch (outcome.kind) {
    case 'undone':
      return { ...common, status: 'undone', message: outcome.message ?? '', commands: [] };
    case 'left':
      return { ...common, status: 'left', message: outcome.reason, commands: outcome.commands };
    case 'failed': {
      const commands = outcome.commands ?? [];
      const again = `vwmp rollback ${state.facts.runId} --only ${end.step}`;
      const { message } = outcome.failure;
      return { ...common, status: 'failed', message, commands: commands.length > 0 ? commands : [again] };
    }
  }
}

function openView(state: RunState, visit: VisitOf, status: 'running' | 'due'): RolledBackStep {
  return { ...identityOf(state, visit), status, message: '', commands: [], durationMs: null };
}

function identityOf(state: RunState, visit: VisitOf): Pick<RolledBackStep, 'address' | 'name' | 'visit'> {
  const name = endOfVisit(state, visit)?.name ?? visit.step;
  return { address: addressOf(visit.step), name, visit: visit.visit };
}

function orderOf(state: RunState, visit: VisitOf): number {
  return endOfVisit(state, visit)?.order ?? 0;
}
