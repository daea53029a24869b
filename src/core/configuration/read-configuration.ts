import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { emptyMap, isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import type { RetryDeclaration } from '../model/workflow.ts';
import { checkRetry } from './check-retry.ts';
import {
  type AdapterSettings,
  type Configuration,
  type DiscoveryMethod,
  discoveryMethods,
  type HandlerSettings,
  noConfiguration,
  type PluginSettings,
  type WorkflowTypeSettings,
} from './configuration.ts';
import { configurationSchema, handlerSettingsSchema } from './file-schemas.ts';
import { retryDeclaration } from './retry-declaration.ts';
import { SettingsDocument, type SettingsPath } from './settings-document.ts';

export interface ConfigurationReading {
  /** `null` where the file has errors. */
  readonly configuration: Configuration | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Where the handlers' entries stand, by `plugin.action`: for checks that need the catalog. */
  readonly document: SettingsDocument;
  readonly handlerPaths: ReadonlyMap<string, SettingsPath>;
}

/** Keys of the language that this version does not act on. */
const notYet = ['personas', 'select'] as const;

/**
 * Reads `vwmp_config.yaml`. All diagnostics at once, in file order. Retry patterns need `loadPatterns()`.
 * `file` is the path as people know it.
 */
export function readConfiguration(text: string, file: string): ConfigurationReading {
  const document = new SettingsDocument(text, file);
  const handlerPaths = new Map<string, SettingsPath>();
  const written = document.value;
  const before = document.diagnostics.filter(({ severity }) => severity === 'error').length;
  if (written === null) return { configuration: null, diagnostics: document.diagnostics, document, handlerPaths };

  document.check(configurationSchema, written, []);
  refuseNotYet(written, document);
  const stepHandlers = readHandlers(written.step_handlers, document, handlerPaths);
  const errors = document.diagnostics.filter(({ severity }) => severity === 'error').length;
  const configuration: Configuration = {
    file,
    plugins: readPlugins(written.plugins),
    workflowTypes: readNamed(written.workflow_types, readSwitched),
    stepHandlers,
    integrationAdapters: readNamed(written.integration_adapters, readSwitched),
  };
  return {
    configuration: errors + before > 0 ? null : configuration,
    diagnostics: document.diagnostics,
    document,
    handlerPaths,
  };
}

function refuseNotYet(written: JsonMap, document: SettingsDocument): void {
  for (const key of notYet) {
    if (!Object.hasOwn(written, key)) continue;
    const message = `\`${key}\` is part of the language, but this version does not act on it yet.`;
    document.report([key], { code: 'not-yet', message, hint: 'Take the key out.', isKey: true });
  }
}

function readPlugins(written: Json | undefined): PluginSettings {
  const defaults = noConfiguration.plugins;
  if (!isJsonMap(written)) return defaults;
  const discovery = isJsonMap(written.discovery) ? written.discovery : {};
  const directories = discovery.directories;
  const aliases = emptyMap<string>();
  for (const [name, target] of Object.entries(isJsonMap(written.aliases) ? written.aliases : {})) {
    if (typeof target === 'string') aliases[name] = target;
  }
  return {
    enabled: written.enabled !== false,
    autoLoad: written.auto_load !== false,
    discovery: {
      method: isMethod(discovery.method) ? discovery.method : defaults.discovery.method,
      directories: Array.isArray(directories) ? directories.filter((path) => typeof path === 'string') : [],
    },
    aliases,
  };
}

function isMethod(value: Json | undefined): value is DiscoveryMethod {
  return discoveryMethods.some((method) => method === value);
}

function readSwitched(written: JsonMap): WorkflowTypeSettings & AdapterSettings {
  return { enabled: written.enabled !== false, config: isJsonMap(written.config) ? written.config : {} };
}

function readNamed<T>(written: Json | undefined, read: (entry: JsonMap) => T): { readonly [name: string]: T } {
  const entries = emptyMap<T>();
  if (!isJsonMap(written)) return entries;
  for (const [name, entry] of Object.entries(written)) {
    if (isJsonMap(entry) && !name.startsWith('x-')) entries[name] = read(entry);
  }
  return entries;
}

/** `release.version_bump: {…}` and `release: {version_bump: {…}}` mean the same. */
function readHandlers(
  written: Json | undefined,
  document: SettingsDocument,
  paths: Map<string, SettingsPath>,
): { readonly [name: string]: HandlerSettings } {
  const settings = emptyMap<HandlerSettings>();
  for (const { name, path, entry } of handlerEntries(written)) {
    const canonical = canonicalHandlerName(name);
    const first = paths.get(canonical);
    if (first !== undefined) {
      const message = `\`${canonical}\` is configured twice: here and under \`${first.join('.')}\`.`;
      document.report(path, { code: 'duplicate-key', message, hint: 'Keep one of the two.', isKey: true });
      continue;
    }
    paths.set(canonical, path);
    if (!document.check(handlerSettingsSchema, entry, path) || !isJsonMap(entry)) continue;
    const retry = readRetry(entry.retry, document, [...path, 'retry']);
    settings[canonical] = { ...readSwitched(entry), retry };
  }
  return settings;
}

interface HandlerEntry {
  readonly name: string;
  readonly path: SettingsPath;
  readonly entry: Json;
}

function handlerEntries(written: Json | undefined): readonly HandlerEntry[] {
  if (!isJsonMap(written)) return [];
  return Object.entries(written).flatMap(([key, value]): readonly HandlerEntry[] => {
    if (key.startsWith('x-')) return [];
    if (key.includes('.')) return [{ name: key, path: ['step_handlers', key], entry: value }];
    if (!isJsonMap(value)) return [];
    return Object.entries(value)
      .filter(([action]) => !action.startsWith('x-'))
      .map(([action, entry]) => ({ name: `${key}.${action}`, path: ['step_handlers', key, action], entry }));
  });
}

/** `confidentia.*` and `vwmp.*` are old names of `project.*`. */
function canonicalHandlerName(name: string): string {
  return name.replace(/^(?:confidentia|vwmp)\./, 'project.');
}

export function readRetry(
  written: Json | undefined,
  document: SettingsDocument,
  path: SettingsPath,
): RetryDeclaration | null {
  const declaration = retryDeclaration(written);
  if (declaration === null) return null;
  for (const { key, message, hint, severity } of checkRetry(declaration)) {
    const at =
      key.length > 0 && isJsonMap(written) && Object.hasOwn(written, String(key[0])) ? [...path, ...key] : path;
    document.report(at, { code: 'value', severity, message, ...(hint !== undefined && { hint }) });
  }
  return declaration;
}
