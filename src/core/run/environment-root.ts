import { expressionsOf, parseTemplate } from '../expression/parse-template.ts';
import { referencesOf } from '../expression/references.ts';
import type { Scope } from '../expression/scope.ts';
import { settleJson } from '../expression/settle.ts';
import type { Json, JsonMap } from '../model/json.ts';

export type Environment = { readonly [name: string]: string };

/**
 * The root `env`: the environment that steps start from, with `defaults.env` over it. Of `defaults.env`, what reads
 * secrets or the run itself belongs to the steps' processes alone; `readable` names the roots that may be read here.
 * A value that cannot be settled is left out: the first step that gets it says why.
 */
export function environmentRoot(
  base: Environment,
  defaults: JsonMap,
  scope: Scope,
  readable: ReadonlySet<string>,
): Environment {
  const written = Object.entries(defaults).filter(([, value]) => rootsOf(value).every((root) => readable.has(root)));
  if (written.length === 0) return base;
  const environment: { [name: string]: string } = { ...base };
  for (const [name, value] of written) {
    const settled = settleJson(value, scope);
    if (settled.ok && settled.value !== undefined && settled.value !== null) environment[name] = asText(settled.value);
  }
  return environment;
}

/** Numbers and booleans become text, lists and maps compact JSON. */
export function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function rootsOf(value: Json): readonly string[] {
  if (typeof value !== 'string') return [];
  const template = parseTemplate(value);
  if (!template.ok) return [];
  return expressionsOf(template.value).flatMap((expression) => referencesOf(expression).map(({ root }) => root));
}
