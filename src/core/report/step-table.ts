import type { JsonMap } from '../model/json.ts';
import type { StepStatus, StepView } from '../model/run-view.ts';
import { durationText } from './duration-text.ts';
import { failureKindText } from './failure-text.ts';
import { findingCount } from './findings-order.ts';
import { linesWithin } from './lines-within.ts';
import { inlineCode, inlineText } from './markdown-text.ts';
import { firstLine } from './plain-text.ts';
import { skipText, stepMarks } from './status-text.ts';

export interface StepTableOptions {
  /** UTF-8 bytes; default 256 KiB. */
  readonly maxBytes?: number;
  /** Default 500. */
  readonly maxRows?: number;
}

/**
 * The steps of a run as a Markdown table in document order. Where there are too many, those that did not simply
 * succeed are kept first, and a line below says what is missing. Empty for a run without steps or without room.
 */
export function stepTable(steps: readonly StepView[], options: StepTableOptions = {}): string {
  if (steps.length === 0) return '';
  return linesWithin({
    head: '| State | Step | Duration | Attempts | Details | Outputs |\n| :-- | :-- | --: | --: | :-- | :-- |\n',
    items: steps,
    line: row,
    budget: options.maxBytes ?? 256 * 1024,
    maxLines: options.maxRows ?? 500,
    rank: ({ status }) => rankOf(status),
    note: (leftOut) => `\n${countText(leftOut)} not shown.\n`,
  });
}

/** `3 success, 1 failed`, in the order in which the states first appear. */
export function statusCounts(steps: readonly Pick<StepView, 'status'>[]): string {
  const counts = new Map<StepStatus, number>();
  for (const { status } of steps) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
}

/** The step's name, and its id or address where that says more. Inline Markdown. */
export function stepTitle(step: Pick<StepView, 'name' | 'address'>): string {
  const address = inlineCode(step.address, 120);
  return step.name === step.address || step.name === '' ? address : `${inlineText(step.name, 120)} ${address}`;
}

function countText(steps: readonly StepView[]): string {
  return `… ${steps.length} more ${steps.length === 1 ? 'step' : 'steps'} (${statusCounts(steps)})`;
}

function rankOf(status: StepStatus): number {
  if (status === 'failed') return 0;
  if (status === 'success' || status === 'skipped' || status === 'pending') return 2;
  return 1;
}

function row(step: StepView): string {
  const cells = [
    // No line break in between, however narrow the column gets.
    `${stepMarks[step.status]}\u00a0${step.status}`,
    stepTitle(step),
    step.durationMs === null ? '' : durationText(step.durationMs),
    step.attempts === 0 ? '' : String(step.attempts),
    detailsOf(step),
    outputsCell(step),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function detailsOf(step: StepView): string {
  const parts: string[] = [];
  if (step.error) {
    const message = inlineCode(firstLine(step.error.message, 200));
    parts.push(`${inlineText(failureKindText(step.error))}${message === '' ? '' : `: ${message}`}`);
  }
  if (step.skipped) parts.push(inlineText(skipText(step.skipped), 200));
  if (!step.required && step.section === 'main' && step.status === 'failed') parts.push('optional');
  if (step.visits > 1) parts.push(`${step.visits} visits`);
  const found = findingCount(step.findings);
  if (found > 0) parts.push(found === 1 ? '1 finding' : `${found} findings`);
  return parts.join('; ');
}

const maxOutputs = 4;

function outputsCell(step: StepView): string {
  const given = Object.entries(step.outputs);
  const shown = given.slice(0, maxOutputs).map(([name, value]) => inlineCode(`${name}=${valueText(value)}`, 100));
  const more = given.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`… ${more} more`] : []),
    ...step.secretOutputs.slice(0, maxOutputs).map((name) => inlineCode(`${name}=***`, 100)),
  ].join('<br>');
}

/** A value for people: text as it stands, everything else as JSON. */
export function valueText(value: JsonMap[string] | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
