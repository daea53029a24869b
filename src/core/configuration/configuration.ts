import { emptyMap, type JsonMap } from '../model/json.ts';
import type { RetryDeclaration } from '../model/workflow.ts';

/** What `vwmp_config.yaml` says, once it was read. Absent keys have their defaults. */
export interface Configuration {
  /** The file as people know it; `null` where there is none. */
  readonly file: string | null;
  readonly plugins: PluginSettings;
  readonly workflowTypes: { readonly [name: string]: WorkflowTypeSettings };
  /** By `plugin.action`, old names of plugins resolved. */
  readonly stepHandlers: { readonly [name: string]: HandlerSettings };
  readonly integrationAdapters: { readonly [name: string]: AdapterSettings };
}

export interface PluginSettings {
  /** False: no plugin of the repository or of a configured folder is loaded; those that come with the product are. */
  readonly enabled: boolean;
  /** False: plugins are found, but loaded only where a definition names one. */
  readonly autoLoad: boolean;
  readonly discovery: {
    readonly method: DiscoveryMethod;
    /** Relative to the workspace, or absolute. */
    readonly directories: readonly string[];
  };
  /** Other names of plugins: `old: new`. */
  readonly aliases: { readonly [name: string]: string };
}

export const discoveryMethods = ['file_based', 'entry_points'] as const;
export type DiscoveryMethod = (typeof discoveryMethods)[number];

export interface WorkflowTypeSettings {
  readonly enabled: boolean;
  /** Values for handlers whose schema knows the key, in workflows of this type. Templates. */
  readonly config: JsonMap;
}

export interface HandlerSettings {
  readonly enabled: boolean;
  /** Templates. */
  readonly config: JsonMap;
  readonly retry: RetryDeclaration | null;
}

export interface AdapterSettings {
  readonly enabled: boolean;
  /** Templates. */
  readonly config: JsonMap;
}

export const noConfiguration: Configuration = {
  file: null,
  plugins: {
    enabled: true,
    autoLoad: true,
    discovery: { method: 'file_based', directories: [] },
    aliases: emptyMap(),
  },
  workflowTypes: emptyMap(),
  stepHandlers: emptyMap(),
  integrationAdapters: emptyMap(),
};
