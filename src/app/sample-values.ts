import type { Json, JsonMap } from '../core/model/json.ts';
import type { ParameterDeclaration, Workflow } from '../core/model/workflow.ts';

/**
 * A value for each parameter that somebody has to give, so that a plan can be shown without one. Patterns and schemas
 * of a declaration are not followed: such a sample may be refused.
 */
export function sampleValues({ parameters }: Pick<Workflow, 'parameters'>): JsonMap {
  const needed = parameters.filter((each) => each.required && each.default === undefined);
  return Object.fromEntries(needed.map((each) => [each.name, sampleOf(each)]));
}

function sampleOf({ type, options, validation }: ParameterDeclaration): Json {
  switch (type) {
    case 'string':
    case 'textarea':
      return sampleText(validation.minLength ?? 0, validation.maxLength ?? Number.POSITIVE_INFINITY);
    case 'enum':
      return options[0]?.value ?? '';
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return Math.ceil(validation.minimum ?? Math.min(1, validation.maximum ?? 1));
    case 'date':
      return '2026-01-31';
    case 'file':
      return 'README.md';
    case 'array':
      return Array.from({ length: validation.minItems ?? 0 }, () => 'sample');
    case 'object':
      return {};
  }
}

function sampleText(least: number, most: number): string {
  const words = 'a sample text';
  const long = words.padEnd(least, ' for the plan');
  return long.slice(0, Math.max(least, Math.min(long.length, most)));
}

/** Those of the samples as a caller of a run would give them. */
export function givenSamples(samples: JsonMap): {
  readonly [name: string]: { readonly value: Json; readonly text: false; readonly origin: string };
} {
  return Object.fromEntries(
    Object.entries(samples).map(([name, value]) => [name, { value, text: false as const, origin: 'a sample' }]),
  );
}
