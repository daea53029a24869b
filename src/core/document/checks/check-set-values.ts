import type { SetValue } from '../../configuration/parse-set.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { isStepId, stepId } from '../../model/ids.ts';
import type { CheckContext } from './check-context.ts';

/** Each `--set` names a step of the workflow; what it sets is checked with the step's configuration. */
export function checkSetValues(set: readonly SetValue[], { graph, stepNames }: CheckContext): readonly Diagnostic[] {
  return set
    .filter(({ step }) => !isStepId(step) || graph.positionOf(stepId(step)) === undefined)
    .map(({ step, path }) => {
      const nearest = stepNames.suggest(step);
      return {
        code: 'command',
        severity: 'error',
        message: `\`--set ${[step, ...path].join('.')}=…\` names no step of the workflow.`,
        ...(nearest !== null && { hint: `Did you mean \`${nearest}\`?` }),
      };
    });
}
