import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../core/model/json.ts';
import type { Outcome } from '../../core/model/outcome.ts';
import type { UndoOutcome } from '../../core/model/rollback.ts';
import type { Preview, ProbeAnswer } from '../../core/ports/handlers.ts';
import {
  type AdapterFactory,
  type HandlerContext,
  type Plugin,
  pluginApiVersion,
  type StepHandler,
  type UndoContext,
} from '../../core/ports/plugin.ts';
import { hostedFailure } from './hosted-failure.ts';
import { callHosted, type HostedCall, type HostedUnit, initializeHosted } from './hosted-unit.ts';
import type { ModuleDeclaration } from './module-declaration.ts';
import type { ModuleDescription } from './module-description.ts';
import { moduleOutcome } from './module-outcome.ts';
import type { HandlerDeclaration, Permission, PluginDescription } from './plugin-description.ts';

/** A described plugin whose functions run in processes of their own. */
export function hostedPlugin(hosted: HostedUnit, description: PluginDescription): Plugin {
  const { name, version, workflowTypes } = description;
  return {
    apiVersion: pluginApiVersion,
    name,
    version,
    description: description.description,
    workflowTypes,
    handlers: mapValues(description.handlers, (handler, action) => hostedHandler(hosted, `${name}.${action}`, handler)),
    adapters: mapValues(description.adapters, (adapter, adapterName) => ({
      ...adapter,
      initialize: (context) => initializeHosted(hosted, adapterName, adapterPermissions(description), context),
    })) satisfies { readonly [name: string]: AdapterFactory },
  };
}

/** An adapter serves the handlers of its plugin, so it may do what any of them may. */
function adapterPermissions({ handlers }: PluginDescription): readonly Permission[] {
  return [...new Set(Object.values(handlers).flatMap(({ permissions = [] }) => permissions))];
}

function hostedHandler(hosted: HostedUnit, handler: string, declaration: HandlerDeclaration): StepHandler {
  const { hasPreview, hasProbe, hasUndo, ...described } = declaration;
  const call = (method: HostedCall['method'], context: HandlerContext | UndoContext) =>
    callHosted(
      hosted,
      { handler, action: actionOf(handler), method, permissions: declaration.permissions ?? [] },
      context,
    );
  return {
    ...described,
    execute: async (context) => asOutcome(await call('execute', context)),
    ...(hasPreview && { preview: async (context) => readPreview(await call('preview', context)) }),
    ...(hasUndo && { undo: async (context) => asUndoOutcome(await call('undo', context)) }),
    ...(hasProbe && { probe: async (context) => asProbeAnswer(await call('probe', context)) }),
  };
}

/** Modules say nothing of what they need; by itself each may use the workspace's files, and processes. */
const modulePermissions: readonly Permission[] = ['files', 'processes'];

/** A module as a plugin of its name: each action is a handler. What the declaration says of one counts. */
export function hostedModule(
  hosted: HostedUnit,
  description: ModuleDescription,
  declaration: ModuleDeclaration | null,
): Plugin {
  const { name } = hosted.unit;
  const permissions = description.permissions ?? modulePermissions;
  const handlers = description.actions.map((action): readonly [string, StepHandler] => {
    const declared = declaration?.actions.get(action);
    const outputs = declared?.outputs ?? null;
    const call: HostedCall = { handler: `${name}.${action}`, action, method: 'execute', permissions };
    return [
      action,
      {
        title: `${name}: ${action}`,
        description: declared?.description || `The action ${action} of the module ${name}.`,
        configuration: declared?.configuration ?? { type: 'object' },
        ...(outputs !== null && { outputs }),
        permissions,
        execute: async (context) => {
          const result = await callHosted(hosted, call, context);
          const step = context.step.outputs ?? null;
          return moduleOutcome(result, { step, module: outputs && Object.keys(outputs) });
        },
      },
    ];
  });
  return {
    apiVersion: pluginApiVersion,
    name,
    version: description.version ?? declaration?.version ?? '0.0.0',
    description: description.description || declaration?.description || `The module ${name} of the workspace.`,
    handlers: Object.fromEntries(handlers),
  };
}

/** Whoever runs handlers checks what they answer, whichever process they run in. */
function asOutcome(value: Json): Outcome {
  return value as unknown as Outcome;
}

function asUndoOutcome(value: Json): UndoOutcome {
  return value as unknown as UndoOutcome;
}

function asProbeAnswer(value: Json): ProbeAnswer {
  return value as unknown as ProbeAnswer;
}

function readPreview(value: Json): Preview {
  const { summary, diffs = [], commands = [], outputs } = isJsonMap(value) ? value : {};
  const isPreview =
    typeof summary === 'string' &&
    isJsonList(commands) &&
    commands.every((command) => typeof command === 'string') &&
    isJsonList(diffs) &&
    diffs.every(isDiff) &&
    (outputs === undefined || outputs === null || isJsonMap(outputs));
  if (!isPreview) throw hostedFailure('output', 'the preview answered with something that is no preview');
  return {
    summary,
    diffs,
    commands,
    ...(isJsonMap(outputs) && { outputs }),
  };
}

function isDiff(value: Json): value is JsonMap & Preview['diffs'][number] {
  return isJsonMap(value) && typeof value.file === 'string' && typeof value.diff === 'string';
}

function actionOf(handler: string): string {
  return handler.slice(handler.indexOf('.') + 1);
}

function mapValues<T, U>(
  map: { readonly [key: string]: T },
  make: (value: T, key: string) => U,
): { readonly [key: string]: U } {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, make(value, key)]));
}
