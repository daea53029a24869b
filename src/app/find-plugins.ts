import type { Configuration } from '../core/configuration/configuration.ts';
import { resolveAlias } from '../core/configuration/enabled.ts';
import type { Workflow } from '../core/model/workflow.ts';
import { stepsWithRollbacks } from '../core/plan/steps-with-rollbacks.ts';
import { loadConfiguration } from './load-configuration.ts';
import type { FoundPlugins, Platform } from './platform.ts';

/** The plugins that a workflow may use: those of the installation, and what it names of the workspace's own. */
export async function findPlugins(
  platform: Platform,
  configuration: Configuration,
  workflow: Workflow | null,
): Promise<FoundPlugins> {
  const { pluginSearch, plugins } = platform;
  if (pluginSearch === undefined || workflow === null) return { host: plugins, broken: new Map(), diagnostics: [] };
  return pluginSearch.find({ configuration, names: namesIn(workflow, configuration) });
}

/** Everything that there is, with the workspace's own, whether or not a workflow names it. */
export async function findAllPlugins(platform: Platform): Promise<FoundPlugins> {
  const { configuration, diagnostics } = await loadConfiguration(platform);
  const found = await platform.pluginSearch?.find({ configuration, names: 'all' });
  return found === undefined
    ? { host: platform.plugins, broken: new Map(), diagnostics }
    : { ...found, diagnostics: [...diagnostics, ...found.diagnostics] };
}

/** A plugin of a workflow type is known by the type's name. */
function namesIn(workflow: Workflow, configuration: Configuration): readonly string[] {
  const handlers = stepsWithRollbacks(workflow).flatMap(({ handler }) => [
    handler,
    resolveAlias(configuration, handler),
  ]);
  const names = handlers.map((handler) => handler.slice(0, Math.max(handler.indexOf('.'), 0)));
  return [...new Set([...names, workflow.type])];
}
