import { settleRetryPolicy } from '../configuration/retry-policy.ts';
import { parseDuration } from '../document/duration.ts';
import { evaluateCondition } from '../expression/evaluate.ts';
import { describeFault } from '../expression/fault.ts';
import { parseCondition } from '../expression/parse-expression.ts';
import type { Scope } from '../expression/scope.ts';
import { settleJson, settleText } from '../expression/settle.ts';
import type { DeferredField, SettledDecision, StepSettings } from '../model/event.ts';
import type { Failure } from '../model/failure.ts';
import type { Json, JsonMap } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import { checkValue } from '../schema/check-value.ts';
import { type Deferred, fillDeferred, withoutDeferred } from './deferred.ts';
import { asSchemaSees, type Settling, settleConfig } from './settle-config.ts';

export interface SettleInput extends Settling {
  /** `condition`: the step will not start; only its condition is asked. */
  readonly what: 'all' | 'condition';
  readonly runId: string;
  readonly visit: number;
  /** Whether a text reads a secret, so that its value must not be recorded. */
  readonly readsSecret: (text: string) => boolean;
}

/** Settles one visit (LANGUAGE.md section 4, rule 3): the condition, then the configuration, then the schema check. */
export function settleStep(input: SettleInput): SettledDecision {
  const { condition } = input.blueprint.step;
  if (condition !== undefined) {
    const truth = conditionHolds(condition, input.scope);
    if (!truth.ok) return failed(`condition: ${truth.error}`);
    if (!truth.value) return { kind: 'skip', reason: { kind: 'condition' } };
  }
  if (input.what === 'condition') return { kind: 'skip', reason: { kind: 'run-ended' } };
  const settings = settleSettings(input);
  return settings.ok ? { kind: 'run', settings: settings.value } : failed(settings.error);
}

/** Whether a condition holds. The error is one line for people. */
export function conditionHolds(text: string, scope: Scope): Result<boolean, string> {
  const parsed = parseCondition(text);
  if (!parsed.ok) return err(describeFault(parsed.error));
  const truth = evaluateCondition(parsed.value, scope);
  return truth.ok ? truth : err(describeFault(truth.error));
}

function settleSettings(input: SettleInput): Result<StepSettings, string> {
  const { step, defaults } = input.blueprint;
  const open = withoutDeferred(
    { config: input.blueprint.config, env: { ...defaults.env, ...step.env } },
    input.readsSecret,
  );
  const name = settleText(step.name, input.scope, { nullAsText: true });
  if (!name.ok) return err(`name: ${describeFault(name.error)}`);
  const config = settleConfig(open.value.config, input);
  if (!config.ok) return config;
  const env = settleEnv(open.value.env, input.scope);
  if (!env.ok) return env;
  const fit = checkFit(input, config.value, open.fields);
  if (!fit.ok) return fit;
  const timeout = settleDuration('timeout', step.timeout ?? defaults.timeout, input.scope);
  if (!timeout.ok) return timeout;
  const retry = settleRetryPolicy(input.blueprint.retry, (value) => settleSimple(value, input.scope));
  if (!retry.ok) return err(`retry: ${retry.error}`);
  const key = settleSimple(step.idempotencyKey ?? `${input.runId}:${step.id}:${input.visit}`, input.scope);
  if (!key.ok) return err(`idempotency_key: ${key.error}`);
  return ok({
    name: asText(name.value ?? step.id),
    config: config.value,
    env: env.value,
    deferred: open.fields,
    timeoutMs: timeout.value,
    retry: retry.value,
    idempotencyKey: asText(key.value),
  });
}

/**
 * What an attempt really gets: the recorded settings with the fields that read secrets evaluated now, and never
 * written down.
 */
export function fillSettings(
  settings: StepSettings,
  scope: Scope,
): Result<{ config: JsonMap; env: Environment }, string> {
  const filled = fillDeferred({ config: settings.config, env: settings.env }, settings.deferred, (template, field) =>
    settleDeferred(template, field, scope),
  );
  return filled;
}

export type Environment = { readonly [name: string]: string };

function settleDeferred(
  template: Json,
  { path, verbatim }: DeferredField,
  scope: Scope,
): Result<Json | undefined, string> {
  if (verbatim) return ok(template);
  const value = settleSimple(template, scope);
  if (!value.ok) return err(`${path.join('.')}: ${value.error}`);
  if (value.value === null || value.value === undefined) return ok(undefined);
  return ok(path[0] === 'env' ? asText(value.value) : value.value);
}

function checkFit(input: SettleInput, config: JsonMap, deferred: Deferred): Result<null, string> {
  const filled = fillDeferred(
    { config, env: {} },
    deferred.filter(({ path }) => path[0] === 'config'),
    (template, field) => settleDeferred(template, field, input.scope),
  );
  if (!filled.ok) return filled;
  const [fault] = checkValue(input.blueprint.handler.configuration, asSchemaSees(filled.value.config));
  if (!fault) return ok(null);
  return err(`config${pathText(fault.path)}: ${describeFault(fault)}`);
}

function settleEnv(env: JsonMap, scope: Scope): Result<Environment, string> {
  const settled = settleJson(env, scope);
  if (!settled.ok) return err(`env.${settled.error.path.join('.')}: ${describeFault(settled.error)}`);
  const entries = Object.entries((settled.value ?? {}) as JsonMap).filter(([, value]) => value !== null);
  return ok(Object.fromEntries(entries.map(([name, value]) => [name, asText(value)])));
}

function settleDuration(key: string, value: Json | undefined, scope: Scope): Result<number | null, string> {
  if (value === undefined) return ok(null);
  const settled = settleSimple(value, scope);
  if (!settled.ok) return err(`${key}: ${settled.error}`);
  if (settled.value === null || settled.value === undefined) return ok(null);
  const duration = parseDuration(settled.value);
  return duration.ok ? duration : err(`${key}: ${duration.error}`);
}

function settleSimple(value: Json, scope: Scope): Result<Json | undefined, string> {
  const settled = settleJson(value, scope);
  return settled.ok ? settled : err(describeFault(settled.error));
}

/** Numbers and booleans become text, lists and maps compact JSON. */
function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function pathText(path: readonly (string | number)[]): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
}

function failed(message: string): SettledDecision {
  const failure: Failure = { kind: 'configuration', message };
  return { kind: 'fail', failure };
}
