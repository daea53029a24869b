import type { PluginHost, RunnerContext } from '../../app/platform.ts';
import { isAdapterEnabled, isHandlerEnabled, resolveAlias } from '../../core/configuration/enabled.ts';
import { isJsonMap } from '../../core/model/json.ts';
import type { HandlerCall, HandlerRunner } from '../../core/ports/handlers.ts';
import type { CallProcesses } from './call-processes.ts';
import type { HandlerServices } from './handler-session.ts';
import { InProcessHandlerRunner } from './in-process-handler-runner.ts';
import type { LoadedPlugins } from './load-plugins.ts';

export interface PluginHostServices extends Pick<HandlerServices, 'files' | 'backups' | 'env' | 'clock' | 'masker'> {
  readonly processes: (run: RunnerContext, call: HandlerCall) => CallProcesses;
  /** Told the name of a handler whenever something is asked of it. */
  readonly onUse?: (handler: string) => void;
}

/** The bundled plugins as use cases see them; handlers run in this process. */
export function inProcessPluginHost(loaded: LoadedPlugins, services: PluginHostServices): PluginHost {
  return {
    catalog: loaded.catalog,
    workflowTypes: loaded.workflowTypes,
    adapters: Object.fromEntries(
      [...loaded.adapters].map(([name, { description, configuration }]) => [name, { description, configuration }]),
    ),
    plugins: loaded.plugins.map(({ name, version, description }) => ({ name, version, description })),
    runner: (run) => runnerOf(loaded, services, run),
  };
}

function runnerOf(loaded: LoadedPlugins, services: PluginHostServices, run: RunnerContext): HandlerRunner {
  const { configuration } = run;
  return new InProcessHandlerRunner({
    files: services.files,
    backups: services.backups,
    env: { ...services.env, ...run.env },
    clock: services.clock,
    masker: services.masker,
    observer: run.observer,
    processes: (call) => services.processes(run, call),
    handler: (written) => {
      const name = loaded.handlers.has(written) ? written : resolveAlias(configuration, written);
      services.onUse?.(name);
      return isHandlerEnabled(configuration, name) ? loaded.handlers.get(name) : undefined;
    },
    adapters: {
      find: (name) => loaded.adapters.get(name),
      isEnabled: (name) => isAdapterEnabled(configuration, name),
      configuration: (name) => {
        const settled = run.adapters[name];
        return isJsonMap(settled) ? settled : {};
      },
      secrets: (names) => Object.fromEntries(names.flatMap((name) => secretOf(run, name))),
    },
  });
}

function secretOf({ secrets }: RunnerContext, name: string): readonly (readonly [string, string])[] {
  const value = secrets[name];
  return typeof value === 'string' && value !== '' ? [[name, value]] : [];
}
