import { realpathSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretMasker } from '../adapters/masking/secret-masker.ts';
import { hashFiles } from '../adapters/node-files/hash-files.ts';
import { headCommit } from '../adapters/node-files/head-commit.ts';
import { NodeFileBackups } from '../adapters/node-files/node-file-backups.ts';
import { NodeSourceFiles } from '../adapters/node-files/node-source-files.ts';
import { NodeWorkspaceFiles } from '../adapters/node-files/node-workspace-files.ts';
import { staysInside } from '../adapters/node-files/resolve-inside.ts';
import { killLeftOvers, NodeProcesses } from '../adapters/node-process/node-processes.ts';
import { scrubEnvironment } from '../adapters/node-process/scrub-environment.ts';
import { NodeStepLogs } from '../adapters/node-process/step-logs.ts';
import { MergedNeutraliser } from '../adapters/output/neutralise.ts';
import { inProcessPluginHost, type PluginHostServices } from '../adapters/plugin-loader/in-process-plugin-host.ts';
import { loadBundledPlugins } from '../adapters/plugin-loader/load-plugins.ts';
import { sha256 } from '../adapters/sqlite-journal/sha256.ts';
import { SqliteRunStore } from '../adapters/sqlite-journal/sqlite-run-store.ts';
import { SystemClock } from '../adapters/system/system-clock.ts';
import { SystemRandom } from '../adapters/system/system-random.ts';
import type { Platform, RunnerContext } from '../app/platform.ts';
import type { RunId } from '../core/model/ids.ts';
import type { Json } from '../core/model/json.ts';
import { ok } from '../core/model/result.ts';
import type { Masker } from '../core/ports/masker.ts';
import { bundledPlugins } from './bundled-plugins.ts';
import { shippedWorkflowsFolder, spawnerProgram } from './installation.ts';
import { buildPluginSearch } from './plugin-search.ts';
import { usedParts } from './used-parts.ts';
import { version } from './version.ts';

export interface PlatformRequest {
  /** Absolute. */
  readonly workspace: string;
  /** Absolute folder of the recorded runs. */
  readonly stateFolder: string;
  readonly configFile: string | null;
  readonly env: { readonly [name: string]: string | undefined };
  readonly github: Json;
  /** Puts a step between the masker and everybody who uses it. */
  readonly masker?: (masker: Masker) => Masker;
  /** Between SIGTERM and SIGKILL of a step when the run is cancelled; default 5 s. */
  readonly cancelGraceMs?: number;
}

/** The adapters of one door, put together. `close` ends whatever processes of the runs still live. */
export interface BuiltPlatform {
  readonly platform: Platform;
  readonly store: SqliteRunStore;
  close(): Promise<void>;
}

/** Where runs are recorded where nothing else is said: on CI under RUNNER_TEMP, on a laptop in the workspace. */
export function defaultStateFolder(workspace: string, env: PlatformRequest['env']): string {
  const runnerTemp = env['RUNNER_TEMP'];
  return env['GITHUB_ACTIONS'] === 'true' && runnerTemp ? join(runnerTemp, 'vwmp') : join(workspace, '.vwmp');
}

export function buildPlatform(request: PlatformRequest): BuiltPlatform {
  const { workspace, env } = request;
  const clock = new SystemClock();
  const random = new SystemRandom();
  const masker = (request.masker ?? ((plain) => plain))(new SecretMasker());
  const scrubbed = scrubEnvironment(env, workspace);
  const store = new SqliteRunStore({ folder: request.stateFolder, workspace });
  const logs = new NodeStepLogs((runId) => join(store.runFolder(runId), 'logs'));
  const runs = new Map<RunId, NodeProcesses>();
  const processesOf = (runId: RunId): NodeProcesses => {
    const processes = runs.get(runId) ?? makeProcesses(runId);
    runs.set(runId, processes);
    return processes;
  };
  // Named after the run, so that a resume finds what an engine that died has left behind.
  const makeProcesses = (trackingId: string) =>
    new NodeProcesses({
      workspace,
      baseEnv: scrubbed,
      temporaryFolder: env['RUNNER_TEMP'] || tmpdir(),
      trackingId,
      masker,
      neutraliser: () => new MergedNeutraliser(),
      spawner: { script: spawnerProgram() },
      ...(request.cancelGraceMs === undefined ? {} : { cancelGraceMs: request.cancelGraceMs }),
    });

  // Plugins are loaded before there is a run that their processes could belong to.
  let loading: NodeProcesses | null = null;
  const services: PluginHostServices = {
    files: new NodeWorkspaceFiles(workspace),
    backups: new NodeFileBackups(realpathSync(workspace), (runId) => join(store.runFolder(runId), 'before')),
    env: scrubbed,
    clock,
    masker,
    processes: ({ runId, observer, env: given }: RunnerContext, call) =>
      processesOf(runId).forStep({
        env: { ...given, ...call.env },
        logPath: logs.pathOf(runId, call.step.address),
        signal: call.signal,
        sink: (chunk, stream) => observer.output(call.step.address, chunk, stream),
      }),
    onUse: (handler) => usedParts.publish(handler),
  };

  const platform: Platform = {
    version,
    workspace,
    shippedWorkflows: shippedWorkflowsFolder(),
    configFile: request.configFile,
    env: scrubbed,
    hostEnv: env,
    github: request.github,
    cores: availableParallelism(),
    clock,
    random,
    sources: new NodeSourceFiles(workspace),
    masker,
    plugins: inProcessPluginHost(loadBundledPlugins(bundledPlugins), services),
    pluginSearch: buildPluginSearch({
      workspace,
      configFile: request.configFile,
      env,
      services,
      processes: () => {
        loading ??= makeProcesses(`loading-${random.token(12)}`);
        return loading;
      },
    }),
    hash: sha256,
    commit: async () => headCommit(workspace),
    hashFiles: (patterns) => hashFiles(workspace, patterns),
    isInside: (path) => staysInside(workspace, path),
    openStore: async () => ok(store),
    logs: (runId) => logs.of(runId),
    endLeftOvers: killLeftOvers,
  };
  const close = async () => {
    for (const processes of runs.values()) await processes.close();
    await loading?.close();
  };
  return { platform, store, close };
}
