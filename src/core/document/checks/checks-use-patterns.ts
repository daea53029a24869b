import { retryUsesPatterns } from '../../configuration/check-retry.ts';
import { resolveRetry } from '../../configuration/retry-policy.ts';
import { emptyMap, isJsonMap, type Json } from '../../model/json.ts';
import type { Step, Workflow } from '../../model/workflow.ts';
import { parametersUsePatterns } from '../../parameters/check-declarations.ts';
import { stepsWithRollbacks } from '../../plan/steps-with-rollbacks.ts';
import { usesPatterns } from '../../schema/uses-patterns.ts';
import type { CheckSurroundings } from './check-context.ts';

/**
 * Whether checking or running the workflow compiles patterns: a parameter's validation, a retry filter, a handler's
 * schema, `matches()` somewhere. The pattern engine is large, so it is loaded for these only.
 */
export function checksUsePatterns(
  workflow: Workflow,
  { handlers, configuration }: Pick<CheckSurroundings, 'handlers' | 'configuration'>,
): boolean {
  if (parametersUsePatterns(workflow.parameters) || retryUsesPatterns(workflow.defaults.retry)) return true;
  return (
    stepsWithRollbacks(workflow).some((step) => {
      const handler = handlers.find(step.handler);
      if (handler && usesPatterns(handler.configuration)) return true;
      const retry = resolveRetry(step, { env: emptyMap() }, configuration, handler);
      return retryUsesPatterns(retry?.declaration) || callsMatches(textsOf(step));
    }) || callsMatches([workflow.config, ...Object.values(workflow.outputs).map(({ value }) => value)])
  );
}

function textsOf(step: Step): readonly Json[] {
  const outputs = step.outputs?.kind === 'mapped' ? step.outputs.outputs : null;
  return [
    step.name,
    step.condition ?? null,
    step.enabled,
    step.config,
    step.env,
    step.retry?.condition ?? null,
    outputs,
  ];
}

/** Any text with this word counts: a load too many is harmless. */
function callsMatches(values: readonly Json[]): boolean {
  return values.some((value) => {
    if (typeof value === 'string') return value.includes('matches');
    if (Array.isArray(value)) return callsMatches(value);
    return isJsonMap(value) && callsMatches(Object.values(value));
  });
}
