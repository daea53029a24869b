import { checkRetry } from '../../configuration/check-retry.ts';
import type { Json } from '../../model/json.ts';
import type { RetryDeclaration } from '../../model/workflow.ts';
import { type CheckContext, type CheckedNode, isInFinally, type Standpoint } from './check-context.ts';
import { checkEnvNames } from './check-env.ts';
import { checkCondition, checkTemplate, checkTemplates } from './check-field.ts';
import { checkHandler } from './check-handler.ts';
import { checkStepConfig } from './check-step-config.ts';
import type { Field } from './field.ts';
import type { FieldKind } from './field-rules.ts';

type Path = readonly (string | number)[];

/** Everything about one step that its place in the workflow, its handler and its expressions decide. */
export function checkStep(node: CheckedNode, context: CheckContext): void {
  const fields = new StepFields(node, context);
  const { step } = node;
  fields.template(step.name, ['name']);
  fields.template(step.description, ['description']);
  fields.condition(step.condition, ['condition']);
  if (typeof step.enabled === 'string') fields.enabled(step.enabled);
  fields.template(step.timeout, ['timeout']);
  fields.template(step.idempotencyKey, ['idempotency_key']);
  fields.env(step.env);
  if (step.outputs?.kind === 'mapped') fields.outputs(step.outputs.outputs);
  if (step.retry) fields.retry(step.retry);

  const handler = checkHandler(step, context);
  if (handler) checkStepConfig(node, handler, context);
  else checkTemplates(step.config, [], (path) => fields.at('step', ['config', ...path]), context);
  // What takes a step back is settled after it ended, so it may read the step's own outcome too.
  if (step.rollback) checkStep({ ...node, step: step.rollback, readsSelf: true }, context);
}

/** The keys of `retry` whose values may be templates, as the model and as people call them. */
export const retryTemplates: readonly (readonly [
  Exclude<keyof RetryDeclaration, 'on' | 'enabled' | 'condition'>,
  string,
])[] = [
  ['maxAttempts', 'max_attempts'],
  ['delay', 'delay'],
  ['backoff', 'backoff'],
  ['factor', 'factor'],
  ['maxDelay', 'max_delay'],
  ['jitter', 'jitter'],
  ['deadline', 'deadline'],
];

class StepFields {
  readonly #node: CheckedNode;
  readonly #context: CheckContext;
  readonly #isInFinally: boolean;

  constructor(node: CheckedNode, context: CheckContext) {
    this.#node = node;
    this.#context = context;
    this.#isInFinally = isInFinally(context, this.#standpoint(false));
  }

  at(kind: FieldKind, path: Path, more: { readonly secret?: boolean; readonly self?: boolean } = {}): Field {
    return {
      kind,
      standpoint: kind === 'enabled' ? { kind: 'start' } : this.#standpoint(more.self ?? false),
      secret: more.secret ?? false,
      statusFunctions: this.#isInFinally && kind !== 'enabled',
      place: () => this.#context.source.step(this.#node.step.id).at(...path),
    };
  }

  template(value: Json | undefined, path: Path): void {
    if (typeof value === 'string') checkTemplate(value, this.at('step', path), this.#context);
  }

  condition(text: string | undefined, path: Path, self = false): void {
    if (text !== undefined) checkCondition(text, this.at('step', path, { self }), this.#context);
  }

  enabled(text: string): void {
    checkCondition(text, this.at('enabled', ['enabled']), this.#context);
  }

  env(env: { readonly [name: string]: Json }): void {
    const { source, report } = this.#context;
    checkEnvNames(env, (name) => source.step(this.#node.step.id).key('env', name), report);
    checkTemplates(env, ['env'], (path) => this.at('step', path, { secret: true }), this.#context);
  }

  outputs(outputs: { readonly [name: string]: Json }): void {
    // What the handler gave may be secret by its own word; the map names it anew.
    const field = (path: Path) => this.at('step-outputs', path, { self: true });
    checkTemplates(outputs, ['outputs'], field, this.#context);
  }

  retry(retry: RetryDeclaration): void {
    for (const [key, written] of retryTemplates) this.template(retry[key], ['retry', written]);
    for (const [index, item] of (retry.on ?? []).entries()) this.template(item, ['retry', 'on', index]);
    this.condition(retry.condition, ['retry', 'condition'], true);
    const source = this.#context.source.step(this.#node.step.id);
    for (const { key, message, hint, severity } of checkRetry(retry)) {
      this.#context.report.add(source.at('retry', ...key), { code: 'value', message, hint, severity });
    }
  }

  #standpoint(self: boolean): Standpoint {
    return { kind: 'step', position: this.#node.position, self: self || this.#node.readsSelf === true };
  }
}
