import { isWorkflowTypeEnabled } from '../../configuration/enabled.ts';
import { suggest } from '../../expression/suggest.ts';
import type { CheckContext } from './check-context.ts';

/** The type of a workflow that names none: no plugin is needed for it. */
const generic = 'generic';

/** An unknown type is an error; a customary step that is missing, a warning. */
export function checkWorkflowType({ workflow, around, report, source }: CheckContext): void {
  if (workflow.type === generic) return;
  const place = source.at('type');
  const type = around.workflowTypes.find(({ name }) => name === workflow.type);
  if (type === undefined) {
    const names = [generic, ...around.workflowTypes.map(({ name }) => name)];
    const nearest = suggest(workflow.type, names);
    const hint = nearest === null ? `types are ${names.join(', ')}` : `did you mean \`${nearest}\`?`;
    report.add(place, {
      code: 'unknown-type',
      message: `no plugin provides the workflow type \`${workflow.type}\``,
      hint,
    });
    return;
  }
  if (!isWorkflowTypeEnabled(around.configuration, type.name)) {
    const file = around.configuration.file ?? 'vwmp_config.yaml';
    const hint = `see \`workflow_types.${type.name}.enabled\` in ${file}`;
    report.add(place, { code: 'unknown-type', message: `the workflow type \`${type.name}\` is switched off`, hint });
    return;
  }
  const present = new Set([...workflow.steps, ...workflow.finally].map(({ handler }) => handler));
  for (const step of type.customarySteps) {
    const handlers = typeof step === 'string' ? [step] : step;
    if (handlers.some((handler) => present.has(handler))) continue;
    const message = `a workflow of type \`${type.name}\` customarily has a step with the handler ${alternatives(handlers)}`;
    report.add(place, { code: 'missing-step', severity: 'warning', message });
  }
}

function alternatives(handlers: readonly string[]): string {
  const named = handlers.map((handler) => `\`${handler}\``);
  if (named.length < 2) return named.join('');
  return `${named.slice(0, -1).join(', ')} or ${named.at(-1)}`;
}
