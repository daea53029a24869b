import { isJsonMap, type Json } from '../../../src/plugin-api/index.ts';
import { type Change, type Increment, increments } from './commit-model.ts';

/** What changes of each kind release: by `type`, `type(scope)`, `breaking` or `*`. */
export type CommitRules = ReadonlyMap<string, Increment | 'none'>;

/**
 * A type that stands here keeps its rule when `*` is set, so that `"*": patch` does not make documentation a
 * release.
 */
export const defaultRules: CommitRules = new Map<string, Increment | 'none'>([
  ['breaking', 'major'],
  ['feat', 'minor'],
  ['fix', 'patch'],
  ['perf', 'patch'],
  ['revert', 'patch'],
  ['build', 'none'],
  ['chore', 'none'],
  ['ci', 'none'],
  ['docs', 'none'],
  ['refactor', 'none'],
  ['style', 'none'],
  ['test', 'none'],
  ['*', 'none'],
]);

export type RulesAnswer =
  | { readonly kind: 'rules'; readonly rules: CommitRules }
  /** One sentence a mistake. */
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

/**
 * The default rules with those of a configuration over them: `{ docs: patch, "deps(major)": minor, "*": patch }`.
 * Keys are compared without regard to case.
 */
export function readRules(value: Json): RulesAnswer {
  if (!isJsonMap(value)) return { kind: 'wrong', problems: ['`rules` has to be a map of types to increments'] };
  const rules = new Map(defaultRules);
  const problems: string[] = [];
  for (const [key, level] of Object.entries(value)) {
    const rule = normalKey(key);
    if (rule === null) problems.push(`\`rules\` has the key \`${key}\`: write \`type\`, \`type(scope)\` or \`*\``);
    else if (!isLevel(level)) problems.push(`\`rules.${key}\` has to be major, minor, patch or none`);
    else rules.set(rule, level);
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'rules', rules };
}

/** What a change releases: its type and scope decide, or that it breaks something, whichever is more. */
export function incrementFor(change: Change, rules: CommitRules): Increment | null {
  const byType = ruleFor(change, rules);
  const byBreaking = change.breaking ? (rules.get('breaking') ?? 'none') : 'none';
  return increments.find((level) => level === byType || level === byBreaking) ?? null;
}

/** Whether some rule is about the type, with a scope or without; `*` is for the others. */
export function isKnownType(type: string, rules: CommitRules): boolean {
  return rules.has(type) || [...rules.keys()].some((key) => key.startsWith(`${type}(`));
}

function ruleFor(change: Change, rules: CommitRules): Increment | 'none' {
  const scoped = change.scope === null ? undefined : rules.get(`${change.type}(${change.scope.toLowerCase()})`);
  // `breaking` is the name of a rule and not a type, so a commit of that type is one of an unknown type.
  const typed = change.type === 'breaking' ? undefined : rules.get(change.type);
  return scoped ?? typed ?? rules.get('*') ?? 'none';
}

function normalKey(key: string): string | null {
  const written = /^([A-Za-z][\w-]*|\*)(?:\(([^()]+)\))?$/.exec(key.trim());
  if (!written?.[1]) return null;
  const type = written[1].toLowerCase();
  const scope = written[2]?.trim().toLowerCase();
  if (scope === undefined) return type;
  return type === '*' || type === 'breaking' || scope === '' ? null : `${type}(${scope})`;
}

function isLevel(value: Json | undefined): value is Increment | 'none' {
  return value === 'none' || increments.some((level) => level === value);
}
