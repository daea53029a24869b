import type { RunStatus } from '../model/event.ts';
import { unreachable } from '../model/result.ts';
import type { StepStatus } from '../model/run-view.ts';
import type { SkipReason } from '../model/skip.ts';

/** One sign for each state, so that colour is never the only one. From blocks that fixed-width fonts have. */
export const stepMarks: { readonly [status in StepStatus]: string } = {
  pending: '○',
  running: '◐',
  waiting: '◷',
  success: '✓',
  failed: '✗',
  skipped: '⊘',
  cancelled: '■',
  undone: '↶',
};

export const runMarks: { readonly [status in RunStatus]: string } = {
  success: '✓',
  partial: '▲',
  failed: '✗',
  cancelled: '■',
  waiting: '◷',
};

/** Why a step was skipped, for people; reads on from "skipped: ". */
export function skipText(reason: SkipReason): string {
  switch (reason.kind) {
    case 'disabled':
      return 'disabled';
    case 'not-selected':
      return 'not selected for this run';
    case 'edge':
      return `${reason.by} did not end as the dependency asks`;
    case 'blocked':
      return `blocked by ${reason.by}`;
    case 'condition':
      return 'condition is false';
    case 'not-routed':
      return 'no route led here';
    case 'superseded':
      return 'another step succeeded first';
    case 'handler':
      return reason.message === '' ? 'the step had nothing to do' : reason.message;
    case 'run-ended':
      return 'the run ended before';
    default:
      return unreachable(reason);
  }
}
