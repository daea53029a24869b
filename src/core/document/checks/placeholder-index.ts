import type { Graph } from '../../plan/graph.ts';
import { topologicalOrder } from '../../plan/levels.ts';
import type { HandlerCatalog } from '../../ports/handlers.ts';
import { outputsOf } from './step-outputs.ts';

/** Which steps could give a placeholder its value, by name, in document order. Made on the first question. */
export class PlaceholderIndex {
  readonly #graph: Graph;
  readonly #handlers: HandlerCatalog;
  #givers: ReadonlyMap<string, readonly number[]> | null = null;
  readonly #nearest = new Map<string, NearestGivers>();

  constructor(graph: Graph, handlers: HandlerCatalog) {
    this.#graph = graph;
    this.#handlers = handlers;
  }

  /** Positions of the steps with an output, or a published placeholder, of that name. */
  giversOf(name: string): readonly number[] {
    this.#givers ??= this.#collect();
    return this.#givers.get(name) ?? [];
  }

  /**
   * Two givers upstream of the position, or all where there are fewer. One pass over the graph a name: for names that
   * too many steps give to ask for each of them.
   */
  upstreamGivers(name: string, position: number): readonly number[] {
    let nearest = this.#nearest.get(name);
    if (!nearest) {
      nearest = new NearestGivers(this.#graph, new Set(this.giversOf(name)));
      this.#nearest.set(name, nearest);
    }
    return nearest.at(position);
  }

  names(): Iterable<string> {
    this.#givers ??= this.#collect();
    return this.#givers.keys();
  }

  /** The output of the step at the position that answers to the name. */
  outputFor(position: number, name: string): string {
    const step = this.#graph.nodes[position]?.step;
    if (step && outputsOf(step, this.#handlers).shapes.has(name)) return name;
    const published = step && this.#handlers.find(step.handler)?.placeholders;
    return (published && Object.hasOwn(published, name) ? published[name] : undefined) ?? name;
  }

  #collect(): ReadonlyMap<string, readonly number[]> {
    const givers = new Map<string, number[]>();
    for (const { position, step } of this.#graph.nodes) {
      const published = this.#handlers.find(step.handler)?.placeholders ?? {};
      const names = new Set([...outputsOf(step, this.#handlers).shapes.keys(), ...Object.keys(published)]);
      for (const name of names) {
        const positions = givers.get(name);
        if (positions) positions.push(position);
        else givers.set(name, [position]);
      }
    }
    return givers;
  }
}

/** For each step, up to two givers upstream of it: what its edges bring, in an order in which edges come first. */
class NearestGivers {
  readonly #first: Int32Array;
  readonly #second: Int32Array;

  constructor(graph: Graph, givers: ReadonlySet<number>) {
    this.#first = new Int32Array(graph.nodes.length).fill(-1);
    this.#second = new Int32Array(graph.nodes.length).fill(-1);
    for (const position of topologicalOrder(graph)) {
      for (const { from } of graph.nodes[position]?.edges ?? []) {
        if (givers.has(from)) this.#add(position, from);
        for (const giver of this.at(from)) this.#add(position, giver);
      }
    }
  }

  at(position: number): readonly number[] {
    return [this.#first[position] ?? -1, this.#second[position] ?? -1].filter((giver) => giver !== -1);
  }

  #add(position: number, giver: number): void {
    const first = this.#first[position] ?? -1;
    if (first === giver || this.#second[position] !== -1) return;
    if (first === -1) this.#first[position] = giver;
    else this.#second[position] = giver;
  }
}
