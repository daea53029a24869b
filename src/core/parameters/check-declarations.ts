import { hasTemplate } from '../expression/parse-template.ts';
import { compilePattern } from '../expression/pattern.ts';
import { isJsonMap, type Json } from '../model/json.ts';
import type { ParameterDeclaration, ParameterType, ParameterValidation } from '../model/workflow.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { asSentence } from '../schema/sentence.ts';
import { usesPatterns } from '../schema/uses-patterns.ts';
import { checkParameterValue, writePath } from './check-parameter-value.ts';

/** Something wrong with a declaration; `path` leads from the declaration, in canonical keys as written. */
export interface DeclarationFault {
  readonly severity: 'error' | 'warning';
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
}

/**
 * What is wrong with one declaration: bounds that contradict, patterns and schemas that cannot be used, an enum
 * without options, a constant default that does not fit. Patterns need `loadPatterns()`.
 */
export function checkDeclaration(declaration: ParameterDeclaration): readonly DeclarationFault[] {
  const faults = [
    ...checkOptions(declaration),
    ...checkBoundOrder(declaration.validation),
    ...checkApplicability(declaration),
    ...checkValidationPattern(declaration.validation),
    ...checkValidationSchema(declaration.validation),
  ];
  // A default can only be judged by rules that are themselves sound.
  return faults.some(({ severity }) => severity === 'error') ? faults : [...faults, ...checkDefault(declaration)];
}

/** Whether settling these parameters compiles patterns, so that `loadPatterns()` must be awaited before. */
export function parametersUsePatterns(declarations: readonly ParameterDeclaration[]): boolean {
  return declarations.some(
    ({ validation }) =>
      validation.pattern !== undefined || (validation.schema !== undefined && usesPatterns(validation.schema)),
  );
}

function checkOptions({ type, options, name }: ParameterDeclaration): readonly DeclarationFault[] {
  if (type !== 'enum') {
    if (options.length === 0) return [];
    const message = `Parameter \`${name}\` is of type ${type}, so its options mean nothing.`;
    return [{ severity: 'warning', path: ['options'], message, hint: 'Declare it with `type: enum`.' }];
  }
  if (options.length === 0) {
    const message = `Parameter \`${name}\` is an enum without options.`;
    return [{ severity: 'error', path: ['type'], message, hint: 'List the allowed values under `options`.' }];
  }
  const seen = new Set<string>();
  return options.flatMap(({ value }, index): readonly DeclarationFault[] => {
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [
      { severity: 'error', path: ['options', index], message: `The option "${value}" stands in the list twice.` },
    ];
  });
}

const pairs: readonly (readonly [keyof ParameterValidation, keyof ParameterValidation])[] = [
  ['minLength', 'maxLength'],
  ['minimum', 'maximum'],
  ['minItems', 'maxItems'],
];

/** Validation keys as people write them. */
const writtenKeys: { readonly [K in keyof Required<ParameterValidation>]: string } = {
  minLength: 'min_length',
  maxLength: 'max_length',
  pattern: 'pattern',
  minimum: 'minimum',
  maximum: 'maximum',
  minItems: 'min_items',
  maxItems: 'max_items',
  schema: 'schema',
};

function checkBoundOrder(validation: ParameterValidation): readonly DeclarationFault[] {
  return pairs.flatMap(([least, most]): readonly DeclarationFault[] => {
    const low = validation[least];
    const high = validation[most];
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) return [];
    const message = `\`${writtenKeys[least]}\` ${low} is greater than \`${writtenKeys[most]}\` ${high}: no value can fit.`;
    return [{ severity: 'error', path: ['validation', writtenKeys[least]], message }];
  });
}

const textTypes: readonly ParameterType[] = ['string', 'textarea', 'enum', 'date', 'file'];
const numberTypes: readonly ParameterType[] = ['number', 'integer'];
const appliesTo: { readonly [K in keyof Required<ParameterValidation>]: readonly ParameterType[] | null } = {
  minLength: textTypes,
  maxLength: textTypes,
  pattern: textTypes,
  minimum: numberTypes,
  maximum: numberTypes,
  minItems: ['array'],
  maxItems: ['array'],
  schema: null,
};

function checkApplicability({ name, type, validation }: ParameterDeclaration): readonly DeclarationFault[] {
  return validationKeys.flatMap((key): readonly DeclarationFault[] => {
    const types = appliesTo[key];
    if (validation[key] === undefined || types === null || types.includes(type)) return [];
    const message = `\`${writtenKeys[key]}\` means nothing for parameter \`${name}\` of type ${type}.`;
    const hint = `It speaks of ${types.join(', ')}.`;
    return [{ severity: 'warning', path: ['validation', writtenKeys[key]], message, hint }];
  });
}

const validationKeys: readonly (keyof ParameterValidation)[] = [
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
];

function checkValidationPattern({ pattern }: ParameterValidation): readonly DeclarationFault[] {
  const compiled = pattern === undefined ? null : compilePattern(pattern);
  if (compiled === null || compiled.ok) return [];
  const message = `The pattern cannot be used: ${compiled.error}.`;
  return [{ severity: 'error', path: ['validation', 'pattern'], message }];
}

function checkValidationSchema({ schema }: ParameterValidation): readonly DeclarationFault[] {
  if (schema === undefined) return [];
  return checkSchema(schema).map(({ path, keyword, message, hint }) => ({
    severity: 'error',
    path: ['validation', 'schema', ...path],
    message: `The schema is wrong at \`${path.length === 0 ? keyword : writePath(path)}\`: ${message}.`,
    ...(hint === undefined ? {} : { hint: asSentence(hint) }),
  }));
}

function checkDefault(declaration: ParameterDeclaration): readonly DeclarationFault[] {
  const value = declaration.default;
  if (value === undefined || value === null || holdsTemplate(value)) return [];
  return checkParameterValue(declaration, value).map(({ message, hint }) => ({
    severity: 'error',
    path: ['default'],
    message: `The default of parameter \`${declaration.name}\` ${message}.`,
    ...(hint === undefined ? {} : { hint: asSentence(hint) }),
  }));
}

/** Whether a text anywhere in the value holds an expression, so that the value is not known yet. */
export function holdsTemplate(value: Json): boolean {
  if (typeof value === 'string') return hasTemplate(value);
  if (Array.isArray(value)) return value.some((item: Json) => holdsTemplate(item));
  return isJsonMap(value) && Object.values(value).some(holdsTemplate);
}
