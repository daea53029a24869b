import { withFields } from '../../core/configuration/apply-plugin-configuration.ts';
import type { PluginConfiguration, PluginWorkflowType } from '../../core/configuration/plugin-configuration.ts';
import { isJsonMap, type JsonMap } from '../../core/model/json.ts';
import type { Plugin, WorkflowType } from '../../core/ports/plugin.ts';

/** The plugin as its configuration file leaves it: more fields, other defaults, other retries, more templates. */
export function configuredPlugin(plugin: Plugin, configuration: PluginConfiguration): Plugin {
  return {
    ...plugin,
    handlers: configuredHandlers(plugin.handlers ?? {}, configuration),
    adapters: configuredAdapters(plugin.adapters ?? {}, configuration),
    workflowTypes: configuredTypes(plugin.workflowTypes ?? [], configuration.workflowType),
  };
}

/** What the file speaks of and the plugin does not have, as paths in the file. */
export function unknownParts(plugin: Plugin, { stepHandlers, adapter }: PluginConfiguration): readonly string[] {
  const handlers = Object.keys(stepHandlers).filter((action) => !Object.hasOwn(plugin.handlers ?? {}, action));
  const isKnown = adapter === null || Object.hasOwn(plugin.adapters ?? {}, adapter.name);
  return [...handlers.map((action) => `step_handlers.${action}`), ...(isKnown ? [] : ['adapter'])];
}

function configuredHandlers(
  handlers: NonNullable<Plugin['handlers']>,
  { stepHandlers }: PluginConfiguration,
): NonNullable<Plugin['handlers']> {
  return Object.fromEntries(
    Object.entries(handlers).map(([action, handler]) => {
      const entry = Object.hasOwn(stepHandlers, action) ? stepHandlers[action] : undefined;
      if (entry === undefined) return [action, handler];
      const configuration = withFields(handler.configuration, entry.fields);
      return [action, { ...handler, configuration, ...(entry.retry !== null && { retry: entry.retry }) }];
    }),
  );
}

function configuredAdapters(
  adapters: NonNullable<Plugin['adapters']>,
  { adapter }: PluginConfiguration,
): NonNullable<Plugin['adapters']> {
  const own = adapter !== null && Object.hasOwn(adapters, adapter.name) ? adapters[adapter.name] : undefined;
  if (adapter === null || own === undefined) return adapters;
  return { ...adapters, [adapter.name]: { ...own, configuration: withFields(own.configuration, adapter.fields) } };
}

/** A type that the code does not have is the file's own: it asks for nothing and has its templates. */
function configuredTypes(types: readonly WorkflowType[], own: PluginWorkflowType | null): readonly WorkflowType[] {
  if (own === null) return types;
  const templates = own.templates.map(({ name, description, definition, defaultConfig }) => ({
    name,
    description,
    definition: withConfig(definition, defaultConfig),
  }));
  const known = types.find(({ name }) => name === own.name);
  const base: WorkflowType = known ?? {
    name: own.name,
    title: own.name,
    description: own.description ?? '',
    configuration: { type: 'object' },
    customarySteps: [],
    templates: [],
  };
  const replaced = new Set(templates.map(({ name }) => name));
  const type: WorkflowType = {
    ...base,
    configuration: withFields(base.configuration, own.fields),
    templates: [...base.templates.filter(({ name }) => !replaced.has(name)), ...templates],
  };
  return known ? types.map((each) => (each === known ? type : each)) : [...types, type];
}

/** The template's own `config` counts before its default configuration. */
function withConfig(definition: JsonMap, defaults: JsonMap): JsonMap {
  if (Object.keys(defaults).length === 0) return definition;
  const written = isJsonMap(definition.config) ? definition.config : {};
  return { ...definition, config: { ...defaults, ...written } };
}
