import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NodeProcesses } from '../adapters/node-process/node-processes.ts';
import type { HostProgram } from '../adapters/plugin-host/host-program.ts';
import { NodePluginSearch } from '../adapters/plugin-host/node-plugin-search.ts';
import { inProcessPluginHost, type PluginHostServices } from '../adapters/plugin-loader/in-process-plugin-host.ts';
import { loadBundledPlugins } from '../adapters/plugin-loader/load-plugins.ts';
import type { PluginHost, PluginSearch } from '../app/platform.ts';
import { CancelSource } from '../core/ports/cancel.ts';
import type { HandlerCatalog } from '../core/ports/handlers.ts';
import type { Plugin } from '../core/ports/plugin.ts';
import { bundledPlugins } from './bundled-plugins.ts';

export interface PluginSearchRequest {
  readonly workspace: string;
  readonly configFile: string | null;
  readonly env: { readonly [name: string]: string | undefined };
  readonly services: PluginHostServices;
  /** Made when the first plugin is loaded. */
  readonly processes: () => NodeProcesses;
}

/** The plugins of a workspace beside those that come with the product. */
export function buildPluginSearch({
  workspace,
  configFile,
  env,
  services,
  processes,
}: PluginSearchRequest): PluginSearch {
  return new NodePluginSearch({
    workspace,
    installed: bundledPlugins,
    host: (plugins, contentHashes) => hostOf(plugins, contentHashes, services),
    program: pluginHostProgram(),
    processes: () => processes().forStep({ env: {}, logPath: null, signal: new CancelSource(), sink: () => undefined }),
    isCi: isCi(env),
    isConfigurationNamed: configFile !== null,
  });
}

function hostOf(
  plugins: readonly Plugin[],
  contentHashes: ReadonlyMap<string, string>,
  services: PluginHostServices,
): PluginHost {
  const loaded = loadBundledPlugins(plugins);
  return inProcessPluginHost({ ...loaded, catalog: withHashes(loaded.catalog, contentHashes) }, services);
}

/** Descriptions are made once: checks remember what they found out by the description itself. */
function withHashes(catalog: HandlerCatalog, contentHashes: ReadonlyMap<string, string>): HandlerCatalog {
  const described = new Map(
    catalog.names().flatMap((name) => {
      const handler = catalog.find(name);
      const contentHash = handler && contentHashes.get(handler.plugin.name);
      return contentHash === undefined || handler === undefined
        ? []
        : [[name, { ...handler, plugin: { ...handler.plugin, contentHash } }] as const];
    }),
  );
  return { find: (name) => described.get(name) ?? catalog.find(name), names: () => catalog.names() };
}

/** The bundle of the host lies beside the bundle that runs; among sources it is a source itself. */
function pluginHostProgram(): HostProgram {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundle = join(here, 'plugin-host.js');
  const script = existsSync(bundle) ? bundle : join(here, 'plugin-host.ts');
  return { node: process.execPath, script, folders: [join(here, '..'), join(here, '..', '..', 'node_modules')] };
}

function isCi({ CI, GITHUB_ACTIONS }: PluginSearchRequest['env']): boolean {
  return GITHUB_ACTIONS === 'true' || !['', '0', 'false'].includes((CI ?? '').toLowerCase());
}
