import { suggest } from '../../expression/suggest.ts';
import type { Graph } from '../../plan/graph.ts';

/** Comparisons that all suggestions of one check may take: a document of wrong references stays linear. */
const patience = 1_000_000;

/** Suggests ids of steps for misspelt ones. */
export class StepNames {
  readonly #graph: Graph;
  readonly #known = new Map<string, string | null>();
  #left = patience;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** The nearest id; `null` where none is near, or where looking for more would take too long. */
  suggest(id: string): string | null {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    if (this.#left <= 0) return null;
    this.#left -= this.#graph.nodes.length;
    const nearest = suggest(
      id,
      this.#graph.nodes.map(({ step }) => step.id),
    );
    this.#known.set(id, nearest);
    return nearest;
  }
}
