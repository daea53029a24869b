import type { RunView } from '../model/run-view.ts';

/** How to go on after a run that did not simply succeed: a sentence without its end, and the command if there is one. */
export interface NextStep {
  readonly text: string;
  readonly command: string | null;
}

/** `null` where nothing is left to do, or the run is under way. */
export function nextStepText(view: RunView): NextStep | null {
  if (!view.ended || view.status === 'success') return null;
  if (view.recordLost) return { text: again[view.status], command: null };
  const command = `vwmp resume ${view.runId}`;
  switch (view.status) {
    case 'partial':
      return { text: 'To run the failed optional steps again, where the state of the run is kept', command };
    case 'failed':
      return { text: 'To go on at what failed, where the state of the run is kept', command };
    case 'cancelled':
      return { text: 'To go on where it was cancelled, where the state of the run is kept', command };
    case 'waiting':
      return { text: 'To go on when what it waits for has come', command };
  }
}

/** Where the run itself cannot go on, a new one has to. */
const again: { readonly [status in Exclude<RunView['status'], 'success'>]: string } = {
  partial: 'To run the failed optional steps again, start the job again',
  failed: 'To go on, start the job again when what failed is mended',
  cancelled: 'To go on, start the job again',
  waiting: 'To go on, start the job again when what it waits for has come',
};
