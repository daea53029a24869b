import type { FailureKind } from '../../src/core/model/failure.ts';
import { stepId } from '../../src/core/model/ids.ts';
import { type Selection, wholeRun } from '../../src/core/model/selection.ts';
import type { EdgeOutcome, Step, Workflow } from '../../src/core/model/workflow.ts';
import {
  type AttemptScript,
  brokenConfig,
  expressionOf,
  plainStep,
  plainWorld,
  type StepScript,
  scriptOf,
  type Truth,
  type World,
} from '../rigs/world.ts';

/** A step with the language's defaults under what is given. */
export function stepOf(id: string, keys: Partial<Step> = {}): Step {
  return {
    id: stepId(id),
    name: id,
    handler: 'test.step',
    config: {},
    dependencies: null,
    required: true,
    enabled: true,
    automatic: false,
    env: {},
    secrets: [],
    ...keys,
  };
}

/** A workflow in `graph` order with the language's defaults under what is given. */
export function workflowOf(steps: readonly Step[], keys: Partial<Workflow> = {}): Workflow {
  return {
    name: 'case',
    version: '1.0.0',
    type: 'generic',
    config: {},
    parameters: [],
    triggers: [],
    steps,
    order: 'graph',
    finally: [],
    outputs: {},
    defaults: { env: {} },
    onFailure: 'stop',
    failFast: false,
    maxParallel: 16,
    ...keys,
  };
}

/** Edges from texts: `a` is a plain one, `a: failure skipped` names outcomes. */
export function edges(...texts: readonly string[]): Pick<Step, 'dependencies'> {
  return {
    dependencies: texts.map((text) => {
      const [from = '', on] = text.split(':');
      return { step: stepId(from), on: on === undefined ? null : outcomesIn(on) };
    }),
  };
}

function outcomesIn(text: string): readonly EdgeOutcome[] {
  const outcomes: readonly EdgeOutcome[] = ['success', 'failure', 'skipped'];
  return outcomes.filter((outcome) => text.includes(outcome));
}

/** The step's `condition` as an expression of this value; the script of the step has to say the same. */
export function conditionOf(truth: Truth): Pick<Step, 'condition'> {
  return { condition: expressionOf(truth) };
}

/** A world with these scripts, each over `plainStep`. */
export function worldOf(steps: { readonly [id: string]: Partial<StepScript> }, more: Partial<World> = {}): World {
  const scripts = Object.entries(steps).map(([id, script]) => [id, { ...plainStep, ...script }] as const);
  return { ...plainWorld, ...more, steps: Object.fromEntries(scripts) };
}

export function selectionOf(keys: { readonly [key in keyof Selection]?: readonly string[] }): Selection {
  const lists = Object.entries(keys).map(([key, ids]) => [key, ids.map(stepId)] as const);
  return { ...wholeRun, ...Object.fromEntries(lists) };
}

export function succeedsAfter(durationMs: number): AttemptScript {
  return { durationMs, end: { kind: 'success' }, stopMs: 1 };
}

export function failsAfter(
  durationMs: number,
  kind: FailureKind = 'exit',
  more: { retryable?: boolean } = {},
): AttemptScript {
  const exit = kind === 'exit' ? { exitCode: 1 } : {};
  return { durationMs, end: { kind: 'failed', failure: { kind, message: 'it broke', ...exit, ...more } }, stopMs: 1 };
}

export function skipsAfter(durationMs: number): AttemptScript {
  return { durationMs, end: { kind: 'skipped', reason: 'nothing to do' }, stopMs: 1 };
}

export function neverEnds(stopMs = 1): AttemptScript {
  return { durationMs: 1, end: { kind: 'never' }, stopMs };
}

/**
 * Gives every step the texts that mean what the world's script says of it, so that the case means the same to an
 * engine with a real evaluator: the script decides, the texts repeat it.
 */
export function spellOut(workflow: Workflow, world: World): Workflow {
  const spell = (step: Step): Step => {
    const script = scriptOf(world, step.id);
    return {
      ...step,
      ...(step.condition === undefined ? {} : { condition: expressionOf(script.condition) }),
      ...(typeof step.enabled === 'boolean' ? {} : { enabled: expressionOf(script.enabled) }),
      ...(script.configuration === 'error' ? { config: brokenConfig } : {}),
      ...(step.retry?.condition === undefined
        ? {}
        : { retry: { ...step.retry, condition: expressionOf(script.retryCondition) } }),
    };
  };
  return { ...workflow, steps: workflow.steps.map(spell), finally: workflow.finally.map(spell) };
}
