import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { relative, sep } from 'node:path';
import { checkoutAround } from '../../adapters/node-files/find-workspace.ts';
import { NodeWorkspaceFiles } from '../../adapters/node-files/node-workspace-files.ts';
import { resolveInside } from '../../adapters/node-files/resolve-inside.ts';
import { NodeProcesses } from '../../adapters/node-process/node-processes.ts';
import { MergedNeutraliser } from '../../adapters/output/neutralise.ts';
import { CallAdapters } from '../../adapters/plugin-loader/call-adapters.ts';
import { loadBundledPlugins } from '../../adapters/plugin-loader/load-plugins.ts';
import type { DraftFolder } from '../../app/init-workflow.ts';
import { environmentOf, type Platform } from '../../app/platform.ts';
import { layerAdapterConfig } from '../../core/configuration/adapter-values.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { isAdapterEnabled } from '../../core/configuration/enabled.ts';
import { scopeOfRoots } from '../../core/expression/scope.ts';
import { settleJson } from '../../core/expression/settle.ts';
import { isJsonMap, type JsonMap } from '../../core/model/json.ts';
import { CancelSource } from '../../core/ports/cancel.ts';
import type { TemplateContext } from '../../core/ports/plugin.ts';
import { bundledPlugins } from '../bundled-plugins.ts';

/** The workspace as templates look at it, and the repository as their texts are written to it. */
export interface TemplateLook {
  readonly context: TemplateContext;
  readonly folder: DraftFolder;
  /** Ends what looking has started. */
  close(): Promise<void>;
}

/** What a configuration switches off or sets for an adapter counts here too. */
export function templateLook(platform: Platform, configuration: Configuration): TemplateLook {
  const files = new NodeWorkspaceFiles(platform.workspace);
  const processes = processesFor(platform);
  const step = processes.forStep({ env: {}, logPath: null, signal: new CancelSource(), sink: () => undefined });
  const { adapters } = loadBundledPlugins(bundledPlugins);
  const calls = new CallAdapters(
    {
      find: (name) => adapters.get(name),
      isEnabled: (name) => isAdapterEnabled(configuration, name),
      configuration: (name) => adapterConfig(platform, configuration, name),
      secrets: () => ({}),
    },
    {
      env: platform.env,
      signal: new CancelSource(),
      files,
      processes: step,
      log: () => undefined,
      now: async () => platform.clock.now(),
    },
  );
  return {
    context: {
      files,
      now: async () => platform.clock.now(),
      adapter: async (name) => asApi(await calls.get(name)),
    },
    folder: repositoryAround(files.root),
    close: async () => {
      await calls.cleanUp(() => undefined);
      step.close();
      await processes.close();
    },
  };
}

function processesFor({ workspace, env, hostEnv, masker, random }: Platform): NodeProcesses {
  return new NodeProcesses({
    workspace,
    baseEnv: env,
    temporaryFolder: hostEnv.RUNNER_TEMP || tmpdir(),
    trackingId: `looking-${random.token(12)}`,
    masker,
    neutraliser: () => new MergedNeutraliser(),
  });
}

/** As far as it can be settled without a run; templates over more than the environment are left out. */
function adapterConfig(platform: Platform, configuration: Configuration, name: string): JsonMap {
  const schema = platform.plugins.adapters[name]?.configuration ?? {};
  const { config } = layerAdapterConfig(name, schema, configuration, environmentOf(platform));
  const settled = settleJson(config, scopeOfRoots({ env: platform.env }));
  return settled.ok && isJsonMap(settled.value ?? null) && isJsonMap(settled.value) ? settled.value : {};
}

/** The checkout around a workspace; the workspace itself where it is in none. */
function repositoryAround(workspace: string): DraftFolder {
  const files = new NodeWorkspaceFiles(checkoutAround(workspace) ?? workspace);
  return {
    workspace: relative(files.root, workspace).replaceAll(sep, '/'),
    isFolder: async (path) => (await files.stat(path))?.kind === 'folder',
    read: async (path) => ((await files.exists(path)) ? files.read(path) : null),
    write: (path, text) => files.write(path, text),
    remove: async (path) => rmSync(resolveInside(files.root, path), { force: true }),
  };
}

/** The template knows which interface the adapter of that name has: both belong to one contract. */
function asApi<T>(api: unknown): T {
  return api as T;
}
