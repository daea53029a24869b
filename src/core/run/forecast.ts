import { addressOf } from '../model/ids.ts';
import type { JsonMap } from '../model/json.ts';
import type { SkipReason } from '../model/skip.ts';
import type { EdgeOutcome } from '../model/workflow.ts';
import type { Edge, GraphNode } from '../plan/graph.ts';
import type { RunState } from './state.ts';

/** What a plan expects of a step: that it succeeds if it runs. */
export type Forecast =
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'fails'; readonly message: string }
  | {
      readonly kind: 'runs';
      /** False: something that only the run brings decides. `why` says what. */
      readonly certain: boolean;
      readonly why: string;
      /** What it would give; null: not known. */
      readonly outputs: JsonMap | null;
    };

/** The rules of a step's start up to its condition, over forecasts instead of outcomes; null: the condition decides. */
export function forecastStart(
  state: RunState,
  node: GraphNode,
  forecastOf: (position: number) => Forecast,
):
  | Extract<Forecast, { kind: 'skipped' | 'fails' }>
  | { readonly kind: 'open'; readonly certain: boolean; readonly why: string } {
  const { roster, facts } = state;
  const { id } = node.step;
  if (roster.disabled.has(id)) return { kind: 'skipped', reason: { kind: 'disabled' } };
  const enabledFailure = facts.enabledFailures[id];
  if (enabledFailure) return { kind: 'fails', message: enabledFailure.message };
  if (node.section === 'main' && roster.selected && !roster.selected.has(id)) {
    return { kind: 'skipped', reason: { kind: 'not-selected' } };
  }
  const broken = node.edges.filter((edge) => holds(state, edge, forecastOf(edge.from)) === 'no');
  const first = broken.find((edge) => edge.on !== null) ?? broken[0];
  if (first) {
    const by = addressOf(idAt(state, first.from));
    return { kind: 'skipped', reason: { kind: first.on === null ? 'blocked' : 'edge', by } };
  }
  const doubtful = node.edges.filter((edge) => holds(state, edge, forecastOf(edge.from)) === 'perhaps');
  const why = doubtful.map((edge) => edgeText(state, edge)).join(' and ');
  return { kind: 'open', certain: doubtful.length === 0, why };
}

function holds(state: RunState, edge: Edge, source: Forecast): 'yes' | 'no' | 'perhaps' {
  const required = state.graph.nodes[edge.from]?.step.required ?? true;
  switch (source.kind) {
    case 'skipped':
      if (edge.on === null) return source.reason.kind === 'blocked' ? 'no' : 'yes';
      return edge.on.includes('skipped') ? 'yes' : 'no';
    case 'fails':
      if (edge.on === null) return required ? 'no' : 'yes';
      return edge.on.includes('failure') ? 'yes' : 'no';
    case 'runs':
      if (edge.on === null) return 'yes';
      if (edge.on.includes('success') && source.certain) return 'yes';
      return (['success', 'failure', 'skipped'] as const).every((outcome) => edge.on?.includes(outcome))
        ? 'yes'
        : 'perhaps';
  }
}

function edgeText(state: RunState, edge: Edge): string {
  const names: { readonly [outcome in EdgeOutcome]: string } = {
    success: 'succeeds',
    failure: 'fails',
    skipped: 'is skipped',
  };
  const outcomes = (edge.on ?? []).map((outcome) => names[outcome]).join(' or ');
  return `if ${idAt(state, edge.from)} ${outcomes}`;
}

function idAt(state: RunState, position: number) {
  const node = state.graph.nodes[position];
  if (!node) throw new Error(`no step at position ${position}`);
  return node.step.id;
}
