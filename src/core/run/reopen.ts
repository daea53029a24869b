import type { RunResumed } from '../model/event.ts';
import type { GraphNode } from '../plan/graph.ts';
import { topologicalOrder } from '../plan/levels.ts';
import { standingEffect } from './completed-visits.ts';
import { countAnew } from './count-anew.ts';
import type { Draft } from './draft.ts';
import { PersistentVector } from './persistent-vector.ts';
import type { EarlierVisit, Ended, RunState, StepState } from './state.ts';
import { waitAnew } from './wait-anew.ts';

/** Opens a run that had ended (LANGUAGE.md section 6): what ended in success stands, the rest is settled again. */
export function reopen(draft: Draft, event: RunResumed): void {
  const { state } = draft;
  const again = stepsToRunAgain(state, new Set(event.again));
  state.earlier = [...state.earlier, ...visitsLeftBehind(state, again)];
  state.steps = PersistentVector.from(
    state.graph.nodes.map((node): StepState => {
      const step = state.steps.at(node.position);
      return again.has(node.position) ? { kind: 'pending', visits: step.visits, open: 0 } : step;
    }),
  );
  state.end = null;
  state.stop = null;
  state.cancelled = false;
  state.forced = false;
  state.timedOut = false;
  state.error = null;
  state.rollback = null;
  state.outputs = {};
  state.secretOutputs = [];
  countAnew(draft);
  waitAnew(draft, event);
  const { timeoutMs } = state.facts;
  state.timeoutAt = timeoutMs === null ? null : event.at + timeoutMs;
  if (timeoutMs !== null) draft.commands.push({ kind: 'schedule-timeout', delayMs: timeoutMs });
  draft.enter('main');
}

/** What a step did that runs again stays done: whoever takes the run back takes that back too. */
function visitsLeftBehind(state: RunState, again: ReadonlySet<number>): readonly EarlierVisit[] {
  return state.graph.nodes.flatMap(({ position, step: { id } }) => {
    const step = state.steps.at(position);
    const leaves = again.has(position) && step.kind === 'ended' && standingEffect(step) !== null;
    return leaves ? [{ step: id, ended: step }] : [];
  });
}

/**
 * What ended in success and was not taken back stands. Failed, cancelled and undone steps run again; a skipped one is settled again where something
 * upstream runs again, or where it was skipped for what happened to the run. `finally` runs again as a whole.
 */
function stepsToRunAgain(state: RunState, asked: ReadonlySet<string>): ReadonlySet<number> {
  const again = new Set<number>();
  const moved = new Set<number>();
  for (const position of topologicalOrder(state.graph)) {
    const node = state.graph.nodes[position];
    if (!node) continue;
    const step = state.steps.at(position);
    const upstreamMoved = node.edges.some(({ from }) => moved.has(from));
    const runs = runsAgain(state, node, step, upstreamMoved, asked);
    if (runs) again.add(position);
    // A step that stands still passes on that something above it moved: the skipped ones below it are asked again.
    if (runs || upstreamMoved) moved.add(position);
  }
  return again;
}

function runsAgain(
  { roster }: RunState,
  { step: { id }, section }: GraphNode,
  step: StepState,
  upstreamMoved: boolean,
  asked: ReadonlySet<string>,
): boolean {
  if (section === 'finally' || step.kind !== 'ended') return true;
  // What the selection leaves out keeps what the journal says of it.
  if (roster.selected && !roster.selected.has(id)) return false;
  return asked.has(id) || endsAnew(step, upstreamMoved);
}

function endsAnew({ result, undone }: Ended, upstreamMoved: boolean): boolean {
  switch (result.kind) {
    case 'success':
      return undone;
    case 'failed':
    case 'cancelled':
      return true;
    case 'skipped':
      return upstreamMoved || ['blocked', 'run-ended', 'superseded', 'not-selected'].includes(result.reason.kind);
  }
}
