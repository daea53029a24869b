/**
 * The positions of steps that wait for a place, smallest first: of ready steps, the one written first starts first.
 * A leftist heap, so that a queue can be kept by an older state while a newer one goes on from it.
 */
export type ReadyQueue = null | {
  readonly position: number;
  readonly rank: number;
  readonly left: ReadyQueue;
  readonly right: ReadyQueue;
};

export const emptyQueue: ReadyQueue = null;

export function enqueue(queue: ReadyQueue, position: number): ReadyQueue {
  return merge(queue, { position, rank: 1, left: null, right: null });
}

export function dequeue(queue: NonNullable<ReadyQueue>): { readonly position: number; readonly rest: ReadyQueue } {
  return { position: queue.position, rest: merge(queue.left, queue.right) };
}

function merge(a: ReadyQueue, b: ReadyQueue): ReadyQueue {
  if (a === null) return b;
  if (b === null) return a;
  if (b.position < a.position) return merge(b, a);
  const right = merge(a.right, b);
  const leftRank = a.left?.rank ?? 0;
  const rightRank = right?.rank ?? 0;
  // The longer spine stays on the left, so that merging walks a spine of logarithmic length.
  return leftRank >= rightRank
    ? { position: a.position, rank: rightRank + 1, left: a.left, right }
    : { position: a.position, rank: leftRank + 1, left: right, right: a.left };
}
