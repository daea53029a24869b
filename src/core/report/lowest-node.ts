import type { StepGraph } from './step-graph.ts';

/**
 * The node that stands lowest when a graph is drawn from the top: the end of the longest way over edges between nodes
 * that `counts` names; of several the last one written. `null` where it names none.
 */
export function lowestNode(graph: StepGraph, counts: (position: number) => boolean): number | null {
  const edges = graph.edges.filter(({ from, to }) => counts(from) && counts(to));
  const entering = graph.nodes.map(() => 0);
  const leaving: number[][] = graph.nodes.map(() => []);
  for (const { from, to } of edges) {
    entering[to] = (entering[to] ?? 0) + 1;
    leaving[from]?.push(to);
  }
  const ready = [...graph.nodes.keys()].filter((position) => counts(position) && entering[position] === 0);
  const depths = new Map(ready.map((position) => [position, 0]));
  // What stands in a loop is never ready, and needs no depth: something outside of it does.
  for (const position of ready) {
    for (const to of leaving[position] ?? []) {
      depths.set(to, Math.max(depths.get(to) ?? 0, (depths.get(position) ?? 0) + 1));
      const left = (entering[to] ?? 0) - 1;
      entering[to] = left;
      if (left === 0) ready.push(to);
    }
  }
  return [...depths].reduce<number | null>(
    (lowest, [position, depth]) => (lowest === null || depth >= (depths.get(lowest) ?? 0) ? position : lowest),
    null,
  );
}
