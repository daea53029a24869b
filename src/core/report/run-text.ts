import type { RunView, StepView } from '../model/run-view.ts';
import { durationText } from './duration-text.ts';
import { failureKindText, runErrorText } from './failure-text.ts';
import { nextStepText } from './next-step.ts';
import { firstLine, plainLine, shortLine } from './plain-text.ts';
import { rollbackLines } from './rollback-text.ts';
import { runMarks, skipText, stepMarks } from './status-text.ts';
import { statusCounts, valueText } from './step-table.ts';
import { displayWidth } from './text-table.ts';

const nameColumns = 40;

/** The end of a run for a terminal: a line a step, the outputs, the status, and how to go on. Plain text. */
export function runText(view: RunView): string {
  const width = Math.min(
    nameColumns,
    view.steps.reduce((widest, step) => Math.max(widest, displayWidth(shortName(step))), 0),
  );
  return [
    ...view.steps.map((step) => stepLine(step, width)),
    ...outputLines(view),
    ...(view.rollback === null ? [] : rollbackLines(view.rollback)),
    runLine(view),
    ...nextLines(view),
  ].join('');
}

/** One step: sign, name, duration, and why it did not simply succeed. `width` is that of the widest name. */
export function stepLine(step: StepView, width: number): string {
  const name = shortName(step);
  const gap = ' '.repeat(Math.max(0, width - displayWidth(name)));
  const duration = step.durationMs === null || step.status === 'skipped' ? '' : durationText(step.durationMs);
  return `${`${stepMarks[step.status]} ${name}${gap}  ${duration.padStart(8)}  ${whyText(step)}`.trimEnd()}\n`;
}

/** Why a step did not simply succeed, on one line; empty where it did. */
export function whyText(step: StepView): string {
  const reason = reasonText(step);
  const parts = step.status === 'success' ? [] : [`${step.status}${reason === '' ? '' : `: ${reason}`}`];
  if (step.attempts > 1) parts.push(`${step.attempts} attempts`);
  if (step.visits > 1) parts.push(`${step.visits} visits`);
  if (!step.required && step.section === 'main' && step.status === 'failed') parts.push('optional');
  return parts.join(', ');
}

function reasonText(step: StepView): string {
  if (step.skipped) return shortLine(skipText(step.skipped), 200);
  if (step.error === null) return '';
  const message = firstLine(step.error.message, 200);
  return `${failureKindText(step.error)}${message === '' ? '' : `: ${message}`}`;
}

/** The run on one line: sign, name, version, status, counts, duration, run id. */
export function runLine(view: RunView): string {
  const status = view.ended ? view.status : 'running';
  const facts = [
    ...(view.steps.length === 0 ? [] : [statusCounts(view.steps)]),
    ...(view.durationMs === null ? [] : [durationText(view.durationMs)]),
    `run ${view.runId}`,
  ];
  const mark = view.ended ? runMarks[view.status] : stepMarks.running;
  return `${mark} ${plainLine(view.workflow.name)} ${plainLine(view.workflow.version)}: ${status} (${facts.join(', ')})\n`;
}

function shortName(step: StepView): string {
  const name = step.name === '' || step.name === step.address ? step.address : `${step.name} (${step.address})`;
  return shortLine(name, nameColumns);
}

function outputLines(view: RunView): readonly string[] {
  const given = Object.entries(view.outputs);
  if (given.length + view.secretOutputs.length === 0) return [];
  return [
    'outputs:\n',
    ...given.map(([name, value]) => `  ${plainLine(name)}: ${shortLine(valueText(value), 500)}\n`),
    ...view.secretOutputs.map((name) => `  ${plainLine(name)}: ***\n`),
  ];
}

function nextLines(view: RunView): readonly string[] {
  const error = view.error && view.status !== 'success' ? [errorLine(view, view.error)] : [];
  const next = nextStepText(view);
  if (next === null) return error;
  return [...error, `${next.text}${next.command === null ? '.' : `: ${next.command}`}\n`];
}

function errorLine(view: RunView, error: NonNullable<RunView['error']>): string {
  const where = error.step === null ? '' : ` in ${plainLine(error.step)}`;
  return `${runErrorText(view)}${where}: ${firstLine(error.message, 1000)}\n`;
}
