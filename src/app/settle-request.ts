import { layerAdapterConfig } from '../core/configuration/adapter-values.ts';
import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import { describeFault } from '../core/expression/fault.ts';
import { scopeOfRoots } from '../core/expression/scope.ts';
import { settleJson } from '../core/expression/settle.ts';
import { isoTime } from '../core/model/iso-time.ts';
import { emptyMap, type Json, type JsonMap } from '../core/model/json.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import { type SettledParameters, settleParameters } from '../core/parameters/settle-parameters.ts';
import type { LoadedWorkflow } from './load-workflow.ts';
import { environmentOf, type Platform } from './platform.ts';
import type { RunRequest } from './run-request.ts';

/** What a request gives, settled: no template is left in it. */
export interface SettledRequest {
  readonly parameters: SettledParameters;
  readonly env: { readonly [name: string]: string };
  readonly adapters: JsonMap;
}

/** Settles parameters and adapters. Every secret is made known to the masker before anything else is done with it. */
export function settleRequest(
  platform: Platform,
  loaded: LoadedWorkflow,
  request: RunRequest,
): Result<SettledRequest, readonly Diagnostic[]> {
  for (const secret of Object.values(request.secrets)) platform.masker.add(textOf(secret));
  for (const { name, secret } of loaded.workflow.parameters) {
    const given = Object.hasOwn(request.parameters, name) ? request.parameters[name] : undefined;
    if (secret && given) platform.masker.add(textOf(given.value));
  }
  const env = { ...platform.env, ...request.env };
  const parameters = settleParameters(
    loaded.workflow.parameters,
    request.parameters,
    (declaration, given) => {
      const scope = scopeOfRoots(
        {
          parameters: given,
          trigger: given,
          env,
          task: request.task,
          github: platform.github,
          workflow: { name: loaded.workflow.name, version: loaded.workflow.version },
        },
        { now: () => isoTime(platform.clock.now()), hashFiles: (patterns) => platform.hashFiles(patterns) },
      );
      const settled = settleJson(declaration.default ?? null, scope);
      return settled.ok ? settled : err({ message: describeFault(settled.error) });
    },
    { workspace: platform.workspace },
  );
  if (!parameters.ok) return parameters;
  for (const secret of Object.values(parameters.value.secretValues)) platform.masker.add(textOf(secret));
  const outside = filesOutside(platform, loaded, parameters.value.values);
  if (outside.length > 0) return err(outside);
  const adapters = settleAdapters(platform, loaded, env);
  return adapters.ok ? ok({ parameters: parameters.value, env, adapters: adapters.value }) : adapters;
}

/** What a path says is judged with the others; where its links lead, only the file system knows. */
function filesOutside(platform: Platform, { workflow }: LoadedWorkflow, values: JsonMap): readonly Diagnostic[] {
  return workflow.parameters.flatMap(({ name, type }): readonly Diagnostic[] => {
    const path = type === 'file' && Object.hasOwn(values, name) ? values[name] : null;
    if (typeof path !== 'string' || platform.isInside(path)) return [];
    const message = `Parameter \`${name}\` names ${path}, which leads out of the workspace.`;
    return [{ code: 'parameter-value', severity: 'error', message, path: `parameters.${name}` }];
  });
}

/** Configuration of the integration adapters: their layers, with `env` in their templates. */
function settleAdapters(
  platform: Platform,
  { configuration, plugins }: LoadedWorkflow,
  env: { readonly [name: string]: string },
): Result<JsonMap, readonly Diagnostic[]> {
  const settled = emptyMap<Json>();
  const faults: Diagnostic[] = [];
  for (const [name, { configuration: schema }] of Object.entries(plugins.adapters)) {
    const layered = layerAdapterConfig(name, schema, configuration, environmentOf(platform));
    faults.push(...layered.faults.map((message) => fault(`Of the adapter "${name}", ${message}.`)));
    const value = settleJson(layered.config, scopeOfRoots({ env }));
    if (value.ok) settled[name] = value.value ?? {};
    else
      faults.push(
        fault(`The configuration of the adapter "${name}" cannot be settled: ${describeFault(value.error)}.`),
      );
  }
  return faults.length > 0 ? err(faults) : ok(settled);
}

function fault(message: string): Diagnostic {
  return { code: 'configuration', severity: 'error', message };
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
