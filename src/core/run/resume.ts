import type { RunResumed, RunStarted } from '../model/event.ts';
import { addressOf } from '../model/ids.ts';
import { type Graph, type GraphNode, graphOf } from '../plan/graph.ts';
import { topologicalOrder } from '../plan/levels.ts';
import type { Draft } from './draft.ts';
import { PersistentVector } from './persistent-vector.ts';
import type { Ended, Roster, RunState, StepState } from './state.ts';

/** LANGUAGE.md section 6: a run whose engine died goes on; one that had ended is opened again. */
export function resume(draft: Draft, event: RunResumed): void {
  const ended = draft.state.phase === 'ended';
  draft.state.attempt = event.attempt;
  takeChanges(draft, event);
  if (ended) reopen(draft, event);
  else goOn(draft, event);
}

export function rosterOf(facts: Pick<RunStarted, 'selected' | 'disabled'>): Roster {
  return { selected: facts.selected && new Set(facts.selected), disabled: new Set(facts.disabled) };
}

function takeChanges(draft: Draft, { changes }: RunResumed): void {
  const { state } = draft;
  state.facts = { ...state.facts, ...changes };
  state.roster = rosterOf(state.facts);
  if (changes.workflow) moveSteps(draft, graphOf(changes.workflow));
}

/** Steps keep their states by id; new ones are pending, and what was taken out of the definition is gone. */
function moveSteps(draft: Draft, graph: Graph): void {
  const before = draft.state;
  const states = graph.nodes.map((node): StepState => {
    const position = before.graph.positionOf(node.step.id);
    return position === undefined ? { kind: 'pending', visits: 0, open: node.edges.length } : before.steps.at(position);
  });
  draft.state.graph = graph;
  draft.state.steps = PersistentVector.from(states);
}

/** Asks again for everything that was under way when the engine died. */
function goOn(draft: Draft, { changes }: RunResumed): void {
  const { state } = draft;
  if (changes.workflow) countOpenEdges(draft);
  if (state.facts.timeoutMs !== null && state.phase === 'main' && !state.timedOut) {
    const left = state.facts.at + state.facts.timeoutMs - state.lastEventAt;
    draft.commands.push({ kind: 'schedule-timeout', delayMs: Math.max(0, left) });
  }
  if (state.phase === 'outputs') draft.commands.push({ kind: 'settle-outputs' });
  if (state.phase === 'ending') draft.commands.push({ kind: 'end-run' });
  for (const node of state.graph.nodes) {
    const step = state.steps.at(node.position);
    const address = addressOf(node.step.id);
    switch (step.kind) {
      case 'settling':
        draft.commands.push({
          kind: 'settle-step',
          address,
          visit: step.visits,
          scope: draft.mayStart(node.position) ? 'all' : 'condition',
        });
        break;
      case 'starting':
        draft.commands.push({ kind: 'start-attempt', address, visit: step.visits, attempt: step.attempt });
        if (step.cancelling) draft.commands.push(cancelAgain(address, step.visits));
        break;
      case 'running':
        // A cancel that had reached the attempt did end it: its process died with the engine at the latest.
        if (step.cancelling) {
          draft.leavePlace();
          draft.endCancelled(node.position, 'cancelled when the engine died');
        } else draft.commands.push({ kind: 'resolve-lost', address, visit: step.visits, attempt: step.attempt });
        break;
      case 'retrying':
        draft.commands.push({ kind: 'schedule-retry', address, visit: step.visits, retryAt: step.retryAt });
        break;
      case 'pending':
      case 'ready':
      case 'ended':
        break;
    }
  }
}

/** A changed definition may have new steps and other edges: what is pending waits for what has not ended. */
function countOpenEdges(draft: Draft): void {
  const { state } = draft;
  for (const { position, edges } of state.graph.nodes) {
    const step = state.steps.at(position);
    if (step.kind !== 'pending') continue;
    const open = edges.filter(({ from }) => state.steps.at(from).kind !== 'ended').length;
    draft.put(position, { ...step, open });
  }
  if (state.phase === 'main' || state.phase === 'finally') draft.enter(state.phase);
}

function cancelAgain(address: ReturnType<typeof addressOf>, visit: number) {
  return { kind: 'cancel-attempt', address, visit, reason: 'the run was cancelled' } as const;
}

function reopen(draft: Draft, event: RunResumed): void {
  const { state } = draft;
  const again = stepsToRunAgain(state, new Set(event.again));
  state.steps = PersistentVector.from(
    state.graph.nodes.map((node): StepState => {
      const step = state.steps.at(node.position);
      if (!again.has(node.position)) return step;
      const open = node.edges.filter(({ from }) => again.has(from) || state.steps.at(from).kind !== 'ended').length;
      return { kind: 'pending', visits: step.visits, open };
    }),
  );
  state.end = null;
  state.stop = null;
  state.cancelled = false;
  state.forced = false;
  state.timedOut = false;
  state.error = null;
  state.outputs = {};
  state.secretOutputs = [];
  state.tally = tallyOf(state);
  if (state.facts.timeoutMs !== null) {
    draft.commands.push({ kind: 'schedule-timeout', delayMs: state.facts.timeoutMs });
  }
  draft.enter('main');
}

/**
 * What ended in success stands. Failed and cancelled steps run again; a skipped one is settled again where something
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

function endsAnew({ result }: Ended, upstreamMoved: boolean): boolean {
  switch (result.kind) {
    case 'success':
      return false;
    case 'failed':
    case 'cancelled':
      return true;
    case 'skipped':
      return upstreamMoved || ['blocked', 'run-ended', 'superseded', 'not-selected'].includes(result.reason.kind);
  }
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
