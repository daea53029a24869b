import type { Address } from '../model/ids.ts';
import type { RunView, StepView } from '../model/run-view.ts';
import { diagnosticLine } from './diagnostics-summary.ts';
import { failuresSection } from './failures-section.ts';
import { findingCount, findingsInOrder, type StepFinding } from './findings-order.ts';
import { linesWithin } from './lines-within.ts';
import { fencedBlock, inlineCode, inlineText, placeText } from './markdown-text.ts';
import { runDiagram } from './mermaid.ts';
import { rollbackLine, rollbackRows } from './rollback-text.ts';
import { stepTable, valueText } from './step-table.ts';

/** A part of the report that fits itself into the bytes it is given; empty when it has nothing to say or no room. */
export interface SummarySection {
  readonly title: string;
  /** Whether the short form has it too. */
  readonly compact: boolean;
  /** The order in which room is given: 1 first. */
  readonly priority: number;
  /** Of the whole room, the share that it may take at most. */
  readonly share: number;
  readonly present: boolean;
  readonly text: (budget: number) => string;
}

/** In the order in which they stand on the page. */
export function summarySections(
  view: RunView,
  logTails: (address: Address) => string | null,
): readonly SummarySection[] {
  const failed = view.steps.filter((step) => step.status === 'failed');
  const findings = findingsInOrder(view.steps);
  const files = view.steps.flatMap((step) => step.files.map((file) => ({ ...file, step })));
  return [
    {
      title: 'Diagram',
      compact: false,
      priority: 4,
      share: 0.2,
      present: view.steps.length > 0,
      text: (budget) => diagramSection(view, budget),
    },
    {
      title: 'Steps',
      compact: true,
      priority: 1,
      share: 0.3,
      present: view.steps.length > 0,
      text: (budget) => stepTable(view.steps, { maxBytes: budget }),
    },
    {
      title: 'Failed steps',
      compact: true,
      priority: 2,
      share: 0.4,
      present: failed.length > 0,
      text: (budget) => failuresSection(failed, logTails, budget),
    },
    {
      title: 'Rollback',
      compact: true,
      priority: 3,
      share: 0.2,
      present: view.rollback !== null,
      text: (budget) => rollbackSection(view, budget),
    },
    {
      title: 'Outputs',
      compact: false,
      priority: 5,
      share: 0.2,
      present: Object.keys(view.outputs).length + view.secretOutputs.length > 0,
      text: (budget) => outputsSection(view, budget),
    },
    {
      title: 'Parameters',
      compact: false,
      priority: 8,
      share: 0.1,
      present: view.parameters.length > 0,
      text: (budget) => parametersSection(view, budget),
    },
    {
      title: 'Findings',
      compact: false,
      priority: 6,
      share: 0.2,
      present: findings.length > 0,
      text: (budget) => findingsSection(findings, budget),
    },
    {
      title: 'Files',
      compact: false,
      priority: 7,
      share: 0.1,
      present: files.length > 0,
      text: (budget) => listSection(files, fileLine, { what: 'files', budget }),
    },
    {
      title: 'Diagnostics',
      compact: true,
      priority: 3,
      share: 0.2,
      present: view.diagnostics.length > 0,
      text: (budget) => listSection(view.diagnostics, diagnosticLine, { what: 'diagnostics', budget }),
    },
  ];
}

function diagramSection(view: RunView, budget: number): string {
  // A character of a label takes at most three bytes in UTF-8 for each of its UTF-16 units.
  const maxCharacters = Math.min(48_000, Math.floor((budget - 400) / 3));
  if (maxCharacters < 3000) return '';
  const diagram = runDiagram(view, { maxCharacters });
  return `${fencedBlock(diagram.text, 'mermaid')}${diagram.leftOut === null ? '' : `\n${diagram.leftOut}\n`}`;
}

function rollbackSection({ rollback }: RunView, budget: number): string {
  if (rollback === null) return '';
  const sentence = `${rollbackLine(rollback)}.\n\n`;
  if (rollback.steps.length === 0) return sentence;
  return linesWithin({
    head: `${sentence}| State | Step | Why | To finish it |\n| :-- | :-- | :-- | :-- |\n`,
    items: rollback.steps,
    line: rollbackRows(rollback),
    budget,
    maxLines: 500,
    note: (leftOut) => `\n… ${leftOut.length} more steps not shown.\n`,
  });
}

function outputsSection(view: RunView, budget: number): string {
  const rows = [
    ...Object.entries(view.outputs).map(([name, value]) => [name, valueText(value)] as const),
    ...view.secretOutputs.map((name) => [name, '***'] as const),
  ];
  return valueTable('Output', rows, budget);
}

function parametersSection(view: RunView, budget: number): string {
  return valueTable(
    'Parameter',
    view.parameters.map(({ name, value }) => [name, valueText(value)] as const),
    budget,
  );
}

function valueTable(title: string, rows: readonly (readonly [string, string])[], budget: number): string {
  return linesWithin({
    head: `| ${title} | Value |\n| :-- | :-- |\n`,
    items: rows,
    line: ([name, value]) => `| ${inlineCode(name, 120)} | ${inlineCode(value, 500)} |\n`,
    budget,
    maxLines: 500,
    note: (leftOut) => `\n… ${leftOut.length} more not shown.\n`,
  });
}

function findingsSection(findings: readonly StepFinding[], budget: number): string {
  return linesWithin({
    head: '',
    items: findings,
    line: findingLine,
    budget,
    maxLines: 500,
    note: (leftOut) => `\n… ${findingCount(leftOut.map(({ finding }) => finding))} more findings not shown.\n`,
  });
}

function listSection<Item>(
  items: readonly Item[],
  line: (item: Item) => string,
  { what, budget }: { readonly what: string; readonly budget: number },
): string {
  return linesWithin({
    head: '',
    items,
    line,
    budget,
    maxLines: 500,
    note: (leftOut) => `\n… ${leftOut.length} more ${what} not shown.\n`,
  });
}

function findingLine({ finding, step }: StepFinding): string {
  const place = finding.file ? `${inlineCode(placeText(finding.file, finding.line))} ` : '';
  const rule = finding.rule ? ` (${inlineCode(finding.rule, 80)})` : '';
  const hint = finding.hint ? `. ${inlineText(finding.hint, 300)}` : '';
  return `- **${finding.level}** ${place}${inlineText(finding.message, 500)}${rule}, found by ${inlineCode(step.address, 120)}${hint}\n`;
}

function fileLine(file: StepView['files'][number] & { readonly step: StepView }): string {
  const title = file.title ? `${inlineText(file.title)}: ` : '';
  return `- ${title}${inlineCode(file.path, 300)}, made by ${inlineCode(file.step.address, 120)}\n`;
}
