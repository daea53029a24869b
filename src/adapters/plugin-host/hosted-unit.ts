import { join } from 'node:path';
import type { Json } from '../../core/model/json.ts';
import { plainData } from '../../core/model/json.ts';
import type { AdapterContext, HandlerContext, UndoContext } from '../../core/ports/plugin.ts';
import { adapterService, handlerService } from './context-service.ts';
import type { HostGrants, HostProgram } from './host-program.ts';
import { HostedProcess } from './hosted-process.ts';
import type { Permission } from './plugin-description.ts';
import type { CallData, HandlerMethod, PluginUnit } from './wire.ts';

/** The code of a plugin or module with what its processes may touch. */
export interface HostedUnit {
  readonly unit: PluginUnit;
  /** `plugin "x"`, for messages. */
  readonly subject: string;
  /** Folder that its code and what it imports lie in, absolute. */
  readonly codeFolder: string;
  /** Absolute, links resolved. */
  readonly workspace: string;
  readonly program: HostProgram;
}

/** Code may be read always; `files` opens the workspace, for writing too. */
export function grantsFor(
  { codeFolder, workspace }: Pick<HostedUnit, 'codeFolder' | 'workspace'>,
  permissions: readonly Permission[],
): HostGrants {
  const files = permissions.includes('files');
  return {
    read: [codeFolder, join(workspace, 'node_modules'), ...(files ? [workspace] : [])],
    write: files ? [workspace] : [],
    processes: permissions.includes('processes'),
  };
}

export interface HostedCall {
  readonly handler: string;
  readonly action: string;
  readonly method: HandlerMethod;
  readonly permissions: readonly Permission[];
}

/** Runs one method of a handler in a process of its own. Rejects with a `HostedFailure`. */
export async function callHosted(
  hosted: HostedUnit,
  call: HostedCall,
  context: HandlerContext | UndoContext,
): Promise<Json> {
  const { handler, action, method, permissions } = call;
  const { unit, subject, program } = hosted;
  const process = new HostedProcess({
    task: { kind: 'call', unit, handler, action, method, data: callData(context) },
    subject,
    program,
    grants: grantsFor(hosted, permissions),
    processes: context.processes,
    signal: context.signal,
    log: context.log,
    service: handlerService(context),
    timeoutMs: null,
  });
  try {
    return await process.answer;
  } finally {
    await process.end();
  }
}

function callData(context: HandlerContext | UndoContext): CallData {
  const { run, step, secrets, idempotencyKey, timeoutMs } = context;
  return {
    ...adapterData(context),
    run: { ...run },
    step: withoutUndefined(step),
    secrets,
    idempotencyKey,
    timeoutMs,
    ...('done' in context && { done: { outputs: context.done.outputs } }),
  };
}

function withoutUndefined({ outputs, ...step }: HandlerContext['step']): CallData['step'] {
  return { ...step, ...(outputs !== undefined && { outputs }) };
}

function adapterData({
  config,
  env,
  files,
}: Pick<AdapterContext, 'config' | 'env' | 'files'>): Pick<CallData, 'config' | 'env' | 'workspace'> {
  return { config, env: { ...env }, workspace: files.root };
}

/** Adapters may take this long to clean up before their process is killed. */
const cleanUpMs = 4000;

/** Makes an adapter in a process that lives until `cleanup`; its methods are called over there. */
export async function initializeHosted(
  hosted: HostedUnit,
  adapter: string,
  permissions: readonly Permission[],
  context: AdapterContext,
): Promise<{ readonly api: object; cleanup(): Promise<void> }> {
  const { unit, subject, program } = hosted;
  const process = new HostedProcess({
    task: { kind: 'adapter', unit, adapter, data: adapterData(context) },
    subject,
    program,
    grants: grantsFor(hosted, permissions),
    processes: context.processes,
    signal: context.signal,
    log: context.log,
    service: adapterService(context),
    timeoutMs: null,
    graceMs: cleanUpMs,
  });
  try {
    const methods = await process.answer;
    return { api: apiOf(process, Array.isArray(methods) ? methods : []), cleanup: () => process.end() };
  } catch (error) {
    await process.end();
    throw error;
  }
}

function apiOf(process: HostedProcess, methods: readonly unknown[]): object {
  const api: { [method: string]: (...args: readonly unknown[]) => Promise<Json> } = Object.create(null);
  for (const method of methods) {
    // A `then` would make `await` take the adapter for a promise.
    if (typeof method !== 'string' || method === 'then') continue;
    api[method] = (...args) => process.invoke(method, args.map(plainArgument));
  }
  return api;
}

function plainArgument(value: unknown): Json {
  return plainData(JSON.parse(JSON.stringify(value ?? null)));
}
