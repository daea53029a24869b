import type { Failure } from '../model/failure.ts';
import type { RunView } from '../model/run-view.ts';

/** The kind with its exit code, as people read it: `exit 3`, `timeout`. */
export function failureKindText(failure: Failure): string {
  return failure.kind === 'exit' && failure.exitCode !== undefined ? `exit ${failure.exitCode}` : failure.kind;
}

/** What the run names as its error: the kind, with the exit code where the step that failed has one. */
export function runErrorText(view: RunView): string {
  const { error, steps } = view;
  if (error === null) return '';
  const failed = steps.find(({ address }) => address === error.step)?.error;
  return failed?.kind === error.kind ? failureKindText(failed) : error.kind;
}
