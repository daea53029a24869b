import type { Reference } from '../../expression/references.ts';
import { isStepId, stepId } from '../../model/ids.ts';
import type { Step } from '../../model/workflow.ts';
import type { CheckContext } from './check-context.ts';
import { outputsOf } from './step-outputs.ts';

/** Whether what is read is, or may hold, a secret: a secret, a secret parameter, a secret output of a step. */
export function isSecretReference({ root, path }: Reference, context: CheckContext): boolean {
  const [first, member, output] = path;
  switch (root) {
    case 'secrets':
      return true;
    case 'parameters':
    case 'trigger':
      if (typeof first === 'string') return context.parameters.get(first)?.secret ?? false;
      return [...context.parameters.values()].some(({ secret }) => secret);
    case 'steps':
      // A step as a whole holds its outputs, and a key that is computed may be theirs.
      return (
        (member === 'outputs' || member == null) &&
        stepsThatMayBe(first, context).some((step) => holdsSecret(step, output, context))
      );
    default:
      return false;
  }
}

/** The step of that id; all where the id is computed, or `steps` is read as a whole. */
function stepsThatMayBe(id: string | number | null | undefined, { graph }: CheckContext): readonly Step[] {
  if (id == null) return graph.nodes.map(({ step }) => step);
  const position = typeof id === 'string' && isStepId(id) ? graph.positionOf(stepId(id)) : undefined;
  const step = position === undefined ? undefined : graph.nodes[position]?.step;
  return step === undefined ? [] : [step];
}

function holdsSecret(step: Step, output: string | number | null | undefined, context: CheckContext): boolean {
  const { secret } = outputsOf(step, context.handlers);
  return typeof output === 'string' ? secret.has(output) : secret.size > 0;
}
