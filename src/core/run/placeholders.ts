import type { JsonMap } from '../model/json.ts';
import type { Graph, GraphNode } from '../plan/graph.ts';
import { upstreamOf } from '../plan/reachability.ts';
import type { HandlerCatalog } from '../ports/handlers.ts';
import type { RunState } from './state.ts';

/** The steps upstream of a step whose outputs answer a placeholder, with the name of the output. */
export interface PlaceholderGiver {
  readonly position: number;
  readonly output: string;
}

/**
 * Who gives `{name}` among the steps upstream (LANGUAGE.md section 7): an output of that name that the step declares
 * or its handler is known to give, or one that the handler publishes under that name.
 */
export function placeholderGivers(
  graph: Graph,
  position: number,
  name: string,
  catalog: HandlerCatalog,
): readonly PlaceholderGiver[] {
  const upstream = [...upstreamOf(graph, [position])].sort((a, b) => a - b);
  return upstream.flatMap((candidate) => {
    const output = outputFor(graph, candidate, name, catalog);
    return output === null ? [] : [{ position: candidate, output }];
  });
}

function outputFor(graph: Graph, position: number, name: string, catalog: HandlerCatalog): string | null {
  const step = graph.nodes[position]?.step;
  if (!step) return null;
  const declares =
    step.outputs?.kind === 'declared'
      ? step.outputs.outputs.some((output) => output.name === name)
      : step.outputs !== undefined && Object.hasOwn(step.outputs.outputs, name);
  if (declares) return name;
  const handler = catalog.find(step.handler);
  if (!handler) return null;
  if (Object.hasOwn(handler.placeholders, name)) return handler.placeholders[name] ?? null;
  return handler.outputs && Object.hasOwn(handler.outputs, name) ? name : null;
}

/** What `{name}` stands for in a step's templates; null where nothing gives it a value in this run. */
export function placeholderOf(
  state: RunState,
  node: GraphNode,
  catalog: HandlerCatalog,
): (name: string) => string | null {
  return (name) => {
    for (const { position, output } of placeholderGivers(state.graph, node.position, name, catalog)) {
      const giver = state.steps.at(position);
      const given = giver.kind === 'ended' && giver.result.kind === 'success' ? giver.result.outputs : {};
      const value = textIn(given, output);
      if (value !== null) return value;
    }
    return textIn(state.facts.parameters, name) ?? textIn(state.facts.config, name);
  };
}

function textIn(values: JsonMap, name: string): string | null {
  const value = Object.hasOwn(values, name) ? (values[name] ?? null) : null;
  if (value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
