import type { HandlerCatalog, HandlerDescription } from '../ports/handlers.ts';
import type { Configuration } from './configuration.ts';

/** What the configuration does not mention is enabled. */
export function isHandlerEnabled(configuration: Configuration, name: string): boolean {
  const settings = configuration.stepHandlers;
  return !Object.hasOwn(settings, name) || settings[name]?.enabled !== false;
}

export function isAdapterEnabled(configuration: Configuration, name: string): boolean {
  const settings = configuration.integrationAdapters;
  return !Object.hasOwn(settings, name) || settings[name]?.enabled !== false;
}

export function isWorkflowTypeEnabled(configuration: Configuration, name: string): boolean {
  const settings = configuration.workflowTypes;
  return !Object.hasOwn(settings, name) || settings[name]?.enabled !== false;
}

/**
 * The catalog as the configuration leaves it: without the handlers that it switches off, and with the other names
 * that `plugins.aliases` gives to plugins.
 */
export function configuredCatalog(catalog: HandlerCatalog, configuration: Configuration): HandlerCatalog {
  return {
    find(name): HandlerDescription | undefined {
      const found = catalog.find(name) ?? catalog.find(resolveAlias(configuration, name));
      return found && isHandlerEnabled(configuration, found.name) ? found : undefined;
    },
    names: () => catalog.names().filter((name) => isHandlerEnabled(configuration, name)),
  };
}

/** The handler's name under the plugin's own name; the name itself where no alias speaks of its plugin. */
export function resolveAlias(configuration: Configuration, name: string): string {
  const dot = name.indexOf('.');
  const plugin = name.slice(0, Math.max(dot, 0));
  const { aliases } = configuration.plugins;
  const target = Object.hasOwn(aliases, plugin) ? aliases[plugin] : undefined;
  return target === undefined ? name : `${target}${name.slice(dot)}`;
}
