import type { Failure } from '../../../core/model/failure.ts';
import { type Json, plainData } from '../../../core/model/json.ts';
import type { HandlerContext } from '../../../core/ports/plugin.ts';
import { failureFrom, HostedFailure, hostedFailure } from '../hosted-failure.ts';
import type { CallData, HostTask, PluginUnit } from '../wire.ts';
import { describeModule, describePlugin } from './describe-unit.ts';
import type { HostServices } from './host-services.ts';
import { adapterContext, hostedContext } from './hosted-context.ts';
import { importCode } from './import-code.ts';
import { loadFailure } from './load-failure.ts';
import { moduleContext } from './module-context.ts';
import type { ParentLink } from './parent-link.ts';
import { callMethod, hasMethod, isRecord, recordAt, type Unknowns } from './unit-code.ts';

type CallTask = Extract<HostTask, { kind: 'call' }>;

/** What a performed task leaves behind until the engine wants nothing more. */
export interface Performed {
  readonly answer: Json;
  /** What to do before the process ends; an adapter's `cleanup`. */
  readonly cleanUp: () => Promise<void>;
}

const nothingLeft = async () => {};

/** Does what the process was started for. Rejects with a failure that says what went wrong. */
export async function performTask(task: HostTask, link: ParentLink, services: HostServices): Promise<Performed> {
  const code = await loadUnit(task.unit);
  switch (task.kind) {
    case 'describe': {
      const description = task.unit.kind === 'plugin' ? describePlugin(code) : describeModule(code);
      return { answer: plainOrRefuse(description, 'the description', services), cleanUp: nothingLeft };
    }
    case 'call':
      return { answer: await call(task, code, link, services), cleanUp: nothingLeft };
    case 'adapter':
      return makeAdapter(task, code, link, services);
  }
}

async function loadUnit({ file, kind }: PluginUnit): Promise<Unknowns> {
  let value: unknown;
  try {
    value = await importCode(file);
  } catch (error) {
    throw new HostedFailure(loadFailure(error, file));
  }
  if (isRecord(value)) return value;
  const wanted = kind === 'plugin' ? 'a plugin made by `definePlugin`' : 'a map with `name`, `version` and `actions`';
  const given = value === null || value === undefined ? 'nothing' : `a ${typeof value}`;
  throw hostedFailure('handler', `its default export is ${given} instead of ${wanted}`);
}

function call(task: CallTask, code: Unknowns, link: ParentLink, services: HostServices): Promise<Json> {
  const context = hostedContext(task.data, link);
  return task.unit.kind === 'module'
    ? callAction(task, code, moduleContext(context, link), services)
    : callHandler(task, recordAt(recordAt(code, 'handlers'), task.action), withDone(context, task.data), services);
}

/** `undo` gets what the call gave that it takes back. */
function withDone(context: HandlerContext, { done }: CallData): HandlerContext {
  return done === undefined ? context : Object.assign({}, context, { done });
}

async function callAction(
  { handler, action }: CallTask,
  code: Unknowns,
  context: HandlerContext,
  services: HostServices,
): Promise<Json> {
  const actions = recordAt(code, 'actions');
  if (!Object.hasOwn(actions, action) || !hasMethod(actions, action)) {
    throw hostedFailure('not-found', `The module has no action "${action}" any more.`);
  }
  let result: unknown;
  try {
    result = await callMethod(actions, action, [context.config, context]);
  } catch (error) {
    throw new HostedFailure(actionFailure(error, handler, services));
  }
  const copied = services.copyPlainData(result ?? null, 'its result');
  if (!copied.ok) throw hostedFailure('output', `The action ${handler} gave an unusable result: ${copied.error}.`);
  return copied.value;
}

/** What a module throws is its word on what went wrong, not a defect of ours: it stands alone. */
function actionFailure(error: unknown, handler: string, services: HostServices): Failure {
  const failure = withAccess(error, services.failureOf(error, handler));
  if (failure.kind !== 'handler' || (error instanceof Error && 'failure' in error)) return failure;
  const message = error instanceof Error ? error.message : String(error);
  return { ...failure, message: message === '' ? `The action ${handler} threw an error without a message.` : message };
}

async function callHandler(
  { handler: name, method }: CallTask,
  handler: Unknowns,
  context: HandlerContext,
  services: HostServices,
): Promise<Json> {
  if (!hasMethod(handler, method)) throw hostedFailure('not-found', `The handler ${name} has no ${method} any more.`);
  if (method !== 'execute') {
    try {
      return plainOrRefuse(await callMethod(handler, method, [context]), `the ${method}`, services);
    } catch (error) {
      throw new HostedFailure(withAccess(error, services.failureOf(error, name)));
    }
  }
  try {
    const outcome = services.readOutcome(await callMethod(handler, method, [context]), name);
    if (outcome.kind !== 'failed') return plainData(outcome);
    return plainData({ ...outcome, failure: withOwnWord(outcome.failure, handler) });
  } catch (error) {
    throw new HostedFailure(withOwnWord(withAccess(error, services.failureOf(error, name)), handler));
  }
}

/** `retryable` is asked here, where it is at hand; one that cannot answer says nothing. */
function withOwnWord(failure: Failure, handler: Unknowns): Failure {
  if (failure.retryable !== undefined) return failure;
  try {
    const word = callMethod(handler, 'retryable', [failure]);
    return typeof word === 'boolean' ? { ...failure, retryable: word } : failure;
  } catch {
    return failure;
  }
}

/** Node's refusal, in the words of the plugin interface. */
function withAccess(error: unknown, failure: Failure): Failure {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED')) return failure;
  const { permission, resource } = error as { permission?: unknown; resource?: unknown };
  const wanted = String(permission ?? 'this');
  const declared = wanted.startsWith('FileSystem') ? 'files' : 'processes';
  const what = typeof resource === 'string' && resource !== '' ? `${wanted} of ${resource}` : wanted;
  return {
    ...failure,
    kind: 'permission',
    message: `The plugin may not do this by itself: ${what}. Use the context, or declare \`permissions: ['${declared}']\`; files outside the workspace are out of reach.`,
  };
}

async function makeAdapter(
  { adapter, data }: Extract<HostTask, { kind: 'adapter' }>,
  code: Unknowns,
  link: ParentLink,
  services: HostServices,
): Promise<Performed> {
  const made: unknown = await callMethod(recordAt(recordAt(code, 'adapters'), adapter), 'initialize', [
    adapterContext(data, link),
  ]);
  if (!isRecord(made) || !isRecord(made.api)) {
    throw hostedFailure('handler', `The adapter "${adapter}" gave no map \`api\` when it was initialised.`);
  }
  const { api } = made;
  link.onInvoke = (id, method, args) => void invoke(api, { id, method, args }, link, services);
  return {
    answer: methodsOf(api),
    cleanUp: async () => {
      await callMethod(made, 'cleanup', []);
    },
  };
}

async function invoke(
  api: Unknowns,
  { id, method, args }: { readonly id: number; readonly method: string; readonly args: readonly Json[] },
  link: ParentLink,
  services: HostServices,
): Promise<void> {
  try {
    const value = plainOrRefuse(await callMethod(api, method, args), `the answer of ${method}`, services);
    link.send({ kind: 'returned', id, value });
  } catch (error) {
    link.send({ kind: 'threw', id, failure: withAccess(error, failureFrom(error)) });
  }
}

/** Names of all functions of the object and of its classes, up to what every object has. */
function methodsOf(api: Unknowns): readonly string[] {
  const names = new Set<string>();
  for (let at: object | null = api; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at))
      if (name !== 'constructor' && hasMethod(api, name)) names.add(name);
  }
  return [...names];
}

function plainOrRefuse(value: unknown, place: string, { copyPlainData }: HostServices): Json {
  const copied = copyPlainData(value ?? null, place);
  if (!copied.ok) throw hostedFailure('output', `The plugin gave something unusable: ${copied.error}.`);
  return copied.value;
}
