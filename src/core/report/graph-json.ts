import type { RunView } from '../model/run-view.ts';
import type { Workflow } from '../model/workflow.ts';
import { definitionGraph, runGraph, type StepGraph } from './step-graph.ts';

/** What `graph --format json` prints: the steps and the edges between them by id. */
export interface GraphJson {
  readonly name: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly handler: string;
    readonly section: 'main' | 'finally';
    readonly required: boolean;
    /** `null` in a definition. */
    readonly status: string | null;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    /** `null`: a plain edge. */
    readonly on: readonly string[] | null;
    /** Nobody wrote the edge: the list's order makes it. */
    readonly implied: boolean;
  }[];
}

export function definitionGraphJson(workflow: Workflow): GraphJson {
  return graphJson(definitionGraph(workflow));
}

export function runGraphJson(view: RunView): GraphJson {
  return graphJson(runGraph(view));
}

function graphJson(graph: StepGraph): GraphJson {
  const idAt = (position: number) => graph.nodes[position]?.id ?? '';
  return {
    name: graph.name,
    nodes: graph.nodes.map(({ id, name, handler, section, required, status }) => ({
      id,
      name,
      handler,
      section,
      required,
      status,
    })),
    edges: graph.edges.map(({ from, to, on, implied }) => ({ from: idAt(from), to: idAt(to), on, implied })),
  };
}
