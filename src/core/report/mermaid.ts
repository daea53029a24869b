import type { RunView, StepStatus } from '../model/run-view.ts';
import type { Workflow } from '../model/workflow.ts';
import { durationText } from './duration-text.ts';
import { nodesWithin } from './graph-cut.ts';
import { lowestNode } from './lowest-node.ts';
import { mermaidLabel } from './mermaid-label.ts';
import { stepMarks } from './status-text.ts';
import { definitionGraph, runGraph, type StepArrow, type StepGraph, type StepNode } from './step-graph.ts';

export interface DiagramOptions {
  /** UTF-16 units of the whole text; default 48,000: renderers refuse more than 50,000. */
  readonly maxCharacters?: number;
  /** Default 490: renderers refuse more than 500. */
  readonly maxEdges?: number;
}

export interface Diagram {
  readonly text: string;
  /** What the limits left out, one sentence; `null` when everything is drawn. The drawing says it too. */
  readonly leftOut: string | null;
}

/** Draws a run: a box a step with the sign and colour of its state, an arrow a dependency. */
export function runDiagram(view: RunView, options: DiagramOptions = {}): Diagram {
  return mermaidDiagram(runGraph(view), options);
}

/** Draws a definition: what would run after what. */
export function definitionDiagram(workflow: Workflow, options: DiagramOptions = {}): Diagram {
  return mermaidDiagram(definitionGraph(workflow), options);
}

/**
 * Layout and look are pinned, because renderers changed their defaults between versions; the theme is not, so that
 * the page's light or dark one applies. Ids are synthetic: a step may be called `end` or `class`.
 */
const preamble =
  '---\nconfig:\n  layout: dagre\n  look: classic\n  flowchart:\n    wrappingWidth: 320\n---\nflowchart TD\n';
const defaultMaxCharacters = 48_000;
const defaultMaxEdges = 490;
/** Links count as edges; those between the default and what renderers take are for them. */
const mostFinallyLinks = 9;
/** Held back for colours, the frame of `finally`, its links and the box that says what is missing. */
const frameCharacters = 1500;
const nameLimit = 60;

/** Fill, border and text are all given: each reads on a light and on a dark page. */
const colours: { readonly [status in StepStatus]: string } = {
  pending: 'fill:#f6f8fa,stroke:#6e7781,color:#24292f',
  running: 'fill:#ddf4ff,stroke:#0969da,color:#0a3069,stroke-width:3px',
  waiting: 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00',
  success: 'fill:#dafbe1,stroke:#1a7f37,color:#0a3a1a',
  failed: 'fill:#ffebe9,stroke:#cf222e,color:#82071e,stroke-width:3px',
  skipped: 'fill:#eaeef2,stroke:#6e7781,color:#424a53,stroke-dasharray:5 4',
  cancelled: 'fill:#fff1e5,stroke:#bc4c00,color:#5c2200,stroke-dasharray:2 3',
  undone: 'fill:#fbefff,stroke:#8250df,color:#3e1f79,stroke-dasharray:8 3',
};

function mermaidDiagram(graph: StepGraph, options: DiagramOptions): Diagram {
  const nodeLines = graph.nodes.map(nodeLine);
  const edgeLines = graph.edges.map(edgeLine);
  const kept = nodesWithin(
    graph,
    {
      characters: (options.maxCharacters ?? defaultMaxCharacters) - preamble.length - frameCharacters,
      edges: options.maxEdges ?? defaultMaxEdges,
    },
    {
      // The id stands once more, with a comma, in the list of its state; lines of `finally` are indented by two more.
      node: (position) => (nodeLines[position]?.length ?? 0) + nodeId(position).length + 3,
      edge: (index) => edgeLines[index]?.length ?? 0,
    },
  );
  const shown = graph.nodes.map((_, position) => kept.has(position));
  const leftOut = leftOutText(graph.nodes.length - kept.size, graph.nodes.length);
  const text = [
    preamble,
    ...linesOf(graph, 'main', nodeLines, shown),
    ...finallyFrame(linesOf(graph, 'finally', nodeLines, shown)),
    ...edgeLines.filter((_, index) => bothShown(graph.edges[index], shown)),
    ...finallyLinks(graph, shown),
    leftOut === null ? '' : `  rest["… ${mermaidLabel(leftOut, 200)}"]\n`,
    ...stateLines(graph, shown),
  ].join('');
  return { text, leftOut };
}

function nodeLine(node: StepNode, position: number): string {
  const mark = node.status === null ? '' : `${stepMarks[node.status]} `;
  const name = mermaidLabel(node.name === '' ? node.id : node.name, nameLimit);
  // Instances of one step share its name: the address tells them apart.
  const address = node.id.includes('.') || node.id.includes('[') ? ` (${mermaidLabel(node.id, nameLimit)})` : '';
  const optional = node.required || node.section === 'finally' ? '' : ' (optional)';
  // Glued together: a box wraps at spaces, and a number without its unit says nothing.
  const duration = node.durationMs === null ? '' : ` · ${durationText(node.durationMs)}`.replaceAll(' ', '\u00a0');
  return `  ${nodeId(position)}["${mark}${name}${address}${optional}${duration}"]\n`;
}

function edgeLine(edge: StepArrow): string {
  const label = edge.on === null ? '' : `|"on ${edge.on.map((outcome) => mermaidLabel(outcome, 20)).join(' or ')}"|`;
  return `  ${nodeId(edge.from)} -->${label} ${nodeId(edge.to)}\n`;
}

function nodeId(position: number): string {
  return `s${position}`;
}

function linesOf(
  graph: StepGraph,
  section: StepNode['section'],
  nodeLines: readonly string[],
  shown: readonly boolean[],
): readonly string[] {
  return nodeLines.filter((_, position) => shown[position] === true && graph.nodes[position]?.section === section);
}

function finallyFrame(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['  subgraph finally ["finally"]\n', ...lines.map((line) => `  ${line}`), '  end\n'];
}

/**
 * Links that nobody sees, from the lowest box of the main part to the first ones of `finally`: without them the frame
 * stands beside the first steps, and arrows run behind it.
 */
function finallyLinks(graph: StepGraph, shown: readonly boolean[]): readonly string[] {
  const lowest = lowestNode(graph, (position) => shown[position] === true && graph.nodes[position]?.section === 'main');
  if (lowest === null) return [];
  const entered = new Set(graph.edges.map(({ to }) => to));
  return [...graph.nodes.entries()]
    .filter(([position, { section }]) => section === 'finally' && shown[position] === true && !entered.has(position))
    .slice(0, mostFinallyLinks)
    .map(([position]) => `  ${nodeId(lowest)} ~~~ ${nodeId(position)}\n`);
}

function bothShown(edge: StepArrow | undefined, shown: readonly boolean[]): boolean {
  return edge !== undefined && shown[edge.from] === true && shown[edge.to] === true;
}

function stateLines(graph: StepGraph, shown: readonly boolean[]): readonly string[] {
  const members = new Map<StepStatus, string[]>();
  for (const [position, node] of graph.nodes.entries()) {
    if (node.status === null || shown[position] !== true) continue;
    const ids = members.get(node.status);
    if (ids) ids.push(nodeId(position));
    else members.set(node.status, [nodeId(position)]);
  }
  return [...members].map(
    ([status, ids]) => `  classDef ${status} ${colours[status]}\n  class ${ids.join(',')} ${status}\n`,
  );
}

function leftOutText(missing: number, total: number): string | null {
  return missing === 0 ? null : `${missing} of ${total} steps are not drawn: the diagram would be too large.`;
}
