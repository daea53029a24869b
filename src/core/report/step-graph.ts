import type { RunView, StepStatus, StepView } from '../model/run-view.ts';
import type { Workflow } from '../model/workflow.ts';
import { graphOf } from '../plan/graph.ts';

/** What the graph formats draw: a definition, or a run with its states. Positions follow the document. */
export interface StepGraph {
  readonly name: string;
  readonly nodes: readonly StepNode[];
  readonly edges: readonly StepArrow[];
}

export interface StepNode {
  /** The step's id; the address of an instance in a loop. */
  readonly id: string;
  readonly name: string;
  readonly handler: string;
  readonly section: 'main' | 'finally';
  readonly required: boolean;
  /** `null` in a definition. */
  readonly status: StepStatus | null;
  readonly durationMs: number | null;
}

export interface StepArrow {
  /** Positions in `nodes`. */
  readonly from: number;
  readonly to: number;
  /** `null`: a plain edge. */
  readonly on: readonly string[] | null;
  /** The order of the list makes it; nobody wrote it. */
  readonly implied: boolean;
}

export function definitionGraph(workflow: Workflow): StepGraph {
  const { nodes } = graphOf(workflow);
  return {
    name: workflow.name,
    nodes: nodes.map(({ step, section }) => ({
      id: step.id,
      name: step.name,
      handler: step.handler,
      section,
      required: step.required,
      status: null,
      durationMs: null,
    })),
    edges: nodes.flatMap((node) => node.edges.map((edge) => ({ ...edge, to: node.position }))),
  };
}

export function runGraph(view: RunView): StepGraph {
  const positions = new Map<string, number>();
  for (const [position, step] of view.steps.entries()) positions.set(step.address, position);
  return {
    name: view.workflow.name,
    nodes: view.steps.map((step) => ({
      id: step.address,
      name: step.name,
      handler: step.handler,
      section: step.section,
      required: step.required,
      status: step.status,
      durationMs: step.status === 'skipped' ? null : step.durationMs,
    })),
    edges: view.steps.flatMap((step, to) =>
      step.dependencies.flatMap(({ from, on, implied }) => {
        const position = positions.get(`${enclosing(step)}${from}`) ?? positions.get(from);
        return position === undefined ? [] : [{ from: position, to, on, implied }];
      }),
    ),
  };
}

/** What stands before the id in an address, `g[eu].` of `g[eu].child`: siblings of an instance have it too. */
function enclosing(step: StepView): string {
  const end = step.address.lastIndexOf(step.id);
  return end === -1 ? '' : step.address.slice(0, end);
}
