import type { Reference } from '../../expression/references.ts';
import { isStepId, stepId } from '../../model/ids.ts';
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
      return (
        typeof first === 'string' && (member === 'outputs' || member === null) && holdsSecret(first, output, context)
      );
    default:
      return false;
  }
}

function holdsSecret(id: string, output: string | number | null | undefined, context: CheckContext): boolean {
  const position = isStepId(id) ? context.graph.positionOf(stepId(id)) : undefined;
  const step = position === undefined ? undefined : context.graph.nodes[position]?.step;
  if (step === undefined) return false;
  const { secret } = outputsOf(step, context.handlers);
  return typeof output === 'string' ? secret.has(output) : secret.size > 0;
}
