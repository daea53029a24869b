import { parseTemplate } from '../expression/parse-template.ts';
import { type Reference, referencesOf } from '../expression/references.ts';
import type { StepId } from '../model/ids.ts';
import type { RunState } from './state.ts';

/** Tells whether a template reads a secret, a secret parameter or a secret output, so that its value is not recorded. */
export function secretReader(state: RunState): (text: string) => boolean {
  const parameters = new Set(state.facts.secretParameters);
  return (text) => {
    if (!text.includes('{')) return false;
    const template = parseTemplate(text);
    if (!template.ok) return false;
    return template.value.parts.some(
      (part) =>
        typeof part !== 'string' &&
        part.kind === 'expression' &&
        referencesOf(part.expression).some((reference) => isSecret(state, parameters, reference)),
    );
  };
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
