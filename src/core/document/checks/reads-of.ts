import { parseCondition } from '../../expression/parse-expression.ts';
import { expressionsOf, parseTemplate, placeholdersOf } from '../../expression/parse-template.ts';
import { type Reference, referencesOf } from '../../expression/references.ts';
import { isJsonMap, type Json, type JsonMap } from '../../model/json.ts';
import type { JsonSchema } from '../../model/schema.ts';
import type { Step, Workflow } from '../../model/workflow.ts';
import { visitFields } from './marked-fields.ts';

/** What a step reads. */
export interface StepReads {
  /** Names of parameters, those too that it reads through the workflow's `config`; `all`: which ones is not known. */
  readonly parameters: ReadonlySet<string> | 'all';
  /** Ids of steps; `all` as above. */
  readonly steps: ReadonlySet<string> | 'all';
  readonly secrets: ReadonlySet<string> | 'all';
  /** Names in braces of fields marked `template`: outputs of steps upstream, parameters or keys of `config`. */
  readonly placeholders: ReadonlySet<string>;
}

/**
 * What a step reads, for resume and selection. `config` is its merged configuration (`layerStepConfig`), with the
 * schema of its handler: bound parameters count as read by the step.
 */
export function readsOf(step: Step, workflow: Workflow, config: JsonMap, schema: JsonSchema): StepReads {
  const reads = new Reads(workflow);
  for (const text of [step.condition, step.enabled, step.retry?.condition ?? workflow.defaults.retry?.condition]) {
    if (typeof text === 'string') reads.addCondition(text);
  }
  const { env, timeout, retry } = workflow.defaults;
  const outputs = step.outputs?.kind === 'mapped' ? step.outputs.outputs : null;
  for (const value of [step.name, step.description, step.timeout ?? timeout, step.idempotencyKey])
    reads.add(value ?? null);
  for (const map of [env, step.env, outputs, retryValues(step.retry ?? retry)]) reads.add(map);
  visitFields(config, schema, {
    text: ({ text, schemas }) => {
      if (schemas.some(({ script }) => script)) return;
      reads.addTemplate(
        text,
        schemas.some(({ template }) => template !== undefined && template !== false),
      );
    },
    key: () => {},
  });
  for (const name of step.secrets) reads.secrets.add(name);
  return reads.result();
}

function retryValues(retry: Step['retry']): Json {
  return retry === undefined
    ? null
    : [...Object.values(retry), ...(retry.on ?? [])].filter((value) => typeof value === 'string');
}

class Reads {
  readonly secrets = new Set<string>();
  readonly #parameters = new Set<string>();
  readonly #steps = new Set<string>();
  readonly #placeholders = new Set<string>();
  readonly #computed = new Set<string>();
  readonly #declared: ReadonlySet<string>;
  readonly #config: JsonMap;
  readonly #seenConfig = new Set<string>();

  constructor({ config, parameters }: Workflow) {
    this.#config = config;
    this.#declared = new Set(parameters.map(({ name }) => name));
  }

  add(value: Json): void {
    if (typeof value === 'string') this.addTemplate(value, false);
    else if (Array.isArray(value)) for (const item of value) this.add(item);
    else if (isJsonMap(value)) for (const item of Object.values(value)) this.add(item);
  }

  addTemplate(text: string, placeholders: boolean): void {
    if (!text.includes('{')) return;
    const template = parseTemplate(text, { placeholders });
    if (!template.ok) return;
    for (const expression of expressionsOf(template.value)) this.#addAll(referencesOf(expression));
    for (const { name } of placeholdersOf(template.value)) this.#addPlaceholder(name);
  }

  addCondition(text: string): void {
    const parsed = parseCondition(text);
    if (parsed.ok) this.#addAll(referencesOf(parsed.value));
  }

  result(): StepReads {
    const known = (root: string, names: ReadonlySet<string>) => (this.#computed.has(root) ? 'all' : names);
    return {
      parameters: known('parameters', this.#parameters),
      steps: known('steps', this.#steps),
      secrets: known('secrets', this.secrets),
      placeholders: this.#placeholders,
    };
  }

  #addAll(references: readonly Reference[]): void {
    for (const { root, path } of references) this.#addOne(root === 'trigger' ? 'parameters' : root, path[0] ?? null);
  }

  #addOne(root: string, name: string | number | null): void {
    if (root === 'config') this.#addConfig(name);
    else if (root !== 'parameters' && root !== 'steps' && root !== 'secrets') return;
    else if (typeof name !== 'string') this.#computed.add(root);
    else if (root === 'parameters') this.#parameters.add(name);
    else if (root === 'steps') this.#steps.add(name);
    else this.secrets.add(name);
  }

  /** The value of a key of `config` is what its expressions came to, so whoever reads the key reads those too. */
  #addConfig(name: string | number | null): void {
    const keys = typeof name === 'string' ? [name] : Object.keys(this.#config);
    for (const key of keys) {
      if (this.#seenConfig.has(key) || !Object.hasOwn(this.#config, key)) continue;
      this.#seenConfig.add(key);
      this.add(this.#config[key] ?? null);
    }
  }

  #addPlaceholder(name: string): void {
    this.#placeholders.add(name);
    if (this.#declared.has(name)) this.#parameters.add(name);
    this.#addConfig(name);
  }
}
