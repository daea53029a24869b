/** One step of a loop: from this node by this edge. */
export interface CycleLink<Edge> {
  readonly from: string;
  readonly edge: Edge;
}

/**
 * Loops of a graph, each as the links that form it. Of loops that share a node one is enough to say what is wrong, so
 * as soon as one is found its nodes are left alone. Takes time linear in the graph, and no recursion.
 */
export function findCycles<Edge>(
  edges: ReadonlyMap<string, readonly Edge[]>,
  targetOf: (edge: Edge) => string,
): readonly (readonly CycleLink<Edge>[])[] {
  const cycles: CycleLink<Edge>[][] = [];
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const trail: { readonly node: string; next: number }[] = [{ node: start, next: 0 }];
    const depthOf = new Map([[start, 0]]);
    for (let top = trail.at(-1); top && !done.has(start); top = trail.at(-1)) {
      const edge = edges.get(top.node)?.[top.next++];
      if (edge === undefined) {
        done.add(top.node);
        depthOf.delete(top.node);
        trail.pop();
        continue;
      }
      const target = targetOf(edge);
      if (done.has(target)) continue;
      const depth = depthOf.get(target);
      if (depth === undefined) {
        depthOf.set(target, trail.length);
        trail.push({ node: target, next: 0 });
        continue;
      }
      cycles.push(linksOf(trail.slice(depth), edges));
      for (const { node } of trail) done.add(node);
    }
  }
  return cycles;
}

/** Each trail entry took the edge before its `next`. */
function linksOf<Edge>(
  loop: readonly { readonly node: string; readonly next: number }[],
  edges: ReadonlyMap<string, readonly Edge[]>,
): CycleLink<Edge>[] {
  return loop.flatMap(({ node, next }) => {
    const edge = edges.get(node)?.[next - 1];
    return edge === undefined ? [] : [{ from: node, edge }];
  });
}
