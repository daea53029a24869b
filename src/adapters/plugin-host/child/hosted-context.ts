import type { Json, JsonMap } from '../../../core/model/json.ts';
import type { ParameterValue, UpstreamStep } from '../../../core/ports/handlers.ts';
import type { AdapterContext, HandlerContext, ProcessRequest, ProcessResult } from '../../../core/ports/plugin.ts';
import type { CallData } from '../wire.ts';
import type { ParentLink } from './parent-link.ts';

/** The context of a handler that runs here: what it asks for is answered by the engine. */
export function hostedContext(data: CallData, link: ParentLink): HandlerContext {
  const ask = askOf(link);
  return {
    ...handlerShared(adapterContext(data, link)),
    ...identityOf(data),
    idempotencyKey: data.idempotencyKey,
    timeoutMs: data.timeoutMs,
    parameters: () => ask<readonly ParameterValue[]>('parameters'),
    outputs: (stepId) => ask<JsonMap | null>('outputs', stepId),
    upstream: (handler) => ask<readonly UpstreamStep[]>('upstream', handler),
    changedFiles: () => ask<readonly string[]>('changedFiles'),
    getState: (key) => ask<Json>('getState', key),
    setState: (key, value) => ask('setState', key, value),
    adapter: async <T>(name: string) => {
      await ask('adapter', name);
      return adapterProxy(name, ask) as T;
    },
  };
}

/** A handler's secrets are those of its step. */
function handlerShared({ secrets: _ofAdapters, ...shared }: AdapterContext): Omit<AdapterContext, 'secrets'> {
  return shared;
}

/** The engine wrote them from a context of its own. */
function identityOf({ run, step, secrets }: CallData): Pick<HandlerContext, 'run' | 'step' | 'secrets'> {
  return { run, step, secrets } as unknown as Pick<HandlerContext, 'run' | 'step' | 'secrets'>;
}

/** The part of it that adapters get too. */
export function adapterContext(
  { config, env, workspace }: Pick<CallData, 'config' | 'env' | 'workspace'>,
  link: ParentLink,
): AdapterContext {
  const ask = askOf(link);
  return {
    config,
    env: env as AdapterContext['env'],
    secrets: {},
    signal: link.signal,
    files: {
      root: workspace,
      read: (path) => ask('files.read', path),
      readBytes: async (path) => Buffer.from(await ask<string>('files.readBytes', path), 'base64'),
      glob: (patterns) => ask('files.glob', patterns),
      write: (path, text) => ask('files.write', path, text),
      exists: (path) => ask('files.exists', path),
      stat: (path) => ask('files.stat', path),
      list: (path) => ask('files.list', path),
    },
    processes: { run: (request: ProcessRequest) => ask<ProcessResult>('processes.run', request) },
    log: (level, message) => link.log(level, String(message)),
    now: () => ask('now'),
  };
}

type Ask = <T>(member: string, ...args: readonly unknown[]) => Promise<T>;

/** Arguments cross as plain data: one that is none is refused here, where the plugin's own trace says which. */
function askOf(link: ParentLink): Ask {
  return async <T>(member: string, ...args: readonly unknown[]) => {
    const plain = args.map((arg, index) => plainArgument(arg, `argument ${index + 1} of ${member}`, link));
    return answerAs<T>(await link.ask(member, plain));
  };
}

function plainArgument(value: unknown, place: string, link: ParentLink): Json {
  const refuse = (reason: string) => {
    throw link.makeError({ kind: 'handler', message: `Plugins hand over plain data only: ${place} ${reason}.` });
  };
  try {
    return JSON.parse(
      JSON.stringify(value ?? null, (_key, member: unknown) =>
        ['function', 'symbol', 'bigint'].includes(typeof member) ? refuse(`holds a ${typeof member}`) : member,
      ),
    );
  } catch (error) {
    if (error instanceof TypeError) return refuse(`cannot be read: ${error.message}`);
    throw error;
  }
}

/** The engine answers each member with what its contract says. */
function answerAs<T>(value: Json): T {
  return value as T;
}

/** Every method is there as far as the plugin can see; one that the adapter lacks is refused when it is called. */
function adapterProxy(name: string, ask: Ask): object {
  return new Proxy(
    {},
    {
      get: (_target, method) =>
        // An object with a `then` would be taken for a promise by `await`.
        typeof method === 'string' && method !== 'then'
          ? (...args: readonly unknown[]) =>
              ask(
                'adapter.call',
                name,
                method,
                args.map((arg) => arg ?? null),
              )
          : undefined,
    },
  );
}
