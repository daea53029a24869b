import { checkRetry } from '../../configuration/check-retry.ts';
import { hasTemplate } from '../../expression/parse-template.ts';
import type { Json } from '../../model/json.ts';
import { keysReadBy } from '../../parameters/keys-read.ts';
import { workspacePathFault } from '../../parameters/workspace-path.ts';
import type { CheckContext } from './check-context.ts';
import { checkEnvNames } from './check-env.ts';
import { checkCondition, checkTemplate, checkTemplates } from './check-field.ts';
import { retryTemplates } from './check-step.ts';
import type { Field } from './field.ts';
import type { FieldKind } from './field-rules.ts';
import { findReferenceCycles } from './reference-cycles.ts';

type Path = readonly (string | number)[];

/** Checks what is settled before the first step: defaults of parameters, `config`, limits, `defaults`. */
export function checkStartValues(context: CheckContext): void {
  const { workflow } = context;
  for (const [index, { default: value }] of workflow.parameters.entries()) {
    if (value === undefined) continue;
    const field = (path: Path) => startField('parameter-default', path, context);
    checkTemplates(value, ['parameters', index, 'default'], field, context);
  }
  checkTemplates(workflow.config, ['config'], (path) => startField('config', path, context), context);
  checkCycles(context);
  for (const [key, value] of [
    ['max_parallel', workflow.maxParallel],
    ['timeout', workflow.timeout],
  ] as const) {
    if (typeof value === 'string') checkTemplate(value, startField('run-limit', [key], context), context);
  }
  checkDefaults(context);
}

function startField(kind: FieldKind, path: Path, { source }: CheckContext): Field {
  return {
    kind,
    standpoint: { kind: 'start' },
    secret: false,
    statusFunctions: false,
    place: () => source.at(...path),
  };
}

function checkDefaults(context: CheckContext): void {
  const { source, report } = context;
  const { env, retry, timeout, shell, workingDirectory } = context.workflow.defaults;
  const field = (path: Path): Field => ({ ...startField('defaults', path, context), secret: path[1] === 'env' });
  for (const [key, value] of [
    ['timeout', timeout],
    ['shell', shell],
    ['working_directory', workingDirectory],
  ] as const) {
    if (typeof value === 'string') checkTemplate(value, field(['defaults', key]), context);
  }
  checkEnvNames(env, (name) => source.key('defaults', 'env', name), report);
  checkTemplates(env, ['defaults', 'env'], field, context);
  if (retry) {
    for (const [key, written] of retryTemplates) {
      const value = retry[key];
      if (typeof value === 'string') checkTemplate(value, field(['defaults', 'retry', written]), context);
    }
    for (const [index, item] of (retry.on ?? []).entries()) {
      if (typeof item === 'string') checkTemplate(item, field(['defaults', 'retry', 'on', index]), context);
    }
    if (retry.condition !== undefined) {
      checkCondition(retry.condition, field(['defaults', 'retry', 'condition']), context);
    }
    for (const { key, message, hint, severity } of checkRetry(retry)) {
      report.add(source.at('defaults', 'retry', ...key), { code: 'value', message, hint, severity });
    }
  }
  if (workingDirectory === undefined || hasTemplate(workingDirectory)) return;
  const fault = workspacePathFault(workingDirectory);
  if (fault === null) return;
  const message = `\`defaults.working_directory\` ${fault}`;
  report.add(source.at('defaults', 'working_directory'), {
    code: 'path',
    message,
    hint: 'paths are relative to the workspace',
  });
}

/** Keys of `config` that use each other in a circle, and defaults of parameters that do. */
function checkCycles(context: CheckContext): void {
  const { workflow, report, source } = context;
  for (const cycle of findReferenceCycles(keysReadBy(workflow.config, ['config']))) {
    report.add(source.at('config', cycle[0] ?? ''), cycleRemark('config', cycle));
  }
  const defaults: { [name: string]: Json } = {};
  for (const { name, default: value } of workflow.parameters) if (value !== undefined) defaults[name] = value;
  for (const cycle of findReferenceCycles(keysReadBy(defaults, ['parameters', 'trigger']))) {
    const index = workflow.parameters.findIndex(({ name }) => name === cycle[0]);
    report.add(source.at('parameters', index, 'default'), cycleRemark('parameters', cycle));
  }
}

function cycleRemark(root: string, cycle: readonly string[]) {
  const chain = [...cycle, cycle[0] ?? ''].map((key) => `${root}.${key}`).join(' -> ');
  return { code: 'cycle', message: `the values use each other in a circle: ${chain}` } as const;
}
