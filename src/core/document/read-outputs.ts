import { emptyMap } from '../model/json.ts';
import type {
  OutputBinding,
  OutputDeclaration,
  OutputDeclarations,
  OutputShape,
  ParameterType,
} from '../model/workflow.ts';
import { parameterTypes } from '../model/workflow.ts';
import type { DocumentPath } from './document-path.ts';
import { type Draft, isDraftList, isDraftMap } from './draft.ts';
import { flagOf, textOf } from './draft-values.ts';
import type { PlacedFaults } from './placed-faults.ts';

/** What a step declares: a list of outputs, or a map of templates over what its handler gives. */
export function readStepOutputs(
  written: Draft | undefined,
  path: DocumentPath,
  faults: PlacedFaults,
): OutputDeclarations | undefined {
  if (isDraftMap(written)) return { kind: 'mapped', outputs: written };
  if (!isDraftList(written)) return undefined;
  const outputs = new Map<string, OutputDeclaration>();
  written.forEach((item, index) => {
    const output = isDraftMap(item) ? readDeclaration(item) : null;
    if (!output) return;
    if (outputs.has(output.name)) {
      faults.report('duplicate-key', [...path, index, 'name'], `The output \`${output.name}\` is declared twice.`, {
        hint: 'Keep one of them.',
      });
    } else outputs.set(output.name, output);
  });
  return { kind: 'declared', outputs: [...outputs.values()] };
}

function readDeclaration(written: { readonly [key: string]: Draft }): OutputDeclaration | null {
  const name = textOf(written.name);
  if (name === undefined) return null;
  return {
    name,
    ...readShape(written),
    required: flagOf(written.required) ?? false,
    // A value is stored as a whole, so one secret part keeps all of it from being stored.
    secret: holdsSecret(written),
  };
}

function readShape(written: Draft | undefined): OutputShape {
  if (!isDraftMap(written)) return { type: typeOf(written) };
  const properties = written.properties;
  const items = written.items;
  return {
    type: typeOf(written.type),
    ...(isDraftMap(properties) && { properties: readProperties(properties) }),
    ...(items !== undefined && { items: readShape(items) }),
    ...(flagOf(written.required) === true && { required: true }),
  };
}

function readProperties(written: { readonly [key: string]: Draft }): { readonly [name: string]: OutputShape } {
  const properties = emptyMap<OutputShape>();
  for (const [name, shape] of Object.entries(written)) properties[name] = readShape(shape);
  return properties;
}

function typeOf(written: Draft | undefined): ParameterType | 'any' {
  return parameterTypes.find((type) => type === written) ?? 'any';
}

function holdsSecret(written: Draft | undefined): boolean {
  if (!isDraftMap(written)) return false;
  if (written.secret === true) return true;
  const properties = written.properties;
  return holdsSecret(written.items) || (isDraftMap(properties) && Object.values(properties).some(holdsSecret));
}

/** Outputs of the run: a template, or a map that has one as its `value`. */
export function readDocumentOutputs(written: Draft | undefined): { readonly [name: string]: OutputBinding } {
  const outputs = emptyMap<OutputBinding>();
  if (!isDraftMap(written)) return outputs;
  for (const [name, binding] of Object.entries(written)) {
    const map = isDraftMap(binding) ? binding : { value: binding };
    const description = textOf(map.description);
    outputs[name] = {
      value: map.value ?? null,
      ...(description !== undefined && { description }),
      secret: map.secret === true,
    };
  }
  return outputs;
}
