import type { StepGraph } from './step-graph.ts';

/** The room that a drawing has. */
export interface DrawingRoom {
  /** UTF-16 units for all nodes and edges together. */
  readonly characters: number;
  readonly edges: number;
}

export interface DrawingCost {
  readonly node: (position: number) => number;
  /** An edge by its place in `graph.edges`. */
  readonly edge: (index: number) => number;
}

/**
 * Which nodes are drawn when not all can be: those that people look for first (failed, then what is under way) and
 * around them, nearest first, so that what is shown hangs together; then the others from the top of the document.
 * An edge is drawn when both its ends are.
 */
export function nodesWithin(graph: StepGraph, room: DrawingRoom, cost: DrawingCost): ReadonlySet<number> {
  const edgesAt = edgesByNode(graph);
  const kept = new Set<number>();
  let characters = 0;
  let edges = 0;
  for (const position of byInterest(graph, edgesAt)) {
    const added = (edgesAt[position] ?? []).filter((index) => {
      const edge = graph.edges[index];
      return edge !== undefined && (edge.from === position ? kept.has(edge.to) : kept.has(edge.from));
    });
    characters += cost.node(position) + added.reduce((sum, index) => sum + cost.edge(index), 0);
    edges += added.length;
    if (characters > room.characters || edges > room.edges) break;
    kept.add(position);
  }
  return kept;
}

/** Breadth first from the interesting nodes, over edges in both directions; what they do not reach comes last. */
function* byInterest(graph: StepGraph, edgesAt: readonly (readonly number[])[]): Generator<number> {
  const queue = interesting(graph);
  const seen = new Set(queue);
  let next = 0;
  for (let start = -1; start < graph.nodes.length; start++) {
    if (start >= 0 && !seen.has(start)) {
      seen.add(start);
      queue.push(start);
    }
    for (let position = queue[next]; position !== undefined; position = queue[next]) {
      next += 1;
      yield position;
      for (const neighbour of neighbours(graph, edgesAt, position)) {
        if (seen.has(neighbour)) continue;
        seen.add(neighbour);
        queue.push(neighbour);
      }
    }
  }
}

function interesting(graph: StepGraph): number[] {
  for (const states of [['failed'], ['cancelled', 'running', 'waiting']]) {
    const found = graph.nodes.flatMap((node, position) =>
      node.status !== null && states.includes(node.status) ? [position] : [],
    );
    if (found.length > 0) return found;
  }
  return [];
}

function neighbours(graph: StepGraph, edgesAt: readonly (readonly number[])[], position: number): readonly number[] {
  return (edgesAt[position] ?? []).flatMap((index) => {
    const edge = graph.edges[index];
    return edge === undefined ? [] : [edge.from === position ? edge.to : edge.from];
  });
}

function edgesByNode(graph: StepGraph): readonly (readonly number[])[] {
  const lists: number[][] = graph.nodes.map(() => []);
  for (const [index, edge] of graph.edges.entries()) {
    lists[edge.from]?.push(index);
    lists[edge.to]?.push(index);
  }
  return lists;
}
