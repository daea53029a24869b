import type { PlannedStep, PlanView } from '../model/plan-view.ts';
import { linesWithin } from './lines-within.ts';
import { fencedBlock, htmlText, inlineCode, inlineText } from './markdown-text.ts';
import { shortLines } from './plain-text.ts';
import { planLine, planMark, undoWords } from './plan-text.ts';
import { utf8Size } from './utf8-size.ts';

/** A plan as Markdown for the job's summary page: a table of the steps, and what handlers say they would do, folded. */
export function planSummary(view: PlanView, maxBytes = 1024 * 1024): string {
  const head = `## ${inlineText(planLine(view), 300)}\n\nNothing was started.\n\n`;
  const room = maxBytes - utf8Size(head);
  if (room < 0) return '';
  const table = stepRows(view, Math.floor(room / 2));
  return head + table + previews(view, room - utf8Size(table));
}

function stepRows(view: PlanView, budget: number): string {
  if (view.steps.length === 0) return '';
  const places = placesOf(view);
  return linesWithin({
    head: '| When | Runs | Step | Handler | Why |\n| :-- | :-- | :-- | :-- | :-- |\n',
    items: view.steps,
    line: (step) => row(step, places.get(step.id) ?? ''),
    budget,
    maxLines: 500,
    note: (leftOut) => `\n… ${leftOut.length} more steps not shown.\n`,
  });
}

function placesOf(view: PlanView): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const [level, ids] of view.levels.entries()) for (const id of ids) places.set(id, String(level + 1));
  for (const { id } of view.routed) places.set(id, 'routed');
  for (const id of view.finally.flat()) places.set(id, 'finally');
  return places;
}

function row(step: PlannedStep, place: string): string {
  const answer = step.willRun === 'unknown' ? 'perhaps' : step.willRun ? 'yes' : 'no';
  const id = inlineCode(step.id, 120);
  const name = step.name === '' || step.name === step.id ? id : `${inlineText(step.name, 120)} ${id}`;
  const why = [step.why, ...(step.rollback === null ? [] : undoWords(step.rollback))].filter((text) => text !== '');
  const cells = [
    place,
    `${planMark(step.willRun)} ${answer}`,
    name,
    inlineCode(step.handler, 120),
    inlineText(why.join('; '), 300),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function previews(view: PlanView, budget: number): string {
  const items = view.steps.filter(({ preview }) => preview !== null);
  if (items.length === 0) return '';
  return linesWithin({
    head: '\n### What would be done\n\n',
    items,
    line: previewFold,
    budget,
    note: (leftOut) => `… the previews of ${leftOut.length} more steps are not shown.\n`,
  });
}

function previewFold({ id, preview }: PlannedStep): string {
  if (preview === null) return '';
  const parts = [
    fencedBlock(
      shortLines([preview.summary, ...preview.commands.map((command) => `$ ${command}`)].join('\n'), 8000),
      'text',
    ),
    ...preview.diffs.map(
      ({ file, diff }) => `${inlineCode(file, 300)}\n\n${fencedBlock(shortLines(diff, 16_000), 'diff')}`,
    ),
  ];
  return `<details>\n<summary><code>${htmlText(id)}</code></summary>\n\n${parts.join('\n')}\n</details>\n\n`;
}
