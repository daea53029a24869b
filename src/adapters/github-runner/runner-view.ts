import type { RunView } from '../../core/model/run-view.ts';

/** A run as a job may show it: the machine goes, and its record with it, so nobody can ask for that run again. */
export function runnerView(view: RunView): RunView {
  const { rollback } = view;
  if (rollback === null) return { ...view, recordLost: true };
  const steps = rollback.steps.map((step) => ({
    ...step,
    commands: step.commands.filter((command) => !command.startsWith('vwmp rollback ')),
  }));
  return { ...view, recordLost: true, rollback: { ...rollback, steps } };
}
