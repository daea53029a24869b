import { parseTemplate } from '../expression/parse-template.ts';
import { type Reference, referencesOf } from '../expression/references.ts';
import type { StepId } from '../model/ids.ts';
import type { JsonMap } from '../model/json.ts';
import type { RunState } from './state.ts';

/** Tells whether a template reads a secret, a secret parameter or a secret output, so that its value is not recorded. */
export function secretReader(state: RunState): (text: string) => boolean {
  const parameters = new Set(state.facts.workflow.parameters.filter(({ secret }) => secret).map(({ name }) => name));
  return (text) => referencesIn(text).some((reference) => isSecret(state, parameters, reference));
}

/**
 * The step whose secret output a template reads although nobody knows its value any more, or null. `known`: outputs
 * that this process has seen, by step id.
 */
export function forgottenSecret(state: RunState, known: ReadonlyMap<string, JsonMap>, text: string): string | null {
  for (const { root, path } of referencesIn(text)) {
    const [id] = path;
    if (root !== 'steps' || typeof id !== 'string' || known.has(id) || !isSecretOutput(state, path)) continue;
    const position = state.graph.positionOf(id as StepId);
    const step = position === undefined ? null : state.steps.at(position);
    const gave = step?.kind === 'ended' && step.result.kind === 'success' && step.result.secretOutputs.length > 0;
    if (gave) return id;
  }
  return null;
}

function referencesIn(text: string): readonly Reference[] {
  if (!text.includes('{')) return [];
  const template = parseTemplate(text);
  if (!template.ok) return [];
  return template.value.parts.flatMap((part) =>
    typeof part !== 'string' && part.kind === 'expression' ? referencesOf(part.expression) : [],
  );
}

function isSecret(state: RunState, parameters: ReadonlySet<string>, { root, path }: Reference): boolean {
  switch (root) {
    case 'secrets':
      return true;
    case 'parameters':
    case 'trigger':
      // A computed name may be any of them.
      return path[0] === undefined || path[0] === null ? parameters.size > 0 : parameters.has(String(path[0]));
    case 'steps':
      return isSecretOutput(state, path);
    default:
      return false;
  }
}

function isSecretOutput(state: RunState, [id, member, output]: Reference['path']): boolean {
  if (typeof id !== 'string' || (member !== 'outputs' && member !== null)) return false;
  const position = state.graph.positionOf(id as StepId);
  const declared = position === undefined ? undefined : state.graph.nodes[position]?.step.outputs;
  if (declared?.kind !== 'declared') return false;
  return declared.outputs.some(({ name, secret }) => secret && (typeof output !== 'string' || output === name));
}
