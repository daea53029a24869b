import type { Address } from '../model/ids.ts';
import type { StepView } from '../model/run-view.ts';
import { failureKindText } from './failure-text.ts';
import { linesWithin } from './lines-within.ts';
import { fencedBlock, htmlText, inlineCode, inlineText, placeText } from './markdown-text.ts';
import { cutText, plainLines, shortLines } from './plain-text.ts';
import { stepTitle } from './step-table.ts';
import { cutToUtf8Size, utf8Size } from './utf8-size.ts';

const tailLines = 50;
const tailBytes = 48 * 1024;
const stepsWithTail = 20;

/**
 * What the failed steps said, and the last lines that they printed, folded. Required steps come first; those that do
 * not fit are counted below.
 */
export function failuresSection(
  failed: readonly StepView[],
  logTails: (address: Address) => string | null,
  budget: number,
): string {
  const text = linesWithin({
    head: '',
    items: [...failed].sort((a, b) => Number(b.required) - Number(a.required)),
    line: (step, place) => failureBlock(step, place < stepsWithTail ? logTails(step.address) : null, budget),
    budget,
    note: (leftOut) => `… ${leftOut.length} more failed steps not shown.\n`,
  });
  return text === '' ? '' : `${text.trimEnd()}\n`;
}

function failureBlock(step: StepView, tail: string | null, budget: number): string {
  const error = step.error;
  const title = `**${stepTitle(step)}**${error ? `: ${inlineText(failureKindText(error))}` : ''}\n`;
  const message = error && error.message !== '' ? `\n${fencedBlock(shortLines(error.message, 4096), 'text')}` : '';
  // What a process printed last often stands as the cause too.
  const cause = error?.cause && !tail?.includes(error.cause.trim()) ? `\nCause: ${inlineCode(error.cause, 300)}\n` : '';
  const place = error?.file ? `\nAt ${inlineCode(placeText(error.file, error.line))}\n` : '';
  const without = `${title}${message}${cause}${place}\n`;
  const room = Math.min(tailBytes, budget - utf8Size(without) - 300);
  return tail === null || tail.trim() === '' || room < 500 ? without : `${without}${tailFold(step, tail, room)}\n`;
}

function tailFold(step: StepView, tail: string, maxBytes: number): string {
  const lines = plainLines(tail).trimEnd().split('\n');
  // A third: a fence longer than the usual three may take as much room above and below as its content.
  const kept = lastWithin(lines.slice(-tailLines), Math.floor(maxBytes / 3));
  const more = lines.length > kept.length ? ', those before are in the log' : '';
  const title = `Last ${kept.length === 1 ? 'line' : `${kept.length} lines`} of <code>${htmlText(step.address)}</code>${more}`;
  return `<details>\n<summary>${title}</summary>\n\n${fencedBlock(kept.join('\n'), 'text')}\n</details>\n`;
}

function lastWithin(lines: readonly string[], maxBytes: number): readonly string[] {
  const kept: string[] = [];
  let room = maxBytes;
  for (const line of lines.toReversed()) {
    const cut = cutToUtf8Size(cutText(line, 1000), maxBytes);
    room -= utf8Size(cut) + 1;
    if (room < 0 && kept.length > 0) break;
    kept.unshift(cut);
  }
  return kept;
}
