import {
  isJsonMap,
  type Json,
  type JsonMap,
  optionalText,
  PluginFailure,
  type WorkspaceFiles,
} from '../../../src/plugin-api/index.ts';
import { durationMs } from './duration.ts';
import type { Rule } from './rules/rule.ts';
import { commonOptions, rules } from './rules/rules.ts';

/** One item of the list `validators`. */
export type Validator = ScriptValidator | RuleValidator;

export interface ScriptValidator {
  readonly kind: 'script';
  /** Path relative to the workspace, with `/`. */
  readonly script: string;
  readonly name: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
  /** The file that it writes a SARIF document to; `null`: it prints what it finds. */
  readonly sarif: string | null;
}

export interface RuleValidator {
  readonly kind: 'rule';
  readonly name: string;
  /** Its name in the list of rules. */
  readonly ruleName: string;
  readonly rule: Rule;
  readonly options: JsonMap;
}

const scriptKeys = ['script', 'name', 'args', 'timeout', 'sarif'] as const;

/**
 * Reads one item: a path, a map with `script`, or a map with `rule`. A bare text is a rule where a rule has that name
 * and the workspace no file. Rejects with a `configuration` failure that names what does not fit.
 */
export async function parseValidator(item: Json, defaultTimeoutMs: number, files: WorkspaceFiles): Promise<Validator> {
  if (typeof item === 'string') {
    const rule = rules.get(item);
    const isRule = rule !== undefined && !(await files.exists(item));
    if (isRule) return { kind: 'rule', name: item, ruleName: item, rule, options: {} };
    return scriptOf({ script: item }, item, defaultTimeoutMs);
  }
  const map = isJsonMap(item) ? item : {};
  const script = optionalText(map, 'script');
  const ruleName = optionalText(map, 'rule');
  if (script !== null && ruleName === null) return scriptOf(map, script, defaultTimeoutMs);
  if (script === null && ruleName !== null) return ruleOf(map, ruleName);
  throw refused('each of `validators` is a path, a map with `script` or a map with `rule`');
}

function scriptOf(map: JsonMap, script: string, defaultTimeoutMs: number): ScriptValidator {
  refuseOthers(map, scriptKeys, `the script ${script}`);
  const { timeout } = map;
  const sarif = optionalText(map, 'sarif');
  return {
    kind: 'script',
    script: normalized(script),
    name: optionalText(map, 'name') ?? script,
    args: argumentsOf(map),
    timeoutMs: timeout === undefined || timeout === null ? defaultTimeoutMs : durationMs(timeout),
    sarif: sarif === null ? null : normalized(sarif),
  };
}

function ruleOf(map: JsonMap, ruleName: string): RuleValidator {
  const rule = rules.get(ruleName);
  if (rule === undefined) throw refused(`there is no rule \`${ruleName}\`: rules are ${[...rules.keys()].join(', ')}`);
  const known = ['rule', ...Object.keys(commonOptions), ...Object.keys(rule.options)];
  refuseOthers(map, known, `the rule ${ruleName}`);
  return { kind: 'rule', name: optionalText(map, 'name') ?? ruleName, ruleName, rule, options: map };
}

/** The schema knows the options of all validators together; which belong to which is known here. */
function refuseOthers(map: JsonMap, known: readonly string[], subject: string): void {
  const others = Object.keys(map).filter((key) => map[key] !== null && !known.includes(key));
  if (others.length === 0) return;
  const names = others.map((key) => `\`${key}\``).join(', ');
  throw refused(`${subject} takes no ${names}: it takes ${known.join(', ')}`);
}

function argumentsOf(map: JsonMap): readonly string[] {
  const { args } = map;
  return Array.isArray(args) ? args.map((argument) => String(argument)) : [];
}

function normalized(path: string): string {
  return path.replace(/^(?:\.\/+)+/, '');
}

function refused(message: string): PluginFailure {
  return new PluginFailure('configuration', message, { retryable: false });
}
