import type { RunView } from '../model/run-view.ts';
import type { Workflow } from '../model/workflow.ts';
import { plainLine } from './plain-text.ts';
import { stepMarks } from './status-text.ts';
import { definitionGraph, runGraph, type StepArrow, type StepGraph, type StepNode } from './step-graph.ts';

/** The definition in the language of Graphviz. Nothing is cut: Graphviz has no such limits. */
export function definitionDot(workflow: Workflow): string {
  return dotGraph(definitionGraph(workflow));
}

/** The run in the language of Graphviz, a sign for each state. */
export function runDot(view: RunView): string {
  return dotGraph(runGraph(view));
}

function dotGraph(graph: StepGraph): string {
  const lines = graph.nodes.map(nodeLine);
  const inSection = (section: StepNode['section']) =>
    lines.filter((_, position) => graph.nodes[position]?.section === section);
  const ending = inSection('finally');
  return [
    `digraph ${quoted(graph.name)} {\n`,
    '  rankdir=TB;\n  node [shape=box, style=rounded];\n',
    ...inSection('main'),
    ...(ending.length === 0
      ? []
      : ['  subgraph cluster_finally {\n    label="finally";\n', ...ending.map((line) => `  ${line}`), '  }\n']),
    ...graph.edges.map((edge) => edgeLine(graph, edge)),
    '}\n',
  ].join('');
}

function nodeLine(node: StepNode): string {
  const mark = node.status === null ? '' : `${stepMarks[node.status]} `;
  const name = node.name === node.id || node.name === '' ? node.id : `${node.name} (${node.id})`;
  return `  ${quoted(node.id)} [label=${quoted(`${mark}${name}`)}];\n`;
}

function edgeLine(graph: StepGraph, edge: StepArrow): string {
  const label = edge.on === null ? '' : ` [label=${quoted(`on ${edge.on.join(' or ')}`)}]`;
  return `  ${quoted(graph.nodes[edge.from]?.id ?? '')} -> ${quoted(graph.nodes[edge.to]?.id ?? '')}${label};\n`;
}

function quoted(text: string): string {
  return `"${plainLine(text).replace(/[\\"]/g, '\\$&')}"`;
}
