import type { StepId } from '../model/ids.ts';
import type { Graph, GraphNode } from './graph.ts';

/**
 * Steps by level: those of one level depend only on earlier levels. Within a level, document order.
 * The definition has no cycles, so every step gets a level.
 */
export function levelsOf(graph: Graph, section: GraphNode['section']): readonly (readonly StepId[])[] {
  const levelAt = new Map<number, number>();
  const levels: StepId[][] = [];
  for (const position of topologicalOrder(graph)) {
    const node = graph.nodes[position];
    if (node?.section !== section) continue;
    const level = node.edges.reduce((most, edge) => Math.max(most, (levelAt.get(edge.from) ?? -1) + 1), 0);
    levelAt.set(position, level);
  }
  for (const node of graph.nodes) {
    const level = levelAt.get(node.position);
    if (level === undefined) continue;
    while (levels.length <= level) levels.push([]);
    levels[level]?.push(node.step.id);
  }
  return levels;
}

/** Every position after those of its edges. Iterative: graphs may be deeper than the call stack. */
export function topologicalOrder(graph: Graph): readonly number[] {
  const open = graph.nodes.map((node) => node.edges.length);
  const order = graph.nodes.filter((node) => node.edges.length === 0).map((node) => node.position);
  for (let next = 0; next < order.length; next++) {
    for (const dependant of graph.nodes[order[next] ?? -1]?.dependants ?? []) {
      open[dependant] = (open[dependant] ?? 0) - 1;
      if (open[dependant] === 0) order.push(dependant);
    }
  }
  return order;
}
