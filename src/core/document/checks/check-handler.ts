import { isHandlerEnabled, resolveAlias } from '../../configuration/enabled.ts';
import { suggest } from '../../expression/suggest.ts';
import type { Step } from '../../model/workflow.ts';
import type { BrokenPlugin, HandlerDescription } from '../../ports/handlers.ts';
import { isHandlerNotYet } from '../not-yet.ts';
import type { CheckContext } from './check-context.ts';

/** Finds the step's handler, or says why there is none. */
export function checkHandler(step: Step, context: CheckContext): HandlerDescription | null {
  const { handlers, around, report, source } = context;
  const found = handlers.find(step.handler);
  if (found) return found;
  if (isProvidedOtherwise(step, context)) return null;
  const place = source.step(step.id).at('handler');
  const name = resolveAlias(around.configuration, step.handler);
  if (around.handlers.find(name) && !isHandlerEnabled(around.configuration, name)) {
    const file = around.configuration.file ?? 'vwmp_config.yaml';
    const message = `the handler \`${step.handler}\` is switched off`;
    report.add(place, { code: 'unknown-handler', message, hint: `see \`step_handlers.${name}.enabled\` in ${file}` });
    return null;
  }
  const broken = around.broken?.get(name.slice(0, Math.max(name.indexOf('.'), 0)));
  if (broken) {
    reportBroken(step, broken, context);
    return null;
  }
  const message = `no plugin provides the handler \`${step.handler}\``;
  report.add(place, { code: 'unknown-handler', message, hint: hintFor(name, handlers.names()) });
  return null;
}

/** The plugin is there: what is wrong with it is worth more than the names of others. */
function reportBroken(step: Step, { kind, file, reason, line }: BrokenPlugin, { report, source }: CheckContext): void {
  const at = line === undefined ? file : `${file}:${line}`;
  const message = `the handler \`${step.handler}\` cannot be used, because the ${kind} in ${at} is broken: ${reason}`;
  report.add(source.step(step.id).at('handler'), { code: 'unknown-handler', message });
}

/** By a mock; or the reader has said already that it is missing, or that it does not run yet. */
function isProvidedOtherwise(step: Step, { around }: CheckContext): boolean {
  const isMocked = around.mocked?.has(step.handler) || around.mocked?.has(step.id);
  return isMocked === true || step.handler === '' || isHandlerNotYet(step.handler);
}

function hintFor(name: string, names: readonly string[]): string {
  const nearest = suggest(name, names);
  if (nearest !== null) return `did you mean \`${nearest}\`?`;
  const [plugin = ''] = name.split('.');
  const sisters = names.filter((known) => known.startsWith(`${plugin}.`));
  if (sisters.length > 0) return `plugin \`${plugin}\` has ${sisters.join(', ')}`;
  const plugins = [...new Set(names.map((known) => known.slice(0, known.indexOf('.'))))];
  const near = suggest(plugin, plugins);
  if (near !== null) return `there is no plugin \`${plugin}\`: did you mean \`${near}\`?`;
  return `there is no plugin \`${plugin}\`, and no module in modules/${plugin}: plugins are ${plugins.join(', ')}`;
}
