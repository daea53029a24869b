import type { Address, StepId } from '../model/ids.ts';
import type { EdgeOutcome, Order, Step, Workflow } from '../model/workflow.ts';

/**
 * The steps of a workflow with their edges resolved to positions. Positions follow the document: main steps first,
 * then those of `finally`. The two sections never share an edge.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly mainCount: number;
  positionOf(id: StepId): number | undefined;
}

export interface GraphNode {
  readonly position: number;
  readonly step: Step;
  readonly section: 'main' | 'finally';
  readonly edges: readonly Edge[];
  /** Positions of the steps with an edge from this one, in document order. */
  readonly dependants: readonly number[];
}

export interface Edge {
  readonly from: number;
  /** `null`: a plain edge. */
  readonly on: readonly EdgeOutcome[] | null;
  /** The order of the list makes it; nobody wrote it. */
  readonly implied: boolean;
}

/**
 * Expects a definition that was read without errors: ids are unique, dependencies name steps of the same list and
 * form no cycle. A dependency on a step that does not exist is left out.
 */
export function graphOf(workflow: Workflow): Graph {
  const positions = new Map<StepId, number>();
  for (const step of [...workflow.steps, ...workflow.finally]) positions.set(step.id, positions.size);

  const nodes = [
    ...sectionNodes(workflow.steps, 'main', workflow.order, 0, positions),
    ...sectionNodes(workflow.finally, 'finally', workflow.order, workflow.steps.length, positions),
  ];
  for (const node of nodes) {
    for (const edge of node.edges) nodes[edge.from]?.dependants.push(node.position);
  }
  return { nodes, mainCount: workflow.steps.length, positionOf: (id) => positions.get(id) };
}

type NodeInMaking = Omit<GraphNode, 'dependants'> & { readonly dependants: number[] };

function sectionNodes(
  steps: readonly Step[],
  section: GraphNode['section'],
  order: Order,
  offset: number,
  positions: ReadonlyMap<StepId, number>,
): NodeInMaking[] {
  return steps.map((step, index) => ({
    position: offset + index,
    step,
    section,
    edges: edgesOf(step, index === 0 ? null : offset + index - 1, order, positions),
    dependants: [],
  }));
}

/** Rule 6 of LANGUAGE.md section 4: without the key, a step of a `sequence` follows the one written before it. */
function edgesOf(
  step: Step,
  previous: number | null,
  order: Order,
  positions: ReadonlyMap<StepId, number>,
): readonly Edge[] {
  if (step.dependencies === null) {
    return order === 'sequence' && previous !== null ? [{ from: previous, on: null, implied: true }] : [];
  }
  return step.dependencies.flatMap(({ step: id, on }) => {
    const from = positions.get(id);
    return from === undefined ? [] : [{ from, on, implied: false }];
  });
}

/** The step whose instance the address names. */
export function nodeAt(graph: Graph, address: Address): GraphNode | undefined {
  const position = graph.positionOf(address as string as StepId);
  return position === undefined ? undefined : graph.nodes[position];
}
