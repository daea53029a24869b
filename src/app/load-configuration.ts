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
    diagnostics: [
      ...reading.diagnostics,
      ...unknownHandlers(platform, reading),
      ...unknownAdapters(platform, reading),
      ...unknownTypes(platform, reading),
    ],
  };
}

/** Handlers of bundled plugins are known; those of a repository's plugins are not before a definition names them. */
function unknownHandlers(platform: Platform, { handlerPaths, document }: ConfigurationReading): readonly Diagnostic[] {
  const { catalog, plugins } = platform.plugins;
  const bundled = new Set(plugins.map(({ name }) => name));
  return [...handlerPaths].flatMap(([name, path]): readonly Diagnostic[] => {
    if (catalog.find(name)) return [];
    const near = suggest(name, catalog.names());
    const action = name.slice(name.indexOf('.'));
    // Another plugin may have any action; one that only its plugin's name tells from a known one is a slip.
    if (!bundled.has(name.slice(0, name.indexOf('.'))) && near?.endsWith(action) !== true) return [];
    const message = `There is no handler \`${name}\`: these settings configure nothing.`;
    const hint = near === null ? '`vwmp plugins` lists the handlers.' : `Did you mean \`${near}\`?`;
    return [document.diagnosticAt(path, { code: 'unknown-handler', severity: 'warning', message, hint, isKey: true })];
  });
}

/** Names that are near to a bundled one; others may be those of a repository's plugins. */
function unknownAdapters(platform: Platform, { configuration, document }: ConfigurationReading): readonly Diagnostic[] {
  const { adapters } = platform.plugins;
  return Object.entries(configuration?.integrationAdapters ?? {}).flatMap(([name, { config }]) => {
    const path = ['integration_adapters', name];
    if (!Object.hasOwn(adapters, name)) return misspelt(document, path, 'integration adapter', Object.keys(adapters));
    const schema = adapters[name]?.configuration;
    if (schema?.additionalProperties !== false) return [];
    const known = Object.keys(schema.properties ?? {});
    return Object.keys(config).flatMap((key): readonly Diagnostic[] => {
      if (known.includes(key)) return [];
      const near = suggest(key, known);
      const message = `The integration adapter \`${name}\` has no key \`${key}\`: it configures nothing.`;
      const hint = near === null ? `It has ${known.join(', ') || 'none'}.` : `Did you mean \`${near}\`?`;
      const at = [...path, 'config', key];
      return [document.diagnosticAt(at, { code: 'unknown-key', severity: 'warning', message, hint, isKey: true })];
    });
  });
}

function unknownTypes(platform: Platform, { configuration, document }: ConfigurationReading): readonly Diagnostic[] {
  const known = platform.plugins.workflowTypes.map(({ name }) => name);
  return Object.keys(configuration?.workflowTypes ?? {}).flatMap((name) =>
    known.includes(name) ? [] : misspelt(document, ['workflow_types', name], 'workflow type', known),
  );
}

function misspelt(
  document: ConfigurationReading['document'],
  path: readonly string[],
  what: string,
  known: readonly string[],
): readonly Diagnostic[] {
  const name = path.at(-1) ?? '';
  const near = suggest(name, known);
  if (near === null) return [];
  const message = `There is no ${what} \`${name}\` among those that come with VWMP.`;
  const hint = `Did you mean \`${near}\`?`;
  return [document.diagnosticAt(path, { code: 'unknown-name', severity: 'warning', message, hint, isKey: true })];
}

async function firstThatExists(platform: Platform): Promise<string | null> {
  for (const file of configurationFiles) {
    const slash = file.lastIndexOf('/');
    const names = await platform.sources.list(slash === -1 ? '.' : file.slice(0, slash));
    if (names.includes(file.slice(slash + 1))) return file;
  }
  return null;
}
