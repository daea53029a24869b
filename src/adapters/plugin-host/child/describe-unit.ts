import { hasMethod, isRecord, recordAt, type Unknowns } from './unit-code.ts';

/**
 * What a plugin or module says of itself, without its functions. Only what the contract names is taken over; whether
 * it fits is for the engine to say, which trusts nothing that comes from here.
 */
export function describePlugin(plugin: Unknowns): Unknowns {
  return {
    ...picked(plugin, ['apiVersion', 'name', 'version', 'description', 'workflowTypes']),
    handlers: mapped(plugin, 'handlers', describeHandler),
    adapters: mapped(plugin, 'adapters', (adapter) => ({
      ...picked(adapter, ['description', 'configuration']),
      hasInitialize: hasMethod(adapter, 'initialize'),
    })),
  };
}

export function describeModule(module: Unknowns): Unknowns {
  const actions = module.actions;
  return {
    ...picked(module, ['name', 'version', 'description', 'permissions']),
    actions: isRecord(actions)
      ? Object.entries(actions).map(([name, action]) => ({ name, isFunction: typeof action === 'function' }))
      : null,
  };
}

function describeHandler(handler: Unknowns): Unknowns {
  return {
    ...picked(handler, [
      'title',
      'description',
      'icon',
      'category',
      'configuration',
      'outputs',
      'placeholders',
      'process',
      'retry',
      'permissions',
      'rollback',
    ]),
    hasExecute: hasMethod(handler, 'execute'),
    hasPreview: hasMethod(handler, 'preview'),
    hasProbe: hasMethod(handler, 'probe'),
    hasUndo: hasMethod(handler, 'undo'),
  };
}

function picked(from: Unknowns, keys: readonly string[]): Unknowns {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
}

function mapped(from: Unknowns, key: string, describe: (member: Unknowns) => Unknowns): Unknowns {
  const members = Object.entries(recordAt(from, key));
  return Object.fromEntries(members.map(([name, member]) => [name, isRecord(member) ? describe(member) : {}]));
}
