import { type Configuration, noConfiguration } from '../core/configuration/configuration.ts';
import { type ConfigurationReading, readConfiguration } from '../core/configuration/read-configuration.ts';
import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import { loadPatterns } from '../core/expression/pattern.ts';
import { suggest } from '../core/expression/suggest.ts';
import type { Platform } from './platform.ts';

/** Where the configuration file is looked for, relative to the workspace. */
export const configurationFiles = ['vwmp_config.yaml', '.github/vwmp/config.yaml'] as const;

export interface LoadedConfiguration {
  /** What the product's defaults say, where the file has errors. */
  readonly configuration: Configuration;
  readonly text: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the configuration file that the caller named, else the first that exists, else none. */
export async function loadConfiguration(platform: Platform): Promise<LoadedConfiguration> {
  const file = platform.configFile ?? (await firstThatExists(platform));
  if (file === null) return { configuration: noConfiguration, text: null, diagnostics: [] };
  const text = await platform.sources.read(file);
  if (!text.ok) {
    const diagnostic: Diagnostic = { code: 'file', severity: 'error', message: text.error };
    return { configuration: noConfiguration, text: null, diagnostics: [diagnostic] };
  }
  if (text.value.includes('/')) await loadPatterns();
  const reading = readConfiguration(text.value, file);
  return {
    configuration: reading.configuration ?? noConfiguration,
    text: text.value,
    diagnostics: [...reading.diagnostics, ...unknownHandlers(platform, reading)],
  };
}

/** Handlers of bundled plugins are known; those of a repository's plugins are not before a definition names them. */
function unknownHandlers(platform: Platform, { handlerPaths, document }: ConfigurationReading): readonly Diagnostic[] {
  const { catalog, plugins } = platform.plugins;
  const bundled = new Set(plugins.map(({ name }) => name));
  return [...handlerPaths].flatMap(([name, path]): readonly Diagnostic[] => {
    if (catalog.find(name) || !bundled.has(name.slice(0, name.indexOf('.')))) return [];
    const near = suggest(name, catalog.names());
    const message = `There is no handler \`${name}\`: these settings configure nothing.`;
    const hint = near === null ? '`vwmp plugins` lists the handlers.' : `Did you mean \`${near}\`?`;
    return [document.diagnosticAt(path, { code: 'unknown-handler', severity: 'warning', message, hint, isKey: true })];
  });
}

async function firstThatExists(platform: Platform): Promise<string | null> {
  for (const file of configurationFiles) {
    const slash = file.lastIndexOf('/');
    const names = await platform.sources.list(slash === -1 ? '.' : file.slice(0, slash));
    if (names.includes(file.slice(slash + 1))) return file;
  }
  return null;
}
