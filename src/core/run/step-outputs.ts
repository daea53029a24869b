import type { Failure } from '../model/failure.ts';
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import { err, ok, type Result, unreachable } from '../model/result.ts';
import type { OutputDeclaration, OutputDeclarations, OutputShape } from '../model/workflow.ts';
import { parseText } from '../parameters/parse-text.ts';

export interface FitOptions {
  /** A process made the outputs: texts are turned into the declared types. */
  readonly process: boolean;
  /** Settles the templates of mapped outputs over what the handler gave. */
  readonly settle: (templates: JsonMap, given: JsonMap) => Result<JsonMap, string>;
}

/**
 * What a step's outputs are, from what its handler gave and what the step declares (LANGUAGE.md section 3).
 * Undeclared outputs are kept. The error is a failure of kind `output`.
 */
export function fitOutputs(
  declared: OutputDeclarations | undefined,
  given: JsonMap,
  options: FitOptions,
): Result<JsonMap, Failure> {
  if (!declared) return ok(given);
  if (declared.kind === 'mapped') {
    const mapped = options.settle(declared.outputs, given);
    return mapped.ok ? ok({ ...given, ...mapped.value }) : err(outputFailure(mapped.error));
  }
  return fitDeclared(declared.outputs, wrapOnly(declared.outputs, given, options.process), options.process);
}

/** A handler that returns a map without the one output that its step declares has returned that output's value. */
function wrapOnly(outputs: readonly OutputDeclaration[], given: JsonMap, process: boolean): JsonMap {
  const [only] = outputs;
  if (process || outputs.length !== 1 || !only || Object.hasOwn(given, only.name)) return given;
  return Object.keys(given).length === 0 ? given : { [only.name]: given };
}

function fitDeclared(
  outputs: readonly OutputDeclaration[],
  given: JsonMap,
  process: boolean,
): Result<JsonMap, Failure> {
  const fitted: { [name: string]: Json } = { ...given };
  for (const output of outputs) {
    const value = given[output.name] ?? null;
    if (value === null) {
      if (output.required) return err(outputFailure(`the output "${output.name}" is required and was not given`));
      fitted[output.name] = null;
      continue;
    }
    const typed = process && typeof value === 'string' ? fromText(output, value) : ok(value);
    if (!typed.ok) return err(outputFailure(`the output "${output.name}" ${typed.error}`));
    const misfit = misfitOf(output, typed.value, '');
    if (misfit !== null) return err(outputFailure(`the output "${output.name}"${misfit}`));
    fitted[output.name] = typed.value;
  }
  return ok(fitted);
}

function fromText({ type }: OutputShape, text: string): Result<Json, string> {
  if (type === 'any') return ok(text);
  const value = parseText(text, type);
  return value.ok ? value : err(value.error.message);
}

/** Null where the value fits, else the rest of a sentence that begins with the output's name. */
function misfitOf(shape: OutputShape, value: Json, place: string): string | null {
  if (!isOfType(shape.type, value)) {
    return `${place && ` (${place})`} must be of type ${shape.type}, but is ${kindOf(value)}`;
  }
  if (shape.properties && isJsonMap(value)) {
    for (const [key, property] of Object.entries(shape.properties)) {
      const misfit = propertyMisfit(property, value[key] ?? null, `${place}.${key}`);
      if (misfit !== null) return misfit;
    }
  }
  if (shape.items && isJsonList(value)) {
    for (const [index, item] of value.entries()) {
      const misfit = misfitOf(shape.items, item, `${place}[${index}]`);
      if (misfit !== null) return misfit;
    }
  }
  return null;
}

function propertyMisfit(shape: OutputShape, value: Json, place: string): string | null {
  if (value !== null) return misfitOf(shape, value, place);
  return shape.required ? ` (${place}) is required and was not given` : null;
}

function isOfType(type: OutputShape['type'], value: Json): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'string':
    case 'textarea':
    case 'enum':
    case 'date':
    case 'file':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return isJsonList(value);
    case 'object':
      return isJsonMap(value);
    default:
      return unreachable(type);
  }
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (isJsonList(value)) return 'a list';
  if (isJsonMap(value)) return 'a map';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

function outputFailure(message: string): Failure {
  return { kind: 'output', message };
}
