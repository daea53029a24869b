import type { ParameterDeclaration, ParameterValidation, Trigger } from '../model/workflow.ts';
import { parameterTypes } from '../model/workflow.ts';
import type { DocumentPath } from './document-path.ts';
import { type Draft, type DraftMap, isDraftList, isDraftMap } from './draft.ts';
import { flagOf, listOfOne, numberOf, textOf } from './draft-values.ts';
import type { PlacedFaults } from './placed-faults.ts';
import { isWrittenIn } from './written-step.ts';

/** Declarations with the paths where they stand. */
export interface ReadParameters {
  readonly parameters: readonly ParameterDeclaration[];
  readonly paths: readonly DocumentPath[];
}

export interface ReadTriggers {
  readonly triggers: readonly Trigger[];
  readonly paths: readonly DocumentPath[];
}

/** The declared parameters, and after them those that triggers bring and the list does not name. */
export function readParameters(body: DraftMap, bodyPath: DocumentPath): ReadParameters {
  const parameters: ParameterDeclaration[] = [];
  const paths: DocumentPath[] = [];
  const names = new Set<string>();
  const add = (list: Draft | undefined, path: DocumentPath, skipKnown: boolean): void => {
    if (!isDraftList(list)) return;
    list.forEach((item, index) => {
      const parameter = isDraftMap(item) ? readParameter(item) : null;
      if (!parameter || (skipKnown && names.has(parameter.name))) return;
      names.add(parameter.name);
      parameters.push(parameter);
      paths.push([...path, index]);
    });
  };
  add(body.parameters, [...bodyPath, 'parameters'], false);
  const triggers = body.triggers;
  if (isDraftList(triggers)) {
    triggers.forEach((trigger, index) => {
      if (isDraftMap(trigger)) add(trigger.params, [...bodyPath, 'triggers', index, 'params'], true);
    });
  }
  return { parameters, paths };
}

function readParameter(written: DraftMap): ParameterDeclaration | null {
  const name = textOf(written.name);
  if (name === undefined) return null;
  const defaultValue = written.default;
  const label = textOf(written.label);
  const description = textOf(written.description);
  return {
    name,
    type: parameterTypes.find((type) => type === written.type) ?? 'string',
    required: flagOf(written.required) ?? false,
    ...(defaultValue !== undefined && { default: defaultValue }),
    ...(label !== undefined && { label }),
    ...(description !== undefined && { description }),
    secret: flagOf(written.secret) ?? false,
    validation: readValidation(written.validation),
    options: readOptions(written.options),
  };
}

function readValidation(written: Draft | undefined): ParameterValidation {
  if (!isDraftMap(written)) return {};
  const minLength = numberOf(written.min_length);
  const maxLength = numberOf(written.max_length);
  const pattern = textOf(written.pattern);
  const minimum = numberOf(written.minimum);
  const maximum = numberOf(written.maximum);
  const minItems = numberOf(written.min_items);
  const maxItems = numberOf(written.max_items);
  const schema = written.schema;
  return {
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(minItems !== undefined && { minItems }),
    ...(maxItems !== undefined && { maxItems }),
    ...(isDraftMap(schema) && { schema }),
  };
}

function readOptions(written: Draft | undefined): readonly { readonly value: string; readonly label: string }[] {
  return listOfOne(written).flatMap((option) => {
    if (typeof option === 'string') return [{ value: option, label: option }];
    const value = isDraftMap(option) ? textOf(option.value) : undefined;
    if (!isDraftMap(option) || value === undefined) return [];
    return [{ value, label: textOf(option.label) ?? value }];
  });
}

/** The keys that each kind of trigger has beside `type` and `params`, and which of them it must have. */
const triggerKeys: ReadonlyMap<string, { readonly keys: readonly string[]; readonly required?: string }> = new Map([
  ['manual', { keys: [] }],
  ['cli', { keys: ['command'] }],
  ['schedule', { keys: ['cron', 'timezone'], required: 'cron' }],
  ['event', { keys: ['on', 'filter'], required: 'on' }],
  ['webhook', { keys: [] }],
]);

/** What may start the workflow; parameters of triggers stand among the workflow's. */
export function readTriggers(body: DraftMap, bodyPath: DocumentPath, faults: PlacedFaults): ReadTriggers {
  const triggers: Trigger[] = [];
  const paths: DocumentPath[] = [];
  listOfOne(body.triggers).forEach((written, index) => {
    const type = isDraftMap(written) ? textOf(written.type) : undefined;
    if (!isDraftMap(written) || type === undefined) return;
    const path = [...bodyPath, 'triggers', index];
    checkTrigger(type, written, path, faults);
    const kept = Object.entries(written).filter(([key]) => key !== 'params' && !key.startsWith('x-'));
    triggers.push({ ...Object.fromEntries(kept), type });
    paths.push(path);
  });
  return { triggers, paths };
}

function checkTrigger(type: string, written: DraftMap, path: DocumentPath, faults: PlacedFaults): void {
  const known = triggerKeys.get(type);
  if (!known) return;
  for (const key of Object.keys(written)) {
    if (key === 'type' || key === 'params' || key.startsWith('x-') || known.keys.includes(key)) continue;
    const owner = [...triggerKeys].find(([, other]) => other.keys.includes(key))?.[0] ?? 'another';
    faults.report('conflict', [...path, key], `\`${key}\` belongs to triggers of type \`${owner}\`, not \`${type}\`.`, {
      at: 'key',
    });
  }
  if (known.required !== undefined && !isWrittenIn(written, known.required, path, faults)) {
    faults.report('missing-key', path, `A trigger of type \`${type}\` needs \`${known.required}\`.`, {
      at: 'key',
      hint: `Add \`${known.required}\`.`,
    });
  }
}
