import type { Configuration } from '../core/configuration/configuration.ts';
import { configuredCatalog } from '../core/configuration/enabled.ts';
import type { SetValue } from '../core/configuration/parse-set.ts';
import { type Diagnostic, hasErrors, inFileOrder } from '../core/diagnostic/diagnostic.ts';
import { canonicalJson } from '../core/document/canonical-json.ts';
import type { CheckSurroundings } from '../core/document/checks/check-context.ts';
import { checkWorkflow } from '../core/document/checks/check-workflow.ts';
import { checksUsePatterns } from '../core/document/checks/checks-use-patterns.ts';
import { readWorkflow, type WorkflowSource } from '../core/document/read-workflow.ts';
import { loadPatterns } from '../core/expression/pattern.ts';
import { plainData } from '../core/model/json.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import type { Workflow } from '../core/model/workflow.ts';
import { stepsWithRollbacks } from '../core/plan/steps-with-rollbacks.ts';
import type { HandlerCatalog } from '../core/ports/handlers.ts';
import { findPlugins } from './find-plugins.ts';
import { findWorkflow } from './find-workflow.ts';
import { type LoadedConfiguration, loadConfiguration } from './load-configuration.ts';
import { environmentOf, type Platform, type PluginHost } from './platform.ts';

/** A workflow that was read and checked without an error. */
export interface LoadedWorkflow {
  readonly file: string;
  readonly workflow: Workflow;
  readonly source: WorkflowSource;
  readonly configuration: Configuration;
  /** All plugins that it may use. */
  readonly plugins: PluginHost;
  /** The handlers that the configuration leaves enabled. */
  readonly catalog: HandlerCatalog;
  /** Of everything that decides what a run of it would do. */
  readonly definitionHash: string;
  /** Warnings and notices. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What is wrong with a document, and its text for whoever shows it. */
export interface Refusal {
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds, reads and checks a workflow with its configuration. The error holds every diagnostic, warnings too. */
export async function loadWorkflow(
  platform: Platform,
  reference: string,
  set: readonly SetValue[] = [],
): Promise<Result<LoadedWorkflow, Refusal>> {
  const found = await findWorkflow(platform, reference);
  if (!found.ok) return err({ diagnostics: found.error });
  const settings = await loadConfiguration(platform);
  return checkText(platform, found.value, settings, set);
}

/** Reads and checks a text that is at hand. */
export async function checkText(
  platform: Platform,
  { file, text }: { readonly file: string; readonly text: string },
  settings: LoadedConfiguration,
  set: readonly SetValue[] = [],
): Promise<Result<LoadedWorkflow, Refusal>> {
  const reading = readWorkflow(text, file);
  const found = await findPlugins(platform, settings.configuration, reading.workflow);
  const plugins = found.host;
  const around = {
    handlers: plugins.catalog,
    workflowTypes: plugins.workflowTypes,
    broken: found.broken,
    configuration: settings.configuration,
    environment: environmentOf(platform),
    adapters: new Set(Object.keys(plugins.adapters)),
    set,
  };
  // The engine of patterns is large: only a definition that uses one pays for it.
  if (reading.workflow && usesPatterns(reading.workflow, around)) await loadPatterns();
  const checks = checkWorkflow(reading, around);
  const catalog = configuredCatalog(plugins.catalog, settings.configuration);
  const diagnostics = inFileOrder([...settings.diagnostics, ...found.diagnostics, ...reading.diagnostics, ...checks]);
  const { workflow } = reading;
  if (workflow === null || hasErrors(diagnostics)) return err({ diagnostics });
  return ok({
    file,
    workflow,
    source: reading.sourceOf,
    configuration: settings.configuration,
    plugins,
    catalog,
    definitionHash: hashOf(platform, workflow, settings, catalog),
    diagnostics,
  });
}

/** A text anywhere may call `matches()`; one load too many is harmless, one too few would be a bug at run time. */
function usesPatterns(workflow: Workflow, around: CheckSurroundings): boolean {
  const texts = JSON.stringify([workflow, around.configuration, around.set]);
  return texts.includes('matches') || checksUsePatterns(workflow, around);
}

/** Canonical form, configuration file, and versions and code of the plugins whose handlers the definition names. */
function hashOf(
  platform: Platform,
  workflow: Workflow,
  { configuration }: LoadedConfiguration,
  catalog: HandlerCatalog,
): string {
  const handlers = new Set(stepsWithRollbacks(workflow).map((step) => step.handler));
  const plugins = [...handlers].sort().map((name) => {
    const plugin = catalog.find(name)?.plugin;
    return [name, plugin?.version ?? null, ...(plugin?.contentHash === undefined ? [] : [plugin.contentHash])];
  });
  const { file, ...settings } = configuration;
  return platform.hash(canonicalJson(plainData({ workflow, settings, plugins, configured: file !== null })));
}
