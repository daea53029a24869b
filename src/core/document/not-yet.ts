/**
 * What the language has and this version does not run. Each is refused before a run by one diagnostic, so that no key
 * is read and ignored. A capability that arrives takes its lines out of here.
 */

/** Keys of the document. */
export const documentKeysNotYet: ReadonlySet<string> = new Set(['permissions', 'concurrency', 'tests']);

/** Keys of a step, as written. */
export const stepKeysNotYet: ReadonlySet<string> = new Set([
  'uses',
  'steps',
  'on_success',
  'onSuccess',
  'on_failure',
  'onFailure',
  'max_visits',
  'for_each',
  'repeat',
  'cache',
  'circuit_breaker',
]);

/**
 * Keys of a step that mean something only beside another one, which is refused in their place: the key, or the
 * handler, that each belongs to.
 */
export const companionKeys: ReadonlyMap<string, string> = new Map([
  ['as', 'for_each'],
  ['max_parallel', 'for_each'],
  ['fail_fast', 'for_each'],
  ['max_failures', 'for_each'],
  ['key', 'for_each'],
  ['order', 'steps'],
  ['then_steps', 'flow.conditional'],
  ['else_steps', 'flow.conditional'],
  ['wait_for', 'flow.parallel'],
]);

/** Values of keys that are run with their other values. */
export const stepValuesNotYet: ReadonlyMap<string, string> = new Map([['on_lost', 'ask']]);

/** Handlers by name. All of `flow` belongs to the language itself. */
export function isHandlerNotYet(handler: string): boolean {
  return handler.startsWith('flow.') || handler === 'agent.request';
}
