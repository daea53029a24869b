/**
 * The spellings of the dialects that the language grew from. Aliases live in this folder alone: after reading, only
 * canonical keys exist.
 */
export const stepAliases = {
  config: ['config', 'params', 'inputs', 'with'],
  dependencies: ['dependencies', 'needs', 'depends_on'],
  condition: ['condition', 'if', 'when'],
  on_success: ['on_success', 'onSuccess'],
  on_failure: ['on_failure', 'onFailure'],
} as const satisfies { readonly [key: string]: readonly string[] };

export const configAliases = ['config', 'variables'] as const;

/** `params` of a persona step is a key of its configuration, not a name for the whole of it. */
const personaConfigAliases = ['config', 'inputs', 'with'] as const;

/** The names under which a step's configuration may stand. */
export function configKeysOf(handlerByType: string | null): readonly string[] {
  return handlerByType === 'agent.request' ? personaConfigAliases : stepAliases.config;
}

/** Handlers that a `type` alone may name by a word. */
export const handlerTypes: ReadonlyMap<string, string> = new Map([
  ['persona-request', 'agent.request'],
  ['git-operation', 'git.operation'],
  ['conditional', 'flow.conditional'],
  ['parallel', 'flow.parallel'],
  ['approval', 'flow.approval'],
  ['wait', 'flow.wait'],
]);

const handlerPattern = /^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_-]*$/;
const oldPluginNames = /^(?:confidentia|vwmp)\./;

/** The handler that a `type` without a handler names; `null` where it names none. */
export function handlerOfType(type: string): string | null {
  const known = handlerTypes.get(type);
  if (known !== undefined) return known;
  return handlerPattern.test(type) ? canonicalHandler(type) : null;
}

/** `confidentia.*` and `vwmp.*` are old names of `project.*`. */
export function canonicalHandler(name: string): string {
  return name.replace(oldPluginNames, 'project.');
}

/** Keys that say what a step does. Without any of them its `type` names the handler. */
export const actionKeys = ['handler', 'run', 'module', 'action', 'uses'] as const;

/** What the keys of `run` are called in the configuration of `command.run`. */
export const runConfigKeys: ReadonlyMap<string, string> = new Map([
  ['script', 'run'],
  ['shell', 'shell'],
  ['working_directory', 'working_directory'],
]);

/** The handler that the step's `type` names, where nothing else says what it does; `undefined`: something else does. */
export function handlerByType(has: (key: string) => boolean, type: unknown): string | null | undefined {
  if (typeof type !== 'string' || actionKeys.some(has)) return undefined;
  return handlerOfType(type);
}

/** Keys of the configuration may stand on a step whose `type` names its handler; these never do. */
export function isLifted(key: string, languageKeys: ReadonlySet<string>, handler: string): boolean {
  if (key.startsWith('x-')) return false;
  if (key === 'shell' || key === 'working_directory') return true;
  if (key === 'params' && handler === 'agent.request') return true;
  return !languageKeys.has(key);
}
