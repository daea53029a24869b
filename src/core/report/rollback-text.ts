import type { RollbackView, RolledBackStep, RunView } from '../model/run-view.ts';
import { inlineCode, inlineText } from './markdown-text.ts';
import { firstLine, plainLine, shortLine } from './plain-text.ts';
import { stepMarks } from './status-text.ts';

const marks: { readonly [status in RolledBackStep['status']]: string } = {
  undone: stepMarks.undone,
  left: '▲',
  failed: stepMarks.failed,
  running: stepMarks.running,
  due: stepMarks.pending,
};

/** One sentence: what was taken back and what still stands. */
export function rollbackLine({ cause, steps }: RollbackView): string {
  const count = (status: RolledBackStep['status']) => steps.filter((step) => step.status === status).length;
  const why = cause === 'failure' ? 'Rolled back' : 'Rolled back on request';
  if (steps.length === 0) return `${why}: no completed step had left anything to undo`;
  const parts = (['undone', 'left', 'failed', 'running', 'due'] as const).flatMap((status) =>
    count(status) === 0 ? [] : [`${count(status)} ${status}`],
  );
  return `${why}: ${parts.join(', ')}`;
}

/** Whether something stands that was to be taken back. */
export function isRollbackComplete({ rollback }: Pick<RunView, 'rollback'>): boolean {
  return rollback === null || rollback.steps.every(({ status }) => status === 'undone');
}

/** For a terminal: the sentence, a line a step, and the commands that would finish it. Plain text. */
export function rollbackLines(view: RollbackView): readonly string[] {
  const visitText = visitTextsOf(view);
  return [`${rollbackLine(view)}\n`, ...view.steps.flatMap((step) => stepLines(step, visitText(step)))];
}

/** Which visit it was, where the same step stands there more than once. */
function visitTextsOf({ steps }: RollbackView): (step: RolledBackStep) => string {
  const counts = new Map<string, number>();
  for (const { address } of steps) counts.set(address, (counts.get(address) ?? 0) + 1);
  return ({ address, visit }) => ((counts.get(address) ?? 0) > 1 ? ` visit ${visit}` : '');
}

function stepLines(step: RolledBackStep, visit: string): readonly string[] {
  const message = step.message === '' ? '' : `: ${firstLine(step.message, 300)}`;
  const name = step.name === step.address ? step.address : `${plainLine(step.name)} (${step.address})`;
  return [
    `  ${marks[step.status]} ${shortLine(name, 60)}${visit}  ${step.status}${message}\n`,
    ...step.commands.map((command) => `      $ ${shortLine(command, 500)}\n`),
  ];
}

/** The same as Markdown: what makes a step's row of the table. */
export function rollbackRows(view: RollbackView): (step: RolledBackStep) => string {
  const visitText = visitTextsOf(view);
  return (step) => rowOf(step, visitText(step));
}

function rowOf(step: RolledBackStep, visit: string): string {
  const commands = step.commands.map((command) => inlineCode(command, 500)).join('<br>');
  const name = step.name === step.address ? '' : `${inlineText(step.name, 120)} `;
  const state = `${marks[step.status]}\u00a0${step.status}`;
  return `| ${state} | ${name}${inlineCode(step.address, 120)}${visit} | ${inlineText(step.message, 500)} | ${commands} |\n`;
}
