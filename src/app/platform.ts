import type { Configuration } from '../core/configuration/configuration.ts';
import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import type { RunId } from '../core/model/ids.ts';
import type { Json, JsonMap } from '../core/model/json.ts';
import type { Result } from '../core/model/result.ts';
import type { JsonSchema } from '../core/model/schema.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { BrokenPlugin, HandlerCatalog, HandlerRunner } from '../core/ports/handlers.ts';
import type { Masker } from '../core/ports/masker.ts';
import type { Observer } from '../core/ports/observer.ts';
import type { WorkflowType } from '../core/ports/plugin.ts';
import type { Random } from '../core/ports/random.ts';
import type { RunStore, StateRefusal } from '../core/ports/run-store.ts';
import type { SourceFiles } from '../core/ports/source-files.ts';
import type { StepLogs } from '../core/ports/step-logs.ts';

/** What use cases need of the world; a door builds it once. */
export interface Platform {
  /** Version of VWMP. */
  readonly version: string;
  /** Absolute path. */
  readonly workspace: string;
  /** Folder of the workflows that come with VWMP, absolute. */
  readonly shippedWorkflows: string;
  /** The configuration file that the caller names; null: the usual places. */
  readonly configFile: string | null;
  /** The environment that steps start from: scrubbed, `WORKSPACE_ROOT` set. */
  readonly env: { readonly [name: string]: string };
  /** The environment of this process, for `VWMP_…` settings. */
  readonly hostEnv: { readonly [name: string]: string | undefined };
  /** Event context on GitHub; null elsewhere. */
  readonly github: Json;
  readonly cores: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly sources: SourceFiles;
  readonly masker: Masker;
  /** Those that come with VWMP. */
  readonly plugins: PluginHost;
  /** Finds the plugins and modules that the workspace brings; absent: it brings none. */
  readonly pluginSearch?: PluginSearch;
  /** SHA-256, hexadecimal, of a text as UTF-8. */
  hash(text: string): string;
  /** Commit that is checked out in the workspace; null outside git. */
  commit(): Promise<string | null>;
  hashFiles(patterns: readonly string[]): Result<string, string>;
  /** Whether a path stays inside the workspace, every link on the way resolved. */
  isInside(path: string): boolean;
  openStore(): Promise<Result<RunStore, StateRefusal>>;
  /** Ends processes that an engine which died has left running. */
  endLeftOvers(runId: RunId): Promise<void>;
  /** Logs of a run's steps. */
  logs(runId: RunId): StepLogs & { read(address: string): string | null };
}

/** Looks for plugins and modules beyond those that come with VWMP. */
export interface PluginSearch {
  find(wanted: WantedPlugins): Promise<FoundPlugins>;
}

export interface WantedPlugins {
  readonly configuration: Configuration;
  /** Names of plugins and modules that a definition names, other names resolved too; or whatever there is. */
  readonly names: readonly string[] | 'all';
}

export interface FoundPlugins {
  /** Those of this installation and those that were found. */
  readonly host: PluginHost;
  /** Those that are there and cannot be used, by name. */
  readonly broken: ReadonlyMap<string, BrokenPlugin>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Plugins that can be used. */
export interface PluginHost {
  readonly catalog: HandlerCatalog;
  readonly workflowTypes: readonly WorkflowType[];
  /** Configuration schema of each integration adapter. */
  readonly adapters: { readonly [name: string]: { readonly description: string; readonly configuration: JsonSchema } };
  readonly plugins: readonly { readonly name: string; readonly version: string; readonly description: string }[];
  /** A runner for the handlers of one run. */
  runner(run: RunnerContext): HandlerRunner;
}

export interface RunnerContext {
  readonly runId: RunId;
  readonly observer: Observer;
  /** Settled configuration of the integration adapters, by name. */
  readonly adapters: JsonMap;
  readonly configuration: Configuration;
  /** Variables that were given for this run alone: every step gets them, its own go over them. */
  readonly env: { readonly [name: string]: string };
  /** Secrets that the run was given: adapters of bundled plugins get those that they declare. */
  readonly secrets: JsonMap;
}

/** Variables of this process as text, for `VWMP_…` settings. */
export function environmentOf({ hostEnv }: Pick<Platform, 'hostEnv'>): { readonly [name: string]: string } {
  const entries = Object.entries(hostEnv).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
