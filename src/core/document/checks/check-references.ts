import type { Expression } from '../../expression/ast.ts';
import { type Reference, referencesOf } from '../../expression/references.ts';
import { suggest } from '../../expression/suggest.ts';
import { isStepId, stepId } from '../../model/ids.ts';
import type { Step } from '../../model/workflow.ts';
import { type CheckContext, isInFinally, isKnownAt } from './check-context.ts';
import { checkMember, type Key, shapeOfParameter } from './declared-type.ts';
import type { Field } from './field.ts';
import type { Remark } from './report.ts';
import { isSecretReference } from './secret-reference.ts';
import { outputsOf, type StepOutputs } from './step-outputs.ts';

/** What an expression reads: does it exist, is it known by then, may it stand here. */
export function checkReferences(expression: Expression, field: Field, context: CheckContext): void {
  for (const reference of referencesOf(expression)) {
    const tell = teller(reference, field, context);
    checkSecret(reference, field, context, tell);
    switch (reference.root) {
      case 'parameters':
      case 'trigger':
        checkParameter(reference, context, tell);
        break;
      case 'config':
        checkConfigKey(reference, context, tell);
        break;
      case 'steps':
        checkStep(reference, field, context, tell);
        break;
      case 'workflow':
        checkWorkflowMember(reference, field, tell);
        break;
      case 'adapter':
        checkAdapter(reference, context, tell);
        break;
      case 'secrets':
        checkSecretName(reference, context, tell);
        break;
      case 'outputs':
        checkOwnOutput(reference, field, context, tell);
        break;
    }
  }
}

type Tell = (remark: Omit<Remark, 'inside'>) => void;

function teller({ start, end }: Reference, field: Field, context: CheckContext): Tell {
  return (remark) => {
    if (field.origin === undefined) context.report.add(field.place(), { ...remark, inside: { start, end } });
    else context.report.add(field.place(), { ...remark, message: `${remark.message} (in ${field.origin})` });
  };
}

function checkSecret(reference: Reference, field: Field, context: CheckContext, tell: Tell): void {
  if (field.secret || !isSecretReference(reference, context)) return;
  tell({
    code: 'secret-place',
    message: `\`${writtenOf(reference)}\` is secret and may not stand here`,
    hint: isWholeStep(reference)
      ? 'a step has a secret output, which may stand in `env` and in fields marked secret: read what you need, such as `steps.ID.status`'
      : 'secrets may stand in `env` and in fields marked secret: pass the value through `env`',
  });
}

function isWholeStep({ root, path }: Reference): boolean {
  return root === 'steps' && path.length < 2;
}

function checkParameter(reference: Reference, context: CheckContext, tell: Tell): void {
  const [name, ...inner] = reference.path;
  if (typeof name !== 'string') {
    for (const declared of context.parameters.keys()) context.parametersRead.add(declared);
    return;
  }
  const declaration = context.parameters.get(name);
  if (declaration === undefined) {
    const hint = nearest(name, context.parameters.keys()) ?? 'declare it under `parameters`';
    tell({ code: 'unknown-name', message: `no parameter \`${name}\` is declared`, hint });
    return;
  }
  context.parametersRead.add(name);
  tellType(checkMember(shapeOfParameter(declaration), inner, name), tell);
}

/** A missing key reads as null, which may be meant (`config.x ?? 1`): a warning. */
function checkConfigKey(reference: Reference, { workflow }: CheckContext, tell: Tell): void {
  const [name] = reference.path;
  if (typeof name !== 'string' || Object.hasOwn(workflow.config, name)) return;
  const hint = nearest(name, Object.keys(workflow.config)) ?? 'it reads as null: write it under `config`';
  tell({
    code: 'unknown-name',
    severity: 'warning',
    message: `the workflow's \`config\` has no key \`${name}\``,
    hint,
  });
}

const stepMembers = ['outputs', 'status', 'error', 'attempts', 'visits', 'duration_ms'];
const errorMembers = ['kind', 'message', 'exit_code'];

function checkStep(reference: Reference, field: Field, context: CheckContext, tell: Tell): void {
  const [id, member, ...inner] = reference.path;
  if (typeof id !== 'string') return;
  const position = isStepId(id) ? context.graph.positionOf(stepId(id)) : undefined;
  const step = position === undefined ? undefined : context.graph.nodes[position]?.step;
  if (position === undefined || step === undefined) {
    const found = context.stepNames.suggest(id);
    const hint = found === null ? undefined : `did you mean \`${found}\`?`;
    tell({ code: 'unknown-step', message: `there is no step \`${id}\``, hint });
    return;
  }
  checkUpstream(position, step, field, context, tell);
  if (member === 'outputs') checkOutput(step, inner, context, tell);
  else checkStepMember(member, inner, tell);
}

function checkStepMember(member: Key | undefined, inner: readonly Key[], tell: Tell): void {
  if (typeof member === 'string' && !stepMembers.includes(member)) {
    const hint = nearest(member, stepMembers) ?? `a step has ${stepMembers.join(', ')}`;
    tell({ code: 'unknown-name', message: `a step has no \`${member}\``, hint });
  }
  const [detail] = inner;
  if (member === 'error' && typeof detail === 'string' && !errorMembers.includes(detail)) {
    const hint = nearest(detail, errorMembers) ?? `an error has ${errorMembers.join(', ')}`;
    tell({ code: 'unknown-name', message: `an error has no \`${detail}\``, hint });
  }
}

function checkUpstream(position: number, step: Step, field: Field, context: CheckContext, tell: Tell): void {
  const { standpoint } = field;
  if (standpoint.kind === 'start' || isKnownAt(context, position, standpoint)) return;
  const isSelf = standpoint.kind === 'step' && standpoint.position === position;
  const isLater = position >= context.graph.mainCount && !isInFinally(context, standpoint);
  const message = isSelf
    ? `the step \`${step.id}\` reads itself before it has run`
    : isLater
      ? `the step \`${step.id}\` runs in \`finally\`, and ${standpoint.kind === 'end' ? 'outputs of the run read main steps alone' : 'this is settled before'}`
      : `the step \`${step.id}\` does not come before this one`;
  const hint = isSelf
    ? 'a step can read itself in its `outputs` and in `retry.condition`'
    : isLater
      ? undefined
      : `add \`${step.id}\` to the \`dependencies\``;
  tell({ code: 'not-upstream', message, hint });
}

function checkOutput(step: Step, [name, ...inner]: readonly Key[], context: CheckContext, tell: Tell): void {
  if (typeof name !== 'string') return;
  const outputs = outputsOf(step, context.handlers);
  const shape = outputs.shapes.get(name);
  if (shape !== undefined) {
    tellType(checkMember(shape, inner, name), tell);
    return;
  }
  tellUnknownOutput(name, step.id, outputs, tell);
}

function tellUnknownOutput(name: string, id: string, outputs: StepOutputs, tell: Tell): void {
  if (outputs.knowledge === 'open') {
    const message = `nothing declares that the step \`${id}\` gives an output \`${name}\``;
    const hint = 'declare it under the `outputs` of the step';
    tell({ code: 'unknown-output', severity: 'warning', message, hint });
    return;
  }
  const names = [...outputs.shapes.keys()];
  const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  const hint = nearest(name, names) ?? known;
  tell({ code: 'unknown-output', message: `the step \`${id}\` has no output \`${name}\``, hint });
}

/** The root `outputs` of a step's own map: what its handler gave. */
function checkOwnOutput(reference: Reference, { standpoint }: Field, context: CheckContext, tell: Tell): void {
  const [name] = reference.path;
  if (standpoint.kind !== 'step' || typeof name !== 'string') return;
  const step = context.graph.nodes[standpoint.position]?.step;
  const handler = step && context.handlers.find(step.handler);
  if (!handler?.outputs || Object.hasOwn(handler.outputs, name)) return;
  const names = Object.keys(handler.outputs);
  const hint = nearest(name, names) ?? `it gives ${names.join(', ')}`;
  tell({ code: 'unknown-output', message: `\`${handler.name}\` gives no output \`${name}\``, hint });
}

const workflowMembers = ['name', 'version', 'status', 'error', 'run_id', 'attempt'];
const startMembers = ['name', 'version', 'run_id', 'attempt'];

function checkWorkflowMember({ path }: Reference, field: Field, tell: Tell): void {
  const [member] = path;
  if (typeof member !== 'string') return;
  if (!workflowMembers.includes(member)) {
    const hint = nearest(member, workflowMembers) ?? `it has ${workflowMembers.join(', ')}`;
    tell({ code: 'unknown-name', message: `\`workflow\` has no \`${member}\``, hint });
  } else if (field.standpoint.kind === 'start' && !startMembers.includes(member)) {
    const hint = `of \`workflow\`, ${startMembers.join(', ')} are known by then`;
    tell({ code: 'not-here', message: `\`workflow.${member}\` is not known before the run`, hint });
  }
}

function checkAdapter({ path }: Reference, { around }: CheckContext, tell: Tell): void {
  const [name] = path;
  if (typeof name !== 'string' || around.adapters === undefined || around.adapters.has(name)) return;
  const hint = nearest(name, around.adapters) ?? `adapters are ${[...around.adapters].join(', ')}`;
  tell({ code: 'unknown-name', message: `there is no integration adapter \`${name}\``, hint });
}

function checkSecretName({ path }: Reference, { around }: CheckContext, tell: Tell): void {
  const [name] = path;
  if (typeof name !== 'string' || around.knownSecrets === undefined || around.knownSecrets.has(name)) return;
  const hint = nearest(name, around.knownSecrets) ?? 'it reads as null';
  tell({ code: 'unknown-name', severity: 'warning', message: `the secret \`${name}\` was not given`, hint });
}

function tellType(fault: ReturnType<typeof checkMember>, tell: Tell): void {
  if (fault !== null) tell({ code: 'type', severity: fault.severity, message: fault.message });
}

function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const found = suggest(word, candidates);
  return found === null ? undefined : `did you mean \`${found}\`?`;
}

function writtenOf({ root, path }: Reference): string {
  return [root, ...path.map((key) => key ?? '[…]')].join('.');
}
