import type { SourceNode } from './source-node.ts';

/** How much a tree is when every alias in it is written out. */
export interface Extent {
  /** Scalars, lists and maps. */
  readonly size: number;
  /** Levels: 1 for a scalar. */
  readonly height: number;
}

const one: Extent = { size: 1, height: 1 };

/** Measures trees that share parts, each part once. Trees may be at most as deep as the nesting limit. */
export class TreeMeasure {
  readonly #known = new WeakMap<SourceNode, Extent>();

  of(node: SourceNode): Extent {
    if (node.kind === 'scalar' || node.kind === 'faulty') return one;
    const known = this.#known.get(node);
    if (known) return known;
    let size = 1;
    let height = 0;
    for (const child of childrenOf(node)) {
      const extent = this.of(child);
      size += extent.size;
      height = Math.max(height, extent.height);
    }
    const extent = { size, height: height + 1 };
    this.#known.set(node, extent);
    return extent;
  }
}

function childrenOf(node: SourceNode): readonly SourceNode[] {
  switch (node.kind) {
    case 'list':
      return node.items;
    case 'map':
      return node.entries.map((entry) => entry.value);
    case 'scalar':
    case 'faulty':
      return [];
  }
}
