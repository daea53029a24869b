import { suggest } from '../expression/suggest.ts';
import { stepKeyNames } from './language-schema.ts';
import { nearestKey } from './nearest-key.ts';
import { alternativesOf } from './schema-slot.ts';
import { canonicalHandler, handlerOfType, handlerTypes } from './step-vocabulary.ts';
import type { WrittenStep } from './written-step.ts';

/** What a step does, and which key says so. */
export type StepAction =
  | { readonly kind: 'handler'; readonly key: 'handler' | 'module'; readonly handler: string }
  | { readonly kind: 'run' }
  | { readonly kind: 'uses' }
  | { readonly kind: 'group' }
  | { readonly kind: 'type'; readonly handler: string }
  /** Nothing that can be understood; it was reported. */
  | { readonly kind: 'none' };

const choices =
  'A step has one of `handler`, `run`, `module` with `action`, `uses`, `steps`, or a `type` that names its handler.';

/** Finds what the step does. Two keys that say so, or none, are reported. */
export function readAction(step: WrittenStep): StepAction {
  const written = writtenActions(step);
  const [first, second] = written;
  if (first !== undefined && second !== undefined) {
    step.faults.report('conflict', step.at(second), `\`${first}\` and \`${second}\` exclude each other.`, {
      at: 'key',
      hint: choices,
      related: [{ path: step.at(first), message: 'The other one.' }],
    });
  }
  if (first === undefined) return actionOfType(step);
  return actionOfKey(first, step);
}

/** The keys that say what the step does, in the order of the document. `steps` of `flow.parallel` are its members, not a group. */
function writtenActions(step: WrittenStep): readonly string[] {
  const isWritten = (key: string): boolean => step.isWritten(key);
  const keys: string[] = ['handler', 'run', 'module', 'action', 'uses'].filter(isWritten);
  const module = keys.indexOf('module');
  if (module !== -1) keys.splice(keys.indexOf('action'), keys.includes('action') ? 1 : 0);
  const handler = step.get('handler');
  const holdsMembers = handler === 'flow.parallel' || (keys.length === 0 && isWritten('type'));
  if (isWritten('steps') && !holdsMembers) keys.push('steps');
  const order = Object.keys(step.map);
  return keys.sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

function actionOfKey(key: string, step: WrittenStep): StepAction {
  switch (key) {
    case 'handler': {
      const handler = step.get('handler');
      return typeof handler === 'string'
        ? { kind: 'handler', key: 'handler', handler: canonicalHandler(handler) }
        : { kind: 'none' };
    }
    case 'run':
      return { kind: 'run' };
    case 'uses':
      return { kind: 'uses' };
    case 'steps':
      return { kind: 'group' };
    default:
      return actionOfModule(step);
  }
}

function actionOfModule(step: WrittenStep): StepAction {
  for (const [key, other] of [
    ['module', 'action'],
    ['action', 'module'],
  ] as const) {
    if (step.isWritten(key)) continue;
    step.faults.report('missing-key', step.at(other), `\`${other}\` stands without \`${key}\`.`, {
      at: 'key',
      hint: 'Handler `m.a` is written as `module: m` and `action: a`.',
    });
    return { kind: 'none' };
  }
  const module = step.get('module');
  const action = step.get('action');
  if (typeof module !== 'string' || typeof action !== 'string') return { kind: 'none' };
  return { kind: 'handler', key: 'module', handler: canonicalHandler(`${module}.${action}`) };
}

function actionOfType(step: WrittenStep): StepAction {
  const type = step.get('type');
  if (!step.isWritten('type')) {
    if (hasMisspeltAction(step)) return { kind: 'none' };
    step.faults.report('missing-key', step.path, 'Nothing says what this step does.', { at: 'key', hint: choices });
    return { kind: 'none' };
  }
  if (typeof type !== 'string') return { kind: 'none' };
  const handler = handlerOfType(type);
  if (handler !== null) return { kind: 'type', handler };
  const known = [...handlerTypes.keys()];
  const near = suggest(type, known);
  const words = alternativesOf(known.map((name) => `\`${name}\``));
  step.faults.report('value', step.at('type'), `The type \`${type}\` alone does not say what the step does.`, {
    hint: near === null ? `Add a \`handler\`, or name one: \`plugin.action\`, ${words}.` : `Did you mean \`${near}\`?`,
  });
  return { kind: 'none' };
}

/** A misspelt key was reported already: that nothing says what the step does is the same fault. */
function hasMisspeltAction(step: WrittenStep): boolean {
  const removed = step.faults.isFull ? [] : step.faults.removedBelow(step.path);
  return removed.some((key) =>
    ['handler', 'run', 'module', 'uses', 'steps', 'type'].includes(nearestKey(key, stepKeyNames) ?? ''),
  );
}

/** The canonical handler; empty where none could be read. */
export function handlerNameOf(action: StepAction): string {
  switch (action.kind) {
    case 'handler':
    case 'type':
      return action.handler;
    case 'run':
      return 'command.run';
    case 'uses':
      return 'flow.uses';
    case 'group':
      return 'flow.group';
    case 'none':
      return '';
  }
}
