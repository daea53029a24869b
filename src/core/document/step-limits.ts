import type { DocumentPath } from './document-path.ts';
import { companionKeys, isHandlerNotYet, stepKeysNotYet, stepValuesNotYet } from './not-yet.ts';
import type { PlacedFaults } from './placed-faults.ts';
import { handlerNameOf, type StepAction } from './step-action.ts';
import { stepAliases } from './step-vocabulary.ts';
import type { WrittenStep } from './written-step.ts';

/** Reports keys that mean something only beside another one that is not there. */
export function checkCompanions(step: WrittenStep, action: StepAction): void {
  if (action.kind === 'none') return;
  const handler = handlerNameOf(action);
  for (const [key, owner] of companionKeys) {
    if (step.has(key) && owner !== handler && !holdsOwner(step, owner)) reportCompanion(step, key, owner);
  }
  if (action.kind === 'type' && handler !== 'flow.parallel' && step.has('steps')) {
    reportCompanion(step, 'steps', 'flow.parallel');
  }
  if (action.kind === 'run' || action.kind === 'type') return;
  for (const key of ['shell', 'working_directory']) if (step.has(key)) reportCompanion(step, key, 'run');
}

/** The order of inline steps is that of a group or of a branch. */
function holdsOwner(step: WrittenStep, owner: string): boolean {
  return owner === 'steps' ? ['steps', 'then_steps', 'else_steps'].some((key) => step.has(key)) : step.has(owner);
}

function reportCompanion(step: WrittenStep, key: string, owner: string): void {
  step.faults.report('conflict', step.at(key), `\`${key}\` belongs to \`${owner}\`, which this step does not have.`, {
    at: 'key',
    hint: key === 'shell' || key === 'working_directory' ? 'For `command.run`, write it under `config`.' : undefined,
  });
}

/** Refuses what the language has and this version does not run, each key once. */
export function refuseNotYet(step: WrittenStep, action: StepAction, routed: ReadonlySet<string>): void {
  for (const names of [stepAliases.on_success, stepAliases.on_failure]) step.spelling(names);
  refuseHandler(step, action);
  for (const key of stepKeysNotYet) {
    const isMember = key === 'steps' && action.kind !== 'group';
    if (step.has(key) && !isMember) reportNotYet(step.faults, step.at(key), `\`${key}\``);
  }
  for (const [key, value] of stepValuesNotYet) {
    if (step.get(key) === value) reportNotYet(step.faults, step.at(key), `\`${key}: ${value}\``, 'value');
  }
  refuseVisits(step, routed);
}

function refuseHandler(step: WrittenStep, action: StepAction): void {
  if (action.kind !== 'handler' && action.kind !== 'type') return;
  if (!isHandlerNotYet(action.handler)) return;
  const key = action.kind === 'type' ? 'type' : action.key;
  reportNotYet(step.faults, step.at(key), `The handler \`${action.handler}\``, 'value');
}

/** On a step that a route enters, `maxRetries` bounds the visits. */
function refuseVisits(step: WrittenStep, routed: ReadonlySet<string>): void {
  const id = step.get('id');
  if (typeof id !== 'string' || !routed.has(id)) return;
  step.spelling(['max_visits', 'maxRetries']);
  if (step.has('maxRetries') && !step.has('max_visits')) {
    reportNotYet(step.faults, step.at('maxRetries'), '`maxRetries` of a step that a route enters');
  }
}

export function reportNotYet(
  faults: PlacedFaults,
  path: DocumentPath,
  what: string,
  at: 'key' | 'value' = 'key',
): void {
  faults.report('not-yet', path, `${what} is part of the language, but this version does not run it yet.`, { at });
}
