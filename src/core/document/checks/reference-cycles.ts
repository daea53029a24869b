/**
 * The circles among keys that read each other, each once, as the keys on it in reading order. Linear: a key is left
 * for good once everything it leads to was looked at. Iterative: chains may be long.
 */
export function findReferenceCycles(reads: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const done = new Set<string>();
  const cycles: (readonly string[])[] = [];
  for (const start of reads.keys()) {
    if (!done.has(start)) follow(start, reads, done, cycles);
  }
  return cycles;
}

function follow(
  start: string,
  reads: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
  cycles: (readonly string[])[],
): void {
  const path: { readonly key: string; next: number }[] = [{ key: start, next: 0 }];
  const depthOf = new Map([[start, 0]]);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const target = reads.get(top.key)?.[top.next++];
    if (target === undefined) {
      done.add(top.key);
      depthOf.delete(top.key);
      path.pop();
      continue;
    }
    const depth = depthOf.get(target);
    if (depth !== undefined) cycles.push(path.slice(depth).map(({ key }) => key));
    else if (!done.has(target)) {
      depthOf.set(target, path.length);
      path.push({ key: target, next: 0 });
    }
  }
}
