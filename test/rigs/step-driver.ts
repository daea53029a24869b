import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import gitPlugin from '../../plugins/git/index.ts';
import projectPlugin from '../../plugins/project/index.ts';
import releasePlugin from '../../plugins/release/index.ts';
import {
  isJsonList,
  isJsonMap,
  type Json,
  type JsonMap,
  type JsonSchema,
  type Outcome,
  PluginFailure,
  type Preview,
  type StepHandler,
} from '../../src/plugin-api/index.ts';
import { type ContextOptions, pluginContext } from './plugin-context.ts';

const plugins = [gitPlugin, releasePlugin, projectPlugin];

/** How one step of a driven run ended. */
export interface DrivenStep {
  readonly id: string;
  readonly handler: string;
  readonly outcome: Outcome;
}

/**
 * Calls the handlers of a definition one after another, in the order they are written, with their configuration
 * settled in the plainest way: defaults, keys of the workflow, bound parameters, `${config.x}`, placeholders. It
 * stops at the first required step that fails.
 */
export class StepDriver {
  readonly #root: string;
  readonly #workflow: JsonMap;
  readonly #parameters: JsonMap;
  readonly #options: ContextOptions;
  readonly #outputs = new Map<string, JsonMap>();
  readonly #state = new Map<string, Json>();

  constructor(root: string, definition: string, parameters: JsonMap, options: ContextOptions = {}) {
    const document: unknown = parse(readFileSync(definition, 'utf8'));
    this.#root = root;
    this.#workflow = mapOf(mapOf(document).workflow ?? null);
    this.#parameters = parameters;
    this.#options = options;
  }

  async run(): Promise<readonly DrivenStep[]> {
    const ended: DrivenStep[] = [];
    for (const step of this.#steps()) {
      const handler = handlerOf(step);
      const context = pluginContext(this.#root, this.#contextFor(step, handler));
      const outcome = await handler.execute(context).catch(failedOutcome);
      ended.push({ id: textOf(step.id), handler: textOf(step.handler), outcome });
      if (outcome.kind === 'success') this.#record(step, outcome.outputs, context.stateMap);
      if (outcome.kind === 'failed' && step.required !== false) break;
    }
    return ended;
  }

  /** What `plan` would show, step by step; later steps read what the previews before them foretell. */
  async preview(): Promise<readonly Preview[]> {
    const shown: Preview[] = [];
    for (const step of this.#steps()) {
      const handler = handlerOf(step);
      const preview = await handler.preview?.(pluginContext(this.#root, this.#contextFor(step, handler)));
      if (preview) shown.push(preview);
      this.#record(step, preview?.outputs ?? {}, new Map());
    }
    return shown;
  }

  #steps(): readonly JsonMap[] {
    const { steps } = this.#workflow;
    return isJsonList(steps) ? steps.map(mapOf) : [];
  }

  #contextFor(step: JsonMap, handler: StepHandler): ContextOptions {
    return {
      ...this.#options,
      adapters: gitPlugin.adapters ?? {},
      state: new Map(this.#state),
      upstream: Object.fromEntries(
        [...this.#outputs].map(([handler, outputs]) => [handler, [{ id: handler, outputs }]]),
      ),
      config: this.#settled(mapOf(step.config ?? {}), handler.configuration),
    };
  }

  #record(step: JsonMap, outputs: JsonMap, state: Map<string, Json>): void {
    this.#outputs.set(textOf(step.handler), outputs);
    for (const [key, value] of state) this.#state.set(key, value);
  }

  #settled(written: JsonMap, schema: JsonSchema): JsonMap {
    const values: { [key: string]: Json } = {};
    const shared = mapOf(this.#workflow.config ?? {});
    for (const [key, field] of Object.entries(schema.properties ?? {})) {
      const value = this.#substituted(
        written[key] ?? this.#bound(field) ?? shared[key] ?? withoutExpressions(field.default),
      );
      if (value === undefined) continue;
      values[key] = field.template !== undefined && typeof value === 'string' ? this.#template(value) : value;
    }
    for (const key of Object.keys(written)) {
      if (!(key in (schema.properties ?? {}))) throw new Error(`the handler knows no key ${key}`);
    }
    return values;
  }

  #bound(field: JsonSchema): Json | undefined {
    const value = field.parameter === undefined ? undefined : this.#parameters[field.parameter];
    if (field.parameterLabel !== true || value === undefined) return value;
    const { parameters } = this.#workflow;
    const declared = (isJsonList(parameters) ? parameters.map(mapOf) : []).find(({ name }) => name === field.parameter);
    const options = isJsonList(declared?.options) ? declared.options.map(mapOf) : [];
    return options.find((option) => option.value === value)?.label ?? value;
  }

  #substituted(value: Json | undefined): Json | undefined {
    if (typeof value !== 'string') return value;
    const shared = mapOf(this.#workflow.config ?? {});
    return value.replace(/\$\{config\.(\w+)\}/g, (_, key: string) => textOf(shared[key]));
  }

  #template(text: string): Json {
    const parts = text.split(/(\{\w+\})/).filter((part) => part !== '');
    return {
      template: parts.map((part) =>
        part.startsWith('{') ? { name: part.slice(1, -1), otherwise: this.#placeholder(part.slice(1, -1)) } : part,
      ),
    };
  }

  #placeholder(name: string): string | null {
    const found = plugins.flatMap((plugin) =>
      Object.entries(plugin.handlers ?? {}).flatMap(([action, handler]) => {
        const outputs = this.#outputs.get(`${plugin.name}.${action}`);
        const value = outputs?.[handler.placeholders?.[name] ?? name];
        return typeof value === 'string' ? [value] : [];
      }),
    );
    if (found.length > 1) throw new Error(`two steps give {${name}}`);
    const given = found[0] ?? this.#parameters[name] ?? mapOf(this.#workflow.config ?? {})[name];
    return given === undefined ? null : textOf(given);
  }
}

/** Defaults may read the event that started a run; a driven run has none, and their keys are unset. */
function withoutExpressions(value: Json | undefined): Json | undefined {
  if (!isJsonMap(value ?? null)) return value;
  const kept = Object.entries(mapOf(value)).filter(([, item]) => !(typeof item === 'string' && item.startsWith('${{')));
  return Object.fromEntries(kept);
}

/** A handler of the three plugins by its name; `confidentia` is an old name of `project`. */
export function findHandler(name: string): StepHandler {
  const [plugin = '', action = ''] = name.replace(/^(?:confidentia|vwmp)\./, 'project.').split('.');
  const handler = plugins.find((candidate) => candidate.name === plugin)?.handlers?.[action];
  if (!handler) throw new Error(`there is no handler ${name}`);
  return handler;
}

function handlerOf(step: JsonMap): StepHandler {
  return findHandler(textOf(step.handler));
}

function failedOutcome(error: unknown): Outcome {
  if (error instanceof PluginFailure) return { kind: 'failed', failure: error.failure };
  throw error;
}

function mapOf(value: unknown): JsonMap {
  if (isJsonMap(value)) return value;
  throw new Error(`not a map: ${JSON.stringify(value)}`);
}

function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  throw new Error(`not a text: ${JSON.stringify(value)}`);
}
