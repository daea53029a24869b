import { emptyMap, type Json, type JsonMap } from '../model/json.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { Workflow } from '../model/workflow.ts';
import type { HandlerDescription } from '../ports/handlers.ts';
import { boundTemplate } from './bound-parameter.ts';
import type { ConfigLayer, ConfigOrigin } from './config-origin.ts';
import type { Configuration } from './configuration.ts';
import { environmentName, environmentValue } from './environment-values.ts';

/** What all steps of one handler have in common: every layer below the step's own. */
export interface HandlerLayers {
  /** Templates. */
  readonly values: JsonMap;
  readonly origins: { readonly [key: string]: ConfigOrigin };
  /** The lowest layer alone. */
  readonly defaults: JsonMap;
  /** What is wrong with values from the environment, one line each. */
  readonly faults: readonly string[];
}

export interface HandlerLayerInput {
  readonly workflow: Workflow;
  readonly handler: HandlerDescription;
  readonly configuration: Configuration;
  readonly environment: { readonly [name: string]: string };
}

export function layersOfHandler(input: HandlerLayerInput): HandlerLayers {
  const layering = new Layering(input.handler.configuration.properties ?? {});
  layerDefaults(layering, input);
  const defaults = { ...layering.values };
  layerFiles(layering, input);
  layerEnvironment(layering, input);
  layerWorkflow(layering, input);
  layerParameters(layering, input);
  return { values: layering.values, origins: layering.origins, defaults, faults: layering.faults };
}

function layerDefaults(layering: Layering, { handler }: HandlerLayerInput): void {
  const where = `${handler.name} of plugin ${handler.plugin.name}`;
  for (const [key, schema] of layering.known) {
    if (schema.default !== undefined && schema.default !== null) {
      layering.put(key, schema.default, { layer: 'default', where });
    }
  }
}

/** A handler takes keys of the adapter that has its plugin's name: `git.push` those of `git`. */
function layerFiles(layering: Layering, { handler, configuration, workflow }: HandlerLayerInput): void {
  const file = configuration.file ?? 'vwmp_config.yaml';
  const { stepHandlers, integrationAdapters, workflowTypes } = configuration;
  const plugin = handler.plugin.name;
  const own = Object.hasOwn(stepHandlers, handler.name) ? stepHandlers[handler.name]?.config : undefined;
  for (const [key, value] of Object.entries(own ?? {})) {
    layering.put(key, value, { layer: 'handler', where: `${file}: step_handlers.${handler.name}.config.${key}` });
  }
  const adapter = Object.hasOwn(integrationAdapters, plugin) ? integrationAdapters[plugin] : undefined;
  if (adapter?.enabled) {
    layering.putKnown(adapter.config, 'adapter', (key) => `${file}: integration_adapters.${plugin}.config.${key}`);
  }
  const type = Object.hasOwn(workflowTypes, workflow.type) ? workflowTypes[workflow.type] : undefined;
  if (type?.enabled) {
    layering.putKnown(type.config, 'workflow-type', (key) => `${file}: workflow_types.${workflow.type}.config.${key}`);
  }
}

function layerEnvironment(layering: Layering, { handler, environment }: HandlerLayerInput): void {
  for (const [key, schema] of layering.known) {
    const variable = environmentName(handler.name, key);
    const text = Object.hasOwn(environment, variable) ? environment[variable] : undefined;
    if (text === undefined || schema.script) continue;
    const value = environmentValue(text, schema);
    if (value.ok) layering.put(key, value.value, { layer: 'environment', where: variable });
    else layering.faults.push(`the environment variable ${variable} ${value.error}`);
  }
}

/**
 * Values of the workflow's `config` are settled once, at the start: a step reads the settled one. A field marked
 * `template` takes the text as written instead, because placeholders are found in written text only.
 */
function layerWorkflow(layering: Layering, { workflow }: HandlerLayerInput): void {
  const { shell, workingDirectory } = workflow.defaults;
  const values = emptyMap<Json>();
  for (const [key, schema] of layering.known) {
    const written = Object.hasOwn(workflow.config, key) ? workflow.config[key] : undefined;
    if (written === undefined) continue;
    values[key] = schema.template ? written : `\${ config['${key.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'] }`;
  }
  layering.putKnown(values, 'workflow', (key) => `config.${key} of the workflow`);
  const written = {
    ...(shell !== undefined && { shell }),
    ...(workingDirectory !== undefined && { working_directory: workingDirectory }),
  };
  layering.putKnown(written, 'defaults', (key) => `defaults.${key} of the workflow`);
}

function layerParameters(layering: Layering, { workflow }: HandlerLayerInput): void {
  for (const [key, schema] of layering.known) {
    const template = schema.parameter === undefined ? null : boundTemplate(schema, workflow.parameters);
    if (template !== null) layering.put(key, template, { layer: 'parameter', where: `parameter ${schema.parameter}` });
  }
}

class Layering {
  readonly known: readonly (readonly [string, JsonSchema])[];
  readonly values = emptyMap<Json>();
  readonly origins = emptyMap<ConfigOrigin>();
  readonly faults: string[] = [];
  readonly #properties: { readonly [key: string]: JsonSchema };

  constructor(properties: { readonly [key: string]: JsonSchema }) {
    this.#properties = properties;
    this.known = Object.entries(properties);
  }

  put(key: string, value: Json | undefined, origin: ConfigOrigin): void {
    this.values[key] = value ?? null;
    this.origins[key] = origin;
  }

  /** Values that are meant for many handlers: only those of them that this handler's schema knows; never a script. */
  putKnown(values: JsonMap, layer: ConfigLayer, where: (key: string) => string): void {
    for (const key of Object.keys(values)) {
      const schema = Object.hasOwn(this.#properties, key) ? this.#properties[key] : undefined;
      if (schema !== undefined && !schema.script) this.put(key, values[key], { layer, where: where(key) });
    }
  }
}
