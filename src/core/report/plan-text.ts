import type { PlannedRollback, PlannedStep, PlanView } from '../model/plan-view.ts';
import { plainLine, plainLines, shortLine, shortLines } from './plain-text.ts';
import { displayWidth } from './text-table.ts';

const nameColumns = 40;
const diffCharacters = 8000;

/** A plan for a terminal: the steps by level, whether each would run and why not, and what handlers say they would do. */
export function planText(view: PlanView): string {
  const steps = new Map<string, PlannedStep>(view.steps.map((step) => [step.id, step]));
  const width = Math.min(
    nameColumns,
    view.steps.reduce((widest, step) => Math.max(widest, displayWidth(shortName(step))), 0),
  );
  const block = (title: string, ids: readonly string[]) =>
    ids.length === 0 ? '' : `${title}\n${ids.map((id) => stepBlock(steps.get(id), width)).join('')}`;
  return [
    `${planLine(view)}\n`,
    ...view.levels.map((ids, level) => block(`level ${level + 1}`, ids)),
    block(
      'routed',
      view.routed.map(({ id }) => id),
    ),
    ...view.finally.map((ids, level) =>
      block(view.finally.length > 1 ? `finally, level ${level + 1}` : 'finally', ids),
    ),
  ].join('');
}

/** The plan on one line: name, version, and how many steps would run. */
export function planLine(view: PlanView): string {
  const count = (answer: PlannedStep['willRun']) => view.steps.filter(({ willRun }) => willRun === answer).length;
  const unknown = count('unknown');
  const perhaps = unknown === 0 ? '' : `, ${unknown} perhaps`;
  const { name, version } = view.workflow;
  return `Plan of ${plainLine(name)} ${plainLine(version)}: ${count(true)} of ${view.steps.length} steps would run${perhaps}`;
}

/** One sign for each answer to whether a step would run. */
export function planMark(willRun: PlannedStep['willRun']): string {
  if (willRun === 'unknown') return '?';
  return willRun ? '●' : '⊘';
}

function stepBlock(step: PlannedStep | undefined, width: number): string {
  if (step === undefined) return '';
  const name = shortName(step);
  const gap = ' '.repeat(Math.max(0, width - displayWidth(name)));
  const why = shortLine(step.why, 300);
  const head = `  ${planMark(step.willRun)} ${name}${gap}  ${step.handler}${why === '' ? '' : `  ${why}`}\n`;
  return (
    head +
    previewLines(step)
      .map((line) => `      ${line}\n`)
      .join('')
  );
}

function previewLines({ preview, rollback }: PlannedStep): readonly string[] {
  const undo = rollback === null ? [] : undoWords(rollback);
  if (preview === null) return undo;
  return [
    ...plainLines(preview.summary).trim().split('\n'),
    ...preview.commands.map((command) => `$ ${shortLine(command, 500)}`),
    ...preview.diffs.flatMap(({ file, diff }) => [plainLine(file), ...shortLines(diff, diffCharacters).split('\n')]),
    ...undo,
  ].filter((line) => line !== '');
}

/** What is worth knowing before the run: that a step could not be taken back, or only in a way of its own. */
export function undoWords({ class: kind, by }: PlannedRollback): readonly string[] {
  if (by === 'step') return ['would be undone by its own `rollback`'];
  switch (kind) {
    case 'never':
      return ['cannot be undone: a rollback would end before it'];
    case 'undo-with-care':
      return ['could be undone only while nobody else has moved it'];
    case 'undo':
      return [];
  }
}

function shortName(step: PlannedStep): string {
  return shortLine(step.name === '' || step.name === step.id ? step.id : `${step.name} (${step.id})`, nameColumns);
}
