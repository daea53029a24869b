import { isJsonList, type Json, plainData } from '../../core/model/json.ts';
import type { AdapterContext, HandlerContext } from '../../core/ports/plugin.ts';
import { hostedFailure } from './hosted-failure.ts';
import { readProcessRequest } from './read-process-request.ts';

/** Answers what a plugin's process asks of its context. Rejects with what the context's own members reject with. */
export type ContextService = (member: string, args: readonly Json[]) => Promise<Json>;

/** All that a handler may ask for. */
export function handlerService(context: HandlerContext): ContextService {
  const shared = adapterService(context);
  return async (member, args) => {
    switch (member) {
      case 'parameters':
        return plainData(await context.parameters());
      case 'outputs':
        return context.outputs(textAt(args, 0, member));
      case 'upstream':
        return plainData(await context.upstream(textAt(args, 0, member)));
      case 'changedFiles':
        return context.changedFiles();
      case 'getState':
        return context.getState(textAt(args, 0, member));
      case 'setState':
        await context.setState(textAt(args, 0, member), args[1] ?? null);
        return null;
      case 'adapter':
        await context.adapter(textAt(args, 0, member));
        return null;
      case 'adapter.call':
        return callAdapter(context, args);
      default:
        return shared(member, args);
    }
  };
}

/** What adapters may ask for. */
export function adapterService({
  files,
  processes,
  now,
}: Pick<AdapterContext, 'files' | 'processes' | 'now'>): ContextService {
  return async (member, args) => {
    const text = (index: number) => textAt(args, index, member);
    switch (member) {
      case 'files.read':
        return files.read(text(0));
      case 'files.readBytes':
        return Buffer.from(await files.readBytes(text(0))).toString('base64');
      case 'files.glob':
        return files.glob(textsAt(args, 0, member));
      case 'files.write':
        await files.write(text(0), text(1));
        return null;
      case 'files.exists':
        return files.exists(text(0));
      case 'files.stat': {
        const stat = await files.stat(text(0));
        return stat && plainData(stat);
      }
      case 'files.list':
        return files.list(text(0));
      case 'processes.run':
        return plainData(await processes.run(readProcessRequest(args[0])));
      case 'now':
        return now();
      default:
        throw hostedFailure('handler', `A context has no ${member}.`);
    }
  };
}

async function callAdapter(context: HandlerContext, args: readonly Json[]): Promise<Json> {
  const [name, method, given] = [textAt(args, 0, 'adapter'), textAt(args, 1, 'adapter'), args[2] ?? []];
  const api: unknown = await context.adapter(name);
  const called = methodOf(api, method);
  if (called === null) throw hostedFailure('handler', `The adapter "${name}" has no method "${method}".`);
  const value: unknown = await Reflect.apply(called, api, isJsonList(given) ? given : []);
  return asPlain(value, name, method);
}

/** Its own methods and those of its class; what every object has is none of them. */
function methodOf(api: unknown, method: string): ((...args: readonly unknown[]) => unknown) | null {
  if (typeof api !== 'object' || api === null || method in Object.prototype || !(method in api)) return null;
  const value: unknown = Reflect.get(api, method);
  return isFunction(value) ? value : null;
}

function isFunction(value: unknown): value is (...args: readonly unknown[]) => unknown {
  return typeof value === 'function';
}

/** Adapters speak plain data by contract; one that does not is told so instead of losing half of its answer. */
function asPlain(value: unknown, name: string, method: string): Json {
  if (value === undefined) return null;
  if (['function', 'symbol', 'bigint'].includes(typeof value)) {
    throw hostedFailure('handler', `The adapter "${name}" answers ${method} with a ${typeof value}, not plain data.`);
  }
  return JSON.parse(JSON.stringify(value));
}

function textAt(args: readonly Json[], index: number, member: string): string {
  const value = args[index];
  if (typeof value === 'string') return value;
  throw hostedFailure('handler', `Argument ${index + 1} of ${member} must be a text.`);
}

function textsAt(args: readonly Json[], index: number, member: string): readonly string[] {
  const value = args[index];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw hostedFailure('handler', `Argument ${index + 1} of ${member} must be a list of texts.`);
}
