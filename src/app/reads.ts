import { readsOf, type StepReads } from '../core/document/checks/reads-of.ts';
import type { StepId } from '../core/model/ids.ts';
import type { Workflow } from '../core/model/workflow.ts';
import { type Graph, type GraphNode, graphOf } from '../core/plan/graph.ts';
import { upstreamOf } from '../core/plan/reachability.ts';
import { placeholderGivers } from '../core/run/placeholders.ts';
import type { RunState } from '../core/run/state.ts';
import type { Blueprints } from './blueprints.ts';
import type { LoadedWorkflow } from './load-workflow.ts';

/** Names of the parameters that settling a step reads. */
export function parametersReadBy(workflow: Workflow, blueprints: Blueprints): (node: GraphNode) => readonly string[] {
  const all = workflow.parameters.map(({ name }) => name);
  return (node) => {
    const { parameters } = readsOfNode(node, workflow, blueprints);
    return parameters === 'all' ? all : [...parameters].filter((name) => all.includes(name));
  };
}

/** Ids of the steps whose facts or outputs a step reads, by expressions and by placeholders. */
export function stepsReadBy(loaded: LoadedWorkflow, blueprints: Blueprints): (id: StepId) => readonly string[] {
  const graph = graphOf(loaded.workflow);
  return (id) => {
    const position = graph.positionOf(id);
    const node = position === undefined ? undefined : graph.nodes[position];
    if (!node) return [];
    const reads = readsOfNode(node, loaded.workflow, blueprints);
    const steps = reads.steps === 'all' ? upstreamIds(graph, node) : [...reads.steps];
    return [...new Set([...steps, ...giversOf(graph, node, reads, loaded)])].filter((other) => other !== id);
  };
}

/** Steps that gave secret outputs which an unfinished step still reads: only the process that died had the values. */
export function secretGivers(before: RunState, loaded: LoadedWorkflow, blueprints: Blueprints): readonly StepId[] {
  const graph = graphOf(loaded.workflow);
  const givers = new Map<string, StepId>();
  for (const node of before.graph.nodes) {
    const step = before.steps.at(node.position);
    if (step.kind === 'ended' && step.result.kind === 'success' && step.result.secretOutputs.length > 0) {
      givers.set(node.step.id, node.step.id);
    }
  }
  if (givers.size === 0) return [];
  const readers = graph.nodes.filter(({ step }) => !hasEndedInSuccess(before, step.id));
  const reads = stepsReadBy(loaded, blueprints);
  const read = new Set(readers.flatMap(({ step }) => reads(step.id)));
  return [...givers.values()].filter((id) => read.has(id));
}

export function hasEndedInSuccess(before: RunState, id: StepId): boolean {
  const position = before.graph.positionOf(id);
  const step = position === undefined ? null : before.steps.at(position);
  return step?.kind === 'ended' && step.result.kind === 'success';
}

function readsOfNode(node: Pick<GraphNode, 'step'>, workflow: Workflow, blueprints: Blueprints): StepReads {
  const { config, handler } = blueprints.of(node);
  return readsOf(node.step, workflow, config, handler.configuration);
}

/** A placeholder reads the step that gives it, unless the handler fills it itself. */
function giversOf(graph: Graph, node: GraphNode, reads: StepReads, { catalog }: LoadedWorkflow): readonly string[] {
  const own = ownPlaceholders(node, { catalog });
  return [...reads.placeholders]
    .filter((name) => !own.has(name))
    .flatMap((name) => placeholderGivers(graph, node.position, name, catalog))
    .flatMap(({ position }) => graph.nodes[position]?.step.id ?? []);
}

function ownPlaceholders({ step }: GraphNode, { catalog }: Pick<LoadedWorkflow, 'catalog'>): ReadonlySet<string> {
  const fields = Object.values(catalog.find(step.handler)?.configuration.properties ?? {});
  return new Set(fields.flatMap(({ template }) => (Array.isArray(template) ? [...template] : [])));
}

function upstreamIds(graph: Graph, { position }: GraphNode): readonly string[] {
  return [...upstreamOf(graph, [position])].flatMap((at) => graph.nodes[at]?.step.id ?? []);
}
