import { emptyMap, type Json, type JsonMap } from '../model/json.ts';
import { isDraftMap } from './draft.ts';
import { stepKeyNames } from './language-schema.ts';
import { nearestKey } from './nearest-key.ts';
import { findScriptTemplates } from './script-templates.ts';
import { handlerNameOf, type StepAction } from './step-action.ts';
import { configKeysOf, isLifted, runConfigKeys } from './step-vocabulary.ts';
import type { WrittenStep } from './written-step.ts';

/** Handlers whose keys the language itself knows: nothing else may stand on such a step. */
const closedHandlers: ReadonlySet<string> = new Set(['flow.parallel', 'flow.conditional']);

/**
 * The handler's configuration: what stands under `config`, what `run` says, and the keys that a step whose `type`
 * names the handler has on itself.
 */
export function readConfig(step: WrittenStep, action: StepAction): JsonMap {
  const key = step.spelling(configKeysOf(action.kind === 'type' ? action.handler : null));
  const written = step.get(key);
  const config = emptyMap<Json>();
  if (isDraftMap(written)) Object.assign(config, written);
  if (action.kind === 'run') addRun(config, step, key);
  if (action.kind === 'type') addLifted(config, step, action.handler, key);
  return config;
}

function addRun(config: { [key: string]: Json }, step: WrittenStep, configKey: string | null): void {
  for (const [name, key] of runConfigKeys) {
    const value = step.get(key);
    if (value === undefined) continue;
    if (config[name] !== undefined) reportTwice(step, key, configKey, name);
    config[name] = value;
  }
}

function addLifted(
  config: { [key: string]: Json },
  step: WrittenStep,
  handler: string,
  configKey: string | null,
): void {
  for (const [key, value] of Object.entries(step.map)) {
    if (!isLifted(key, stepKeyNames, handler)) continue;
    if (closedHandlers.has(handler)) reportUnknown(step, key);
    else if (config[key] !== undefined) reportTwice(step, key, configKey, key);
    else config[key] = value;
  }
}

function reportUnknown(step: WrittenStep, key: string): void {
  const near = nearestKey(key, stepKeyNames);
  step.faults.report('unknown-key', step.at(key), `There is no key \`${key}\` in a step.`, {
    at: 'key',
    ...(near !== null && { hint: `Did you mean \`${near}\`?` }),
  });
}

function reportTwice(step: WrittenStep, key: string, configKey: string | null, name: string): void {
  const other = step.at(configKey ?? 'config', name);
  step.faults.report(
    'duplicate-key',
    step.at(key),
    `\`${key}\` stands on the step and as \`${name}\` in its configuration.`,
    {
      at: 'key',
      hint: 'Keep one of them.',
      related: [{ path: other, message: 'The other one.' }],
    },
  );
}

/** Reports expressions in scripts: what comes from outside reaches a script through its environment only. */
export function checkScript(step: WrittenStep, action: StepAction, config: JsonMap, defaultShell: string): void {
  const script = config.script;
  if (typeof script !== 'string' || handlerNameOf(action) !== 'command.run') return;
  const path = scriptPath(step, action);
  const shell = config.shell;
  for (const found of findScriptTemplates(script, typeof shell === 'string' ? shell : defaultShell)) {
    step.faults.report(
      'script-template',
      path,
      `Scripts are never templated: \`${shorten(found.text)}\` stays as it is.`,
      { inside: found, hint: envHint(found.text) },
    );
  }
}

/** Shows the way through `env` with the very expression, where it is short enough to be read. */
function envHint(written: string): string {
  const name = variableName(written);
  const inner = written
    .replace(/^\$\{\{?/, '')
    .replace(/\}{1,2}$/, '')
    .trim();
  if (/^[^"\n$]{1,60}$/.test(inner)) {
    return `Pass the value through \`env\`, as \`${name}: "\${{ ${inner} }}"\`, and read the variable \`${name}\` in the script.`;
  }
  return 'Pass the value through `env`, and read the variable in the script.';
}

function scriptPath(step: WrittenStep, action: StepAction): readonly (string | number)[] {
  if (action.kind === 'run') return step.at('run');
  const key = configKeysOf(null).find((name) => {
    const config = step.get(name);
    return isDraftMap(config) && config.script !== undefined;
  });
  return key === undefined ? step.at('script') : step.at(key, 'script');
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

/** The last name of the expression, as names of environment variables are written. */
function variableName(text: string): string {
  const word = text.match(/[A-Za-z_][A-Za-z0-9_]*/g)?.at(-1) ?? 'value';
  return word.toUpperCase();
}
