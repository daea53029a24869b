import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { suggest } from '../expression/suggest.ts';
import { emptyMap, type Json, type JsonMap } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import type { ParameterDeclaration } from '../model/workflow.ts';
import { asSentence } from '../schema/sentence.ts';
import { holdsTemplate } from './check-declarations.ts';
import { checkParameterValue } from './check-parameter-value.ts';
import { inReadingOrder, keysReadBy } from './keys-read.ts';
import { parseText, type TextFault } from './parse-text.ts';
import { relativeToWorkspace } from './workspace-path.ts';

/** A value that the caller gives for a parameter. */
export interface GivenParameter {
  readonly value: Json;
  /** It came as text from a command line or a form, and is turned into the declared type. */
  readonly text: boolean;
  /** Where it came from, for people: `--parameters FILE`. Empty: not worth saying. */
  readonly origin: string;
}

export interface GivenParameters {
  readonly [name: string]: GivenParameter;
}

export interface SettledParameters {
  /** Every declared parameter that is not secret; null where it has no value. */
  readonly values: JsonMap;
  /** The secret ones. Never stored, never shown. */
  readonly secretValues: JsonMap;
}

/**
 * Gives the value of a parameter's default that holds templates; `undefined` means null. `known` holds the parameters
 * that are settled by then: all that were given, and those that this default reads; secret ones are left out.
 */
export type EvaluateDefault = (
  declaration: ParameterDeclaration,
  known: JsonMap,
) => Result<Json | undefined, TextFault>;

export interface SettleOptions {
  /** Absolute path of the workspace: a `file` given by an absolute path inside it is made relative. */
  readonly workspace?: string;
}

/**
 * Settles all parameters of a run, or says everything that is wrong with them, by parameter name, code
 * `parameter-value`. Patterns among the validations need `loadPatterns()`.
 */
export function settleParameters(
  declarations: readonly ParameterDeclaration[],
  given: GivenParameters,
  evaluateDefault: EvaluateDefault,
  options: SettleOptions = {},
): Result<SettledParameters, readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = undeclared(declarations, given);
  const accepted = new Map<string, Json>();
  const open = declarations.filter(({ secret }) => !secret);
  for (const declaration of declarations) {
    const gift = Object.hasOwn(given, declaration.name) ? given[declaration.name] : undefined;
    if (gift === undefined) continue;
    const value = acceptGiven(declaration, gift, options);
    if (value.ok) accepted.set(declaration.name, value.value);
    else diagnostics.push(...value.error);
  }
  for (const declaration of inDefaultOrder(declarations)) {
    if (Object.hasOwn(given, declaration.name)) continue;
    const value = acceptDefault(declaration, () => mapOf(open, accepted), evaluateDefault);
    if (value.ok) accepted.set(declaration.name, value.value);
    else diagnostics.push(...value.error);
  }
  if (diagnostics.length > 0) return err(diagnostics);
  return ok({
    values: mapOf(open, accepted),
    secretValues: mapOf(
      declarations.filter(({ secret }) => secret),
      accepted,
    ),
  });
}

function acceptGiven(
  declaration: ParameterDeclaration,
  gift: GivenParameter,
  options: SettleOptions,
): Result<Json, readonly Diagnostic[]> {
  const parsed = gift.text && typeof gift.value === 'string' ? parseText(gift.value, declaration.type) : ok(gift.value);
  if (!parsed.ok) return err([fault(declaration.name, parsed.error, gift.origin)]);
  const value = inWorkspace(declaration, parsed.value, options);
  const faults = checkParameterValue(declaration, value);
  return faults.length === 0 ? ok(value) : err(faults.map((each) => fault(declaration.name, each, gift.origin)));
}

function inWorkspace(declaration: ParameterDeclaration, value: Json, { workspace }: SettleOptions): Json {
  if (declaration.type !== 'file' || typeof value !== 'string' || workspace === undefined) return value;
  return relativeToWorkspace(value, workspace);
}

function acceptDefault(
  declaration: ParameterDeclaration,
  known: () => JsonMap,
  evaluateDefault: EvaluateDefault,
): Result<Json, readonly Diagnostic[]> {
  if (declaration.default === undefined) {
    return declaration.required ? err([missing(declaration)]) : ok(null);
  }
  const evaluated = holdsTemplate(declaration.default)
    ? evaluateDefault(declaration, known())
    : ok(declaration.default);
  if (!evaluated.ok) {
    return err([
      fault(
        declaration.name,
        { ...evaluated.error, message: `has a default that cannot be evaluated: ${evaluated.error.message}` },
        '',
      ),
    ]);
  }
  const value = evaluated.value ?? null;
  if (value === null) return ok(null);
  const faults = checkParameterValue(declaration, value);
  return faults.length === 0 ? ok(value) : err(faults.map((each) => fault(declaration.name, each, 'its default')));
}

/** A default that reads another parameter is evaluated after it. */
function inDefaultOrder(declarations: readonly ParameterDeclaration[]): readonly ParameterDeclaration[] {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const defaults = emptyMap<Json>();
  for (const { name, default: value } of declarations) defaults[name] = value ?? null;
  return inReadingOrder(keysReadBy(defaults, ['parameters', 'trigger'])).flatMap((name) => byName.get(name) ?? []);
}

function missing(declaration: ParameterDeclaration): Diagnostic {
  const label = declaration.label === undefined ? '' : ` (${declaration.label})`;
  const message = `Parameter \`${declaration.name}\`${label} is required and was not given.`;
  const hint = `Give it, as with \`-p ${declaration.name}=…\`, or declare a default.`;
  return { code: 'parameter-value', severity: 'error', message, path: `parameters.${declaration.name}`, hint };
}

function fault(name: string, { message, hint }: TextFault, origin: string): Diagnostic {
  const source = origin === '' ? '' : ` (from ${origin})`;
  return {
    code: 'parameter-value',
    severity: 'error',
    message: `Parameter \`${name}\` ${message}${source}.`,
    path: `parameters.${name}`,
    ...(hint === undefined ? {} : { hint: asSentence(hint) }),
  };
}

function undeclared(declarations: readonly ParameterDeclaration[], given: GivenParameters): Diagnostic[] {
  const names = new Set(declarations.map(({ name }) => name));
  return Object.keys(given)
    .filter((name) => !names.has(name))
    .map((name) => {
      const nearest = suggest(name, names);
      const known =
        names.size === 0 ? 'The workflow declares no parameters.' : `Declared are: ${[...names].join(', ')}.`;
      return {
        code: 'parameter-value',
        severity: 'error',
        message: `Parameter \`${name}\` is not declared by the workflow.`,
        path: `parameters.${name}`,
        hint: nearest === null ? known : `Did you mean \`${nearest}\`?`,
      };
    });
}

function mapOf(declarations: readonly ParameterDeclaration[], values: ReadonlyMap<string, Json>): JsonMap {
  const map = emptyMap<Json>();
  for (const { name } of declarations) {
    const value = values.get(name);
    if (value !== undefined) map[name] = value;
  }
  return map;
}
