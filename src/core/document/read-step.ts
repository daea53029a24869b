import { stepId } from '../model/ids.ts';
import { emptyMap } from '../model/json.ts';
import type { OnLost, RetryDeclaration, Step } from '../model/workflow.ts';
import { checkRoutesAndLoops } from './check-routes-and-loops.ts';
import type { DocumentPath } from './document-path.ts';
import { type Draft, type DraftMap, isDraftMap } from './draft.ts';
import { flagOf, mapOf, numberOf, numberOrText, textOf, textsOf } from './draft-values.ts';
import type { PlacedFaults } from './placed-faults.ts';
import { readDependencies } from './read-dependencies.ts';
import { readStepOutputs } from './read-outputs.ts';
import { conditionText, readRetry } from './read-retry.ts';
import { handlerNameOf, readAction, type StepAction } from './step-action.ts';
import { checkScript, readConfig } from './step-config.ts';
import { checkCompanions, refuseNotYet } from './step-limits.ts';
import { stepAliases } from './step-vocabulary.ts';
import { WrittenStep } from './written-step.ts';

/** What a step needs to know of the document around it. */
export interface StepSurroundings {
  readonly faults: PlacedFaults;
  /** What a script without a shell of its own runs in. */
  readonly defaultShell: string;
  /** Ids of steps that a route of another step enters. */
  readonly routed: ReadonlySet<string>;
  readonly requiredByDefault: boolean;
  /** The step stands inside what this version does not run: one diagnostic for the whole is enough. */
  readonly isInsideNotYet: boolean;
}

/**
 * Reads one step whose structure was checked. `id` is the name under which the step is known after reading: the one
 * that is written, or a stand-in where that is missing or taken.
 */
export function readStep(map: DraftMap, path: DocumentPath, id: string, around: StepSurroundings): Step {
  const step = new WrittenStep(map, path, around.faults);
  const action = readAction(step);
  const config = readConfig(step, action);
  checkScript(step, action, config, around.defaultShell);
  checkCompanions(step, action);
  if (!around.isInsideNotYet) refuseNotYet(step, action, around.routed);
  checkRoutesAndLoops(step);
  const dependencies = step.spelling(stepAliases.dependencies);
  return {
    id: stepId(id),
    name: textOf(map.name) ?? id,
    handler: handlerNameOf(action),
    config,
    dependencies: dependencies === null ? null : readDependencies(step, dependencies),
    required: flagOf(map.required) ?? around.requiredByDefault,
    enabled: flagOf(map.enabled) ?? textOf(map.enabled) ?? true,
    automatic: flagOf(map.automatic) ?? false,
    env: mapOf(map.env) ?? emptyMap(),
    secrets: textsOf(map.secrets),
    ...optionalKeys(step, action, around),
  };
}

function optionalKeys(step: WrittenStep, action: StepAction, around: StepSurroundings): Partial<Step> {
  const { map } = step;
  const description = textOf(map.description);
  const label = action.kind === 'type' ? undefined : textOf(map.type);
  const condition = conditionText(step.get(step.spelling(stepAliases.condition)));
  const timeout = numberOrText(map.timeout);
  const retry = readAttempts(step, around.routed);
  const outputs = readStepOutputs(map.outputs, step.at('outputs'), step.faults);
  const onLost = onLostOf(map.on_lost);
  const idempotencyKey = textOf(map.idempotency_key);
  const rollback = readRollback(step, around);
  return {
    ...(description !== undefined && { description }),
    ...(label !== undefined && { label }),
    ...(condition !== undefined && { condition }),
    ...(timeout !== undefined && { timeout }),
    ...(retry !== undefined && { retry }),
    ...(outputs !== undefined && { outputs }),
    ...(onLost !== undefined && { onLost }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(rollback !== undefined && { rollback }),
  };
}

/** The name under which the rollback of a step is known; no id that somebody can write looks like it. */
export function rollbackId(id: string): string {
  return `${id}/rollback`;
}

/** A step without id, dependencies and condition: it runs when its owner is taken back. */
function readRollback(owner: WrittenStep, around: StepSurroundings): Step | undefined {
  const { rollback: map } = owner.map;
  if (!isDraftMap(map)) return undefined;
  const step = new WrittenStep(map, owner.at('rollback'), around.faults);
  const action = readAction(step);
  const config = readConfig(step, action);
  checkScript(step, action, config, around.defaultShell);
  checkCompanions(step, action);
  if (!around.isInsideNotYet) refuseNotYet(step, action, around.routed);
  const id = textOf(owner.map.id) ?? '';
  const description = textOf(map.description);
  const timeout = numberOrText(map.timeout);
  const retry = readAttempts(step, around.routed);
  const idempotencyKey = textOf(map.idempotency_key);
  return {
    id: stepId(rollbackId(id)),
    name: textOf(map.name) ?? `undo ${id}`,
    handler: handlerNameOf(action),
    config,
    dependencies: [],
    required: true,
    enabled: true,
    automatic: false,
    env: mapOf(map.env) ?? emptyMap(),
    secrets: textsOf(map.secrets),
    ...(description !== undefined && { description }),
    ...(timeout !== undefined && { timeout }),
    ...(retry !== undefined && { retry }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
}

/** `retry`, or the number of further attempts under one of its short names. */
function readAttempts(step: WrittenStep, routed: ReadonlySet<string>): RetryDeclaration | undefined {
  const isEntered = routed.has(textOf(step.map.id) ?? '');
  const key = step.spelling(isEntered ? ['retry', 'retries'] : ['retry', 'retries', 'maxRetries']);
  const written = step.get(key);
  if (key === 'retry') return isDraftMap(written) ? readRetry(written, step.at('retry'), step.faults) : undefined;
  const more = numberOf(written);
  return more === undefined ? undefined : { maxAttempts: more + 1 };
}

function onLostOf(written: Draft | undefined): OnLost | undefined {
  return written === 'rerun' || written === 'ask' || written === 'fail' ? written : undefined;
}
