import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { FoundPlugins, PluginHost, PluginSearch, WantedPlugins } from '../../app/platform.ts';
import { readPluginConfiguration } from '../../core/configuration/plugin-configuration.ts';
import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import { loadPatterns } from '../../core/expression/pattern.ts';
import type { Result } from '../../core/model/result.ts';
import type { BrokenPlugin } from '../../core/ports/handlers.ts';
import type { Plugin, Processes } from '../../core/ports/plugin.ts';
import { configuredPlugin, unknownParts } from './configured-plugin.ts';
import type { HostProgram } from './host-program.ts';
import { type BrokenUnit, type LoadedUnit, type LoadSurroundings, loadModule, loadPlugin } from './load-unit.ts';
import {
  candidatesAmongPackages,
  candidatesIn,
  isInside,
  moduleCandidate,
  moduleNames,
  type PluginCandidate,
  realPath,
} from './plugin-folders.ts';

export interface PluginSearchOptions {
  /** Absolute. */
  readonly workspace: string;
  /** The plugins that come with the product. */
  readonly installed: readonly Plugin[];
  /** Puts plugins together for use cases. The hashes are of foreign plugins, by name. */
  readonly host: (plugins: readonly Plugin[], contentHashes: ReadonlyMap<string, string>) => PluginHost;
  readonly program: HostProgram;
  /** Processes that belong to no step: for loading. */
  readonly processes: () => Processes & { close(): void };
  /** True on CI, where folders outside the workspace may be anybody's. */
  readonly isCi: boolean;
  /** True where whoever started this names the configuration file, and with it the folders in it. */
  readonly isConfigurationNamed: boolean;
}

/** Where a repository's own plugins lie, relative to the workspace. */
const repositoryFolder = '.github/vwmp/plugins';
/** Names of the language itself, which nobody provides. */
const languageNames = new Set(['flow', '']);
const mostAtOnce = 4;

/**
 * Finds the plugins of the repository and of configured folders, and the modules that a definition names. Their code
 * runs in processes of its own, loading included.
 */
export class NodePluginSearch implements PluginSearch {
  readonly #options: PluginSearchOptions;
  readonly #workspace: string;

  constructor(options: PluginSearchOptions) {
    this.#options = options;
    this.#workspace = realPath(options.workspace) ?? options.workspace;
  }

  async find(wanted: WantedPlugins): Promise<FoundPlugins> {
    const processes = this.#options.processes();
    try {
      const { program, installed } = this.#options;
      const around = { workspace: this.#workspace, program, processes, shown: (path: string) => this.#shown(path) };
      return await new Finding(wanted, installed, around, this.#candidates(wanted)).result(this.#options.host);
    } finally {
      processes.close();
    }
  }

  #candidates({ configuration: { plugins } }: WantedPlugins): FoundCandidates {
    if (!plugins.enabled) return { candidates: [], diagnostics: [] };
    const own = candidatesIn(resolve(this.#workspace, repositoryFolder));
    if (plugins.discovery.method === 'entry_points') {
      return { candidates: [...own, ...candidatesAmongPackages(this.#workspace)], diagnostics: [] };
    }
    const diagnostics: Diagnostic[] = [];
    const configured = plugins.discovery.directories.flatMap((directory) => {
      const folder = resolve(this.#workspace, directory);
      const fault = this.#folderFault(directory, folder);
      if (fault !== null) diagnostics.push(fault);
      return fault === null ? candidatesIn(folder) : [];
    });
    return { candidates: [...own, ...configured], diagnostics };
  }

  #folderFault(written: string, folder: string): Diagnostic | null {
    const { isCi, isConfigurationNamed } = this.#options;
    const isOutside = !isInside(this.#workspace, realPath(folder) ?? folder);
    if (isOutside && isCi && !isConfigurationNamed) {
      const message = `The plugin folder "${written}" lies outside the workspace and is not read on CI.`;
      const hint = 'Name the configuration file when starting the run (`--config`, input `config`) to have it read.';
      return { code: 'platform', severity: 'notice', message, hint };
    }
    if (existsSync(folder)) return null;
    return { code: 'file', severity: 'notice', message: `The plugin folder "${written}" does not exist.` };
  }

  #shown(path: string): string {
    return isInside(this.#workspace, path) ? relative(this.#workspace, path).replaceAll(sep, '/') : path;
  }
}

interface FoundCandidates {
  readonly candidates: readonly PluginCandidate[];
  readonly diagnostics: readonly Diagnostic[];
}

/** One search: what was wanted, and what has come of it so far. */
class Finding {
  readonly #wanted: WantedPlugins;
  readonly #around: LoadSurroundings;
  readonly #candidates: readonly PluginCandidate[];
  readonly #installed: ReadonlyMap<string, Plugin>;
  readonly #plugins: Map<string, Plugin>;
  readonly #files = new Map<string, string>();
  readonly #hashes = new Map<string, string>();
  readonly #broken = new Map<string, BrokenPlugin>();
  readonly #diagnostics: Diagnostic[];

  constructor(wanted: WantedPlugins, installed: readonly Plugin[], around: LoadSurroundings, found: FoundCandidates) {
    this.#wanted = wanted;
    this.#around = around;
    this.#candidates = found.candidates;
    this.#diagnostics = [...found.diagnostics];
    this.#installed = new Map(installed.map((plugin) => [plugin.name, plugin]));
    this.#plugins = new Map(this.#installed);
  }

  async result(host: PluginSearchOptions['host']): Promise<FoundPlugins> {
    const used = this.#candidates.filter((candidate) => this.#isWanted(candidate));
    const withCode = used.filter(({ code, declaration }) => code !== null || declaration !== null);
    const loaded = await inBatches(withCode, (candidate) => loadPlugin(candidate, this.#around));
    for (const [index, candidate] of withCode.entries()) this.#takePlugin(candidate, loaded[index]);
    for (const candidate of used) await this.#configure(candidate);
    await this.#takeModules();
    return {
      host: host([...this.#plugins.values()], this.#hashes),
      broken: this.#broken,
      diagnostics: this.#diagnostics,
    };
  }

  /** Folders with a configuration only are for an installed plugin, which is always there. */
  #isWanted({ name, code, declaration }: PluginCandidate): boolean {
    const { configuration, names } = this.#wanted;
    const hasCode = code !== null || declaration !== null;
    return !hasCode || configuration.plugins.autoLoad || names === 'all' || names.includes(name);
  }

  #takePlugin(candidate: PluginCandidate, loaded: Result<LoadedUnit, BrokenUnit> | undefined): void {
    if (loaded === undefined) return;
    if (!loaded.ok) return this.#takeBroken(candidate.name, loaded.error);
    const { plugin, file, contentHash, diagnostics } = loaded.value;
    this.#diagnostics.push(...diagnostics);
    const clash = this.#clashOf(plugin, file);
    if (clash !== null) {
      this.#diagnostics.push({ code: 'conflict', severity: 'error', message: clash });
      return;
    }
    this.#plugins.set(plugin.name, plugin);
    this.#files.set(plugin.name, file);
    this.#hashes.set(plugin.name, contentHash);
  }

  /** Two that provide the same thing: which of them a step means would hang on the order of folders. */
  #clashOf(plugin: Plugin, file: string): string | null {
    const other = (name: string) => this.#files.get(name) ?? `the plugin "${name}" that comes with vwmp`;
    if (this.#plugins.has(plugin.name)) {
      return `The plugin "${plugin.name}" in ${file} has the name of another one: ${other(plugin.name)}.`;
    }
    for (const known of this.#plugins.values()) {
      const adapter = Object.keys(plugin.adapters ?? {}).find((name) => Object.hasOwn(known.adapters ?? {}, name));
      if (adapter !== undefined) {
        return `The plugin in ${file} provides the adapter "${adapter}", and so does ${other(known.name)}.`;
      }
      const types = new Set((known.workflowTypes ?? []).map(({ name }) => name));
      const type = plugin.workflowTypes?.find(({ name }) => types.has(name));
      if (type !== undefined) {
        return `The plugin in ${file} provides the workflow type "${type.name}", and so does ${other(known.name)}.`;
      }
    }
    return null;
  }

  /** A definition that names it is told at its steps; others are warned that it is there and of no use. */
  #takeBroken(name: string, { broken, diagnostics }: BrokenUnit): void {
    this.#diagnostics.push(...diagnostics);
    if (!this.#broken.has(name)) this.#broken.set(name, broken);
    const { names } = this.#wanted;
    if (names !== 'all' && names.includes(name)) return;
    const message = `The ${broken.kind} "${name}" cannot be used: ${broken.reason}.`;
    this.#diagnostics.push({ code: 'file', severity: 'warning', message, span: spanOf(broken) });
  }

  async #configure({ configuration, name, code, declaration, place }: PluginCandidate): Promise<void> {
    if (configuration === null) return;
    const file = this.#around.shown(configuration);
    const owner = this.#ownerOf(name, code ?? declaration);
    if (owner === null) {
      if (this.#broken.has(name)) return;
      const message = `The folder ${this.#around.shown(place)} configures a plugin "${name}", and there is none.`;
      const hint = 'Put its code beside the file (index.ts, index.js, index.mjs or plugin.yml), or remove the file.';
      this.#diagnostics.push({ code: 'config-file', severity: 'error', message, hint });
      return;
    }
    const text = readFileSync(configuration, 'utf8');
    if (/pattern|\//.test(text)) await loadPatterns();
    const reading = readPluginConfiguration(text, file);
    this.#diagnostics.push(...reading.diagnostics);
    if (reading.configuration === null) return;
    for (const part of unknownParts(owner, reading.configuration)) {
      const message = `\`${part}\` in ${file} configures something that the plugin "${owner.name}" does not have.`;
      this.#diagnostics.push({ code: 'config-file', severity: 'warning', message, path: part });
    }
    this.#plugins.set(owner.name, configuredPlugin(owner, reading.configuration));
  }

  /** The plugin that came from the file, whatever it calls itself; without code, the installed one of the name. */
  #ownerOf(name: string, file: string | null): Plugin | null {
    if (file === null) return this.#plugins.get(name) ?? null;
    const shown = this.#around.shown(file);
    const own = [...this.#files].find(([, known]) => known === shown);
    return own === undefined ? null : (this.#plugins.get(own[0]) ?? null);
  }

  async #takeModules(): Promise<void> {
    const names = this.#wanted.names === 'all' ? moduleNames(this.#around.workspace) : this.#wanted.names;
    const candidates = names
      .filter((name) => !this.#plugins.has(name) && !this.#broken.has(name) && !languageNames.has(name))
      .flatMap((name) => moduleCandidate(this.#around.workspace, name) ?? []);
    const loaded = await inBatches(candidates, (candidate) => loadModule(candidate, this.#around));
    for (const [index, { name }] of candidates.entries()) this.#takeModule(name, loaded[index]);
  }

  #takeModule(name: string, loaded: Result<LoadedUnit, BrokenUnit> | undefined): void {
    if (loaded === undefined) return;
    if (!loaded.ok) return this.#takeBroken(name, loaded.error);
    const { plugin, file, contentHash, diagnostics } = loaded.value;
    this.#diagnostics.push(...diagnostics);
    this.#plugins.set(name, plugin);
    this.#files.set(name, file);
    this.#hashes.set(name, contentHash);
  }
}

function spanOf({ file, line = 1 }: BrokenPlugin): NonNullable<Diagnostic['span']> {
  return { file, start: { line, column: 1 }, end: { line, column: 1 } };
}

/** In order, a few at a time: each starts a process. */
async function inBatches<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<readonly U[]> {
  const results: U[] = [];
  for (let at = 0; at < items.length; at += mostAtOnce) {
    results.push(...(await Promise.all(items.slice(at, at + mostAtOnce).map(work))));
  }
  return results;
}
