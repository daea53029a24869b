import { type Configuration, noConfiguration } from '../core/configuration/configuration.ts';
import { readConfiguration } from '../core/configuration/read-configuration.ts';
import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import { loadPatterns } from '../core/expression/pattern.ts';
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
  const { configuration, diagnostics } = readConfiguration(text.value, file);
  return { configuration: configuration ?? noConfiguration, text: text.value, diagnostics };
}

async function firstThatExists(platform: Platform): Promise<string | null> {
  for (const file of configurationFiles) {
    const slash = file.lastIndexOf('/');
    const names = await platform.sources.list(slash === -1 ? '.' : file.slice(0, slash));
    if (names.includes(file.slice(slash + 1))) return file;
  }
  return null;
}
