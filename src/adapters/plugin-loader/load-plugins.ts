import type { HandlerCatalog, HandlerDescription } from '../../core/ports/handlers.ts';
import {
  type AdapterFactory,
  type Plugin,
  pluginApiVersion,
  type StepHandler,
  type WorkflowType,
} from '../../core/ports/plugin.ts';
import { describeHandler } from './describe-handler.ts';

/** Plugins that were checked, by what they provide. */
export interface LoadedPlugins {
  readonly plugins: readonly Plugin[];
  readonly catalog: HandlerCatalog;
  readonly workflowTypes: readonly WorkflowType[];
  /** By `plugin.action`. */
  readonly handlers: ReadonlyMap<string, StepHandler>;
  /** By name. */
  readonly adapters: ReadonlyMap<string, AdapterFactory>;
}

const namePattern = /^[a-z][a-z0-9_-]*$/;

/**
 * Takes up the plugins that come with the product. What is wrong with one of them is a mistake of ours: throws,
 * naming all of them at once.
 */
export function loadBundledPlugins(plugins: readonly Plugin[]): LoadedPlugins {
  const faults = plugins.flatMap((plugin) => pluginFaults(plugin).map((fault) => `plugin "${plugin.name}" ${fault}`));
  const handlers = plugins.flatMap((plugin) =>
    Object.entries(plugin.handlers ?? {}).map(([action, handler]) => ({
      name: `${plugin.name}.${action}`,
      plugin,
      handler,
    })),
  );
  const adapters = plugins.flatMap((plugin) => Object.entries(plugin.adapters ?? {}));
  const workflowTypes = plugins.flatMap((plugin) => plugin.workflowTypes ?? []);
  faults.push(
    ...twice(
      'plugin',
      plugins.map(({ name }) => name),
    ),
    ...twice(
      'adapter',
      adapters.map(([name]) => name),
    ),
    ...twice(
      'workflow type',
      workflowTypes.map(({ name }) => name),
    ),
  );
  if (faults.length > 0) throw new Error(`Plugins cannot be loaded: ${faults.join('; ')}`);
  const descriptions = handlers.map(({ name, plugin, handler }) => describeHandler(name, plugin, handler));
  return {
    plugins,
    catalog: catalogOf(descriptions),
    workflowTypes,
    handlers: new Map(handlers.map(({ name, handler }) => [name, handler])),
    adapters: new Map(adapters),
  };
}

function pluginFaults(plugin: Plugin): readonly string[] {
  const faults: string[] = [];
  // The type says it is 1; a plugin built against another version says otherwise.
  const version: number = plugin.apiVersion;
  if (version !== pluginApiVersion) {
    faults.push(
      `is written for version ${version} of the plugin interface, and this vwmp has version ${pluginApiVersion}`,
    );
  }
  const names = [
    plugin.name,
    ...Object.keys(plugin.handlers ?? {}),
    ...Object.keys(plugin.adapters ?? {}),
    ...(plugin.workflowTypes ?? []).map(({ name }) => name),
  ];
  for (const name of names)
    if (!namePattern.test(name)) faults.push(`uses the name "${name}", which does not fit ${namePattern.source}`);
  for (const [action, { execute }] of Object.entries(plugin.handlers ?? {})) {
    if (typeof execute !== 'function') faults.push(`has no function "execute" in its handler "${action}"`);
  }
  return faults;
}

function twice(what: string, names: readonly string[]): readonly string[] {
  const doubled = names.filter((name, index) => names.indexOf(name) !== index);
  return [...new Set(doubled)].map((name) => `the ${what} "${name}" is provided twice`);
}

function catalogOf(descriptions: readonly HandlerDescription[]): HandlerCatalog {
  const byName = new Map(descriptions.map((description) => [description.name, description]));
  const names = [...byName.keys()].sort();
  return { find: (name) => byName.get(name), names: () => names };
}
