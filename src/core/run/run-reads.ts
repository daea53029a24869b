import type { StepId } from '../model/ids.ts';
import { isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import type { ParameterDeclaration } from '../model/workflow.ts';
import type { Graph, GraphNode } from '../plan/graph.ts';
import { type Reachability, reachabilityOf, upstreamOf } from '../plan/reachability.ts';
import type { ParameterValue, RunReads } from '../ports/handlers.ts';
import { completedVisits } from './completed-visits.ts';
import type { RunState } from './state.ts';
import { stepFactsOf } from './view.ts';

/** What the handler of one attempt may read of the run. Writes to the state are kept in `stateWrites`. */
export function readsOf(
  state: RunState,
  node: GraphNode,
  secretParameters: JsonMap,
  stateWrites: { [key: string]: Json },
): RunReads {
  return {
    parameters: () =>
      state.facts.workflow.parameters.map((declaration) =>
        parameterValue(
          declaration,
          secretParameters[declaration.name] ?? state.facts.parameters[declaration.name] ?? null,
        ),
      ),
    outputs: (stepId) => {
      const position = state.graph.positionOf(stepId as StepId);
      const source = position === undefined ? undefined : state.graph.nodes[position];
      if (!source || !mayRead(state, node, source)) return null;
      const facts = stepFactsOf(state, stepId);
      return facts && isJsonMap(facts.outputs) && ['success', 'failed'].includes(facts.status) ? facts.outputs : null;
    },
    upstream: (handler) =>
      upstreamNodes(state, node).flatMap(({ position, step: { id, handler: name } }) => {
        const known = state.steps.at(position);
        if (name !== handler || known.kind !== 'ended' || known.undone || known.result.kind !== 'success') return [];
        return [{ id, outputs: known.result.outputs }];
      }),
    changedFiles: () => {
      const upstream = new Set(upstreamNodes(state, node).map(({ step }) => step.id));
      const changes = completedVisits(state, { only: null, earlier: true })
        .filter(({ step }) => upstream.has(step))
        .flatMap(({ effect }) => effect.changes);
      return [...new Set(changes.map(({ path }) => path))].sort();
    },
    state: (key) => {
      const source = Object.hasOwn(stateWrites, key) ? stateWrites : state.shared;
      return Object.hasOwn(source, key) ? (source[key] ?? null) : null;
    },
    setState: (key, value) => {
      stateWrites[key] = value;
    },
  };
}

function upstreamNodes(state: RunState, node: GraphNode): readonly GraphNode[] {
  if (node.section === 'finally') return state.graph.nodes.filter(({ section }) => section === 'main');
  const positions = [...upstreamOf(state.graph, [node.position])].sort((a, b) => a - b);
  return positions.flatMap((position) => state.graph.nodes[position] ?? []);
}

/** A step reads what is upstream of it; `finally` reads every main step. */
function mayRead(state: RunState, reader: GraphNode, source: GraphNode): boolean {
  if (reader.section === 'finally' && source.section === 'main') return true;
  return reachabilityIn(state.graph).isUpstream(source.position, reader.position);
}

const known = new WeakMap<Graph, Reachability>();

/** Many steps of one run ask, so what is found out for one of them is kept for the others. */
function reachabilityIn(graph: Graph): Reachability {
  const reachability = known.get(graph) ?? reachabilityOf(graph);
  known.set(graph, reachability);
  return reachability;
}

function parameterValue({ name, label, type, options }: ParameterDeclaration, value: Json): ParameterValue {
  const option = options.find((candidate) => candidate.value === value);
  return { name, value, label: label ?? null, valueLabel: option?.label ?? null, type };
}
