import type { StepOutcome } from '../../core/model/event.ts';
import { unreachable } from '../../core/model/result.ts';
import type { UndoOutcome } from '../../core/model/rollback.ts';
import { durationText } from '../../core/report/duration-text.ts';
import { firstLine, plainLine } from '../../core/report/plain-text.ts';
import { skipText, stepMarks } from '../../core/report/status-text.ts';
import type { Palette } from './palette.ts';
import type { StepNote } from './running-steps.ts';

/** One line for one thing that happened to a step. */
export function noteLine(note: StepNote, palette: Palette): string {
  if (note.kind === 'rolling-back') return palette.warn(`${stepMarks.undone} rolling back`);
  const name = plainLine(note.name);
  switch (note.kind) {
    case 'undone':
      return undoneText(name, note.outcome, palette);
    case 'started': {
      const again = note.attempt > 1 ? palette.dim(` (attempt ${note.attempt})`) : '';
      return `${palette.info(stepMarks.running)} ${name}${again}`;
    }
    case 'skipped':
      return palette.dim(`${stepMarks.skipped} ${name}  ${skipText(note.reason)}`);
    case 'not-settled':
      return `${palette.bad(stepMarks.failed)} ${name}  ${palette.bad(firstLine(note.failure.message, 300))}`;
    case 'retrying': {
      const when = palette.dim(`next attempt in ${durationText(note.delayMs)}`);
      return `${palette.warn('↻')} ${name}  ${firstLine(note.failure.message, 300)}  ${when}`;
    }
    case 'ended':
      return `${endText(name, note.outcome, palette)}  ${palette.dim(durationText(note.ms))}`;
    default:
      return unreachable(note);
  }
}

function undoneText(name: string, outcome: UndoOutcome, palette: Palette): string {
  switch (outcome.kind) {
    case 'undone':
      return `${palette.warn(stepMarks.undone)} ${name}  ${palette.dim('undone')}`;
    case 'left':
      return `${palette.warn('▲')} ${name}  left as it is: ${firstLine(outcome.reason, 300)}`;
    case 'failed':
      return `${palette.bad(stepMarks.failed)} undo ${name}  ${palette.bad(firstLine(outcome.failure.message, 300))}`;
    default:
      return unreachable(outcome);
  }
}

function endText(name: string, outcome: StepOutcome, palette: Palette): string {
  switch (outcome.kind) {
    case 'success':
      return `${palette.good(stepMarks.success)} ${name}`;
    case 'failed':
      return `${palette.bad(stepMarks.failed)} ${name}  ${palette.bad(firstLine(outcome.failure.message, 300))}`;
    case 'skipped':
      return palette.dim(`${stepMarks.skipped} ${name}  ${firstLine(outcome.message, 300)}`);
    case 'cancelled':
      return `${palette.warn(stepMarks.cancelled)} ${name}  ${palette.warn('cancelled')}`;
    default:
      return unreachable(outcome);
  }
}
