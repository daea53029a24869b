import type { Step, Workflow } from '../model/workflow.ts';

/** Every step of a workflow, and beside it the step that takes it back where it brings one. */
export function stepsWithRollbacks({ steps, finally: last }: Pick<Workflow, 'steps' | 'finally'>): readonly Step[] {
  return [...steps, ...last].flatMap((step) => (step.rollback ? [step, step.rollback] : [step]));
}
