import type { Graph } from './graph.ts';
import { topologicalOrder } from './levels.ts';

/** Answers whether one step comes before another over any chain of edges. */
export interface Reachability {
  /** False for a step and itself. */
  isUpstream(source: number, target: number): boolean;
}

/** Beyond this many steps looked at for one question, the answer for every target of the source is worth keeping. */
const patience = 512;

/**
 * A document may ask as many questions as it has references, so neither "everything upstream of each step" (quadratic
 * space) nor one search a question (quadratic time in a chain) will do. Most references are short: a search backwards
 * that never leaves the stretch between the two steps answers those. A long one makes the set of all that lies
 * downstream of its source, which the next questions about that source share.
 */
export function reachabilityOf(graph: Graph): Reachability {
  const rank = new Int32Array(graph.nodes.length);
  topologicalOrder(graph).forEach((position, index) => {
    rank[position] = index;
  });
  const downstream = new Map<number, ReadonlySet<number>>();

  return {
    isUpstream(source, target) {
      if (source === target) return false;
      const known = downstream.get(source);
      if (known) return known.has(target);
      const near = searchBackwards(graph, rank, source, target);
      if (near !== null) return near;
      const reached = downstreamOf(graph, [source]);
      downstream.set(source, reached);
      return reached.has(target);
    },
  };
}

function searchBackwards(graph: Graph, rank: Int32Array, source: number, target: number): boolean | null {
  const border = rank[source] ?? 0;
  const seen = new Set([target]);
  const open = [target];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { from } of graph.nodes[at]?.edges ?? []) {
      if (from === source) return true;
      if ((rank[from] ?? 0) < border || seen.has(from)) continue;
      seen.add(from);
      open.push(from);
    }
    if (seen.size > patience) return null;
  }
  return false;
}

/** Everything that can be reached from the given positions, without them (unless one reaches another). */
export function downstreamOf(graph: Graph, from: readonly number[]): ReadonlySet<number> {
  return closure(from, (position) => graph.nodes[position]?.dependants ?? []);
}

/** Everything from which the given positions can be reached, without them (unless one reaches another). */
export function upstreamOf(graph: Graph, from: readonly number[]): ReadonlySet<number> {
  return closure(from, (position) => (graph.nodes[position]?.edges ?? []).map((edge) => edge.from));
}

function closure(from: readonly number[], next: (position: number) => readonly number[]): ReadonlySet<number> {
  const reached = new Set<number>();
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const neighbour of next(at)) {
      if (reached.has(neighbour)) continue;
      reached.add(neighbour);
      open.push(neighbour);
    }
  }
  return reached;
}
