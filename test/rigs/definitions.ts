import { stepId } from '../../src/core/model/ids.ts';
import type { EdgeOutcome, Step, Workflow } from '../../src/core/model/workflow.ts';

/** A dependency as tests write it: an id, or an id with the outcomes on which the edge passes. */
export type WrittenDependency = string | { readonly step: string; readonly on: readonly EdgeOutcome[] };

export interface WrittenStep extends Partial<Omit<Step, 'id' | 'dependencies'>> {
  /** Left out: the key is not written. */
  readonly needs?: readonly WrittenDependency[];
}

/** A step with the defaults of the language. */
export function makeStep(id: string, { needs, ...more }: WrittenStep = {}): Step {
  return {
    id: stepId(id),
    name: id,
    handler: 'test.step',
    config: {},
    dependencies:
      needs?.map((need) =>
        typeof need === 'string' ? { step: stepId(need), on: null } : { step: stepId(need.step), on: need.on },
      ) ?? null,
    required: true,
    enabled: true,
    automatic: false,
    env: {},
    secrets: [],
    ...more,
  };
}

/** A workflow of main steps by id, in the order of the keys. */
export function makeWorkflow(
  steps: { readonly [id: string]: WrittenStep },
  more: Partial<Workflow> & { readonly finallySteps?: { readonly [id: string]: WrittenStep } } = {},
): Workflow {
  const { finallySteps = {}, ...rest } = more;
  return {
    name: 'test',
    version: '1.0.0',
    type: 'generic',
    config: {},
    parameters: [],
    triggers: [],
    steps: Object.entries(steps).map(([id, step]) => makeStep(id, step)),
    order: 'sequence',
    finally: Object.entries(finallySteps).map(([id, step]) => makeStep(id, { required: false, ...step })),
    outputs: {},
    defaults: { env: {} },
    onFailure: 'stop',
    failFast: false,
    ...rest,
  };
}
