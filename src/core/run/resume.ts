import type { RunResumed, RunStarted } from '../model/event.ts';
import { type Graph, graphOf } from '../plan/graph.ts';
import { countAnew } from './count-anew.ts';
import type { Draft } from './draft.ts';
import { goOn } from './go-on.ts';
import { PersistentVector } from './persistent-vector.ts';
import { reopen } from './reopen.ts';
import type { Roster, StepState } from './state.ts';

/**
 * LANGUAGE.md section 6: a run whose engine died goes on; one that had ended is opened again. `leftAt` is the time of
 * the last event before this one.
 */
export function resume(draft: Draft, event: RunResumed, leftAt: number): void {
  const ended = draft.state.phase === 'ended';
  draft.state.attempt = event.attempt;
  takeChanges(draft, event);
  if (ended) reopen(draft, event);
  else goOn(draft, event, leftAt);
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
  countAnew(draft);
}
