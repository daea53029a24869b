import type { StepId } from '../model/ids.ts';
import type { Selection } from '../model/selection.ts';
import type { Graph } from './graph.ts';
import { downstreamOf, upstreamOf } from './reachability.ts';

/**
 * The main steps that take part in a run, `null` for all of them. `from` adds all that is reachable, `automatic`
 * steps come along where a selected one depends on them, `skip` takes away. Steps of `finally` are outside of any
 * selection. The ids are known to exist (`checkSelection`).
 */
export function selectedSteps(graph: Graph, selection: Selection): readonly StepId[] | null {
  if (selection.only.length + selection.from.length + selection.skip.length === 0) return null;

  const named = positionsOf(graph, selection.only);
  const starts = positionsOf(graph, selection.from);
  const selected = new Set([...named, ...starts, ...downstreamOf(graph, starts)]);
  if (named.length + starts.length === 0) {
    for (const node of graph.nodes) selected.add(node.position);
  } else {
    for (const position of upstreamOf(graph, [...selected])) {
      if (graph.nodes[position]?.step.automatic) selected.add(position);
    }
  }
  for (const position of positionsOf(graph, selection.skip)) selected.delete(position);

  return graph.nodes
    .filter((node) => node.section === 'main' && selected.has(node.position))
    .map((node) => node.step.id);
}

function positionsOf(graph: Graph, ids: readonly StepId[]): readonly number[] {
  return ids.flatMap((id) => graph.positionOf(id) ?? []);
}
