import type { Failure } from '../model/failure.ts';
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import { err, ok, type Result, unreachable } from '../model/result.ts';
import type { OutputDeclaration, OutputDeclarations, OutputShape } from '../model/workflow.ts';
import { parseText } from '../parameters/parse-text.ts';
import { relativeToWorkspace, workspacePathFault } from '../parameters/workspace-path.ts';
import { isIsoDate } from '../schema/formats.ts';

export interface FitOptions {
  /** A process made the outputs: texts are turned into the declared types. */
  readonly process: boolean;
  /** Absolute folder that outputs of the type `file` are inside of. */
  readonly workspace: string;
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
  return fitDeclared(declared.outputs, wrapOnly(declared.outputs, given, options.process), options);
}

/**
 * What a step that failed gave: as `fitOutputs`, but what does not fit is left out, for the step has failed already
 * and whoever looks into it needs the rest.
 */
export function fitFailedOutputs(
  declared: OutputDeclarations | undefined,
  given: JsonMap,
  options: FitOptions,
): JsonMap {
  if (declared?.kind !== 'declared') return given;
  const fitted: { [name: string]: Json } = { ...given };
  for (const output of declared.outputs) {
    const value = given[output.name] ?? null;
    const typed = value === null ? ok(null) : fitOne(output, value, options);
    if (typed.ok) fitted[output.name] = typed.value;
    else delete fitted[output.name];
  }
  return fitted;
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
  options: FitOptions,
): Result<JsonMap, Failure> {
  const fitted: { [name: string]: Json } = { ...given };
  for (const output of outputs) {
    const value = given[output.name] ?? null;
    if (value === null) {
      if (output.required) return err(outputFailure(`the output "${output.name}" is required and was not given`));
      fitted[output.name] = null;
      continue;
    }
    const typed = fitOne(output, value, options);
    if (!typed.ok) return err(outputFailure(`the output "${output.name}"${typed.error}`));
    fitted[output.name] = typed.value;
  }
  return ok(fitted);
}

/** The error is the rest of a sentence that begins with the output's name. */
function fitOne(output: OutputDeclaration, given: Json, { process, workspace }: FitOptions): Result<Json, string> {
  const typed = process && typeof given === 'string' ? fromText(output, given) : ok(given);
  if (!typed.ok) return err(` ${typed.error}`);
  const { value } = typed;
  const inside = output.type === 'file' && typeof value === 'string' ? relativeToWorkspace(value, workspace) : value;
  const misfit = misfitOf(output, inside, '');
  return misfit === null ? ok(inside) : err(misfit);
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
  const fault = textFault(shape.type, value);
  if (fault !== null) return `${place && ` (${place})`} ${fault}`;
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

function textFault(type: OutputShape['type'], value: Json): string | null {
  if (typeof value !== 'string') return null;
  if (type === 'file') return workspacePathFault(value);
  return type === 'date' && !isIsoDate(value) ? 'must be a date such as 2026-11-21' : null;
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
