import { type Plugin, pluginApiVersion } from '../core/ports/plugin.ts';

/** Names the contract's version for the author; the loader checks it. */
export function definePlugin(plugin: Omit<Plugin, 'apiVersion'>): Plugin {
  return { apiVersion: pluginApiVersion, ...plugin };
}
