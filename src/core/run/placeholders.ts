import type { PlaceholderValue } from '../expression/settle.ts';
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
): (name: string) => PlaceholderValue {
  const outputsAt = (position: number) => {
    const giver = state.steps.at(position);
    return giver.kind === 'ended' && giver.result.kind === 'success' ? giver.result.outputs : {};
  };
  return (name) =>
    placeholderValue(placeholderGivers(state.graph, node.position, name, catalog), name, {
      ...state.facts,
      graph: state.graph,
      outputsAt,
    });
}

/**
 * What the steps that give `{name}`, else the run's parameters and configuration, give for it. Which of several steps is
 * meant checks ask before the run; it is open still where a field's default takes the place of a value that came out null.
 */
export function placeholderValue(
  givers: readonly PlaceholderGiver[],
  name: string,
  run: {
    readonly graph: Graph;
    readonly parameters: JsonMap;
    readonly config: JsonMap;
    readonly outputsAt: (position: number) => JsonMap;
  },
): PlaceholderValue {
  const given = givers.map(({ position, output }) => textIn(run.outputsAt(position), output)).find(isText);
  const first = given ?? textIn(run.parameters, name) ?? textIn(run.config, name);
  if (givers.length < 2) return first;
  return { kind: 'several', steps: givers.map(({ position }) => run.graph.nodes[position]?.step.id ?? ''), first };
}

function isText(value: string | null): value is string {
  return value !== null;
}

function textIn(values: JsonMap, name: string): string | null {
  const value = Object.hasOwn(values, name) ? (values[name] ?? null) : null;
  if (value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
