import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { findAllPlugins } from '../../app/find-plugins.ts';
import { loadConfiguration } from '../../app/load-configuration.ts';
import { loadWorkflow } from '../../app/load-workflow.ts';
import { environmentOf } from '../../app/platform.ts';
import { layerStepConfig } from '../../core/configuration/layer-step-config.ts';
import { hasErrors } from '../../core/diagnostic/diagnostic.ts';
import { plainData } from '../../core/model/json.ts';
import type { HandlerDescription } from '../../core/ports/handlers.ts';
import { textTable } from '../../core/report/text-table.ts';
import { defaultStateFolder } from '../build-platform.ts';
import { exitCodes } from '../exit-codes.ts';
import { completionScript } from './completion.ts';
import { UsageError } from './host.ts';
import { noSuchStep } from './no-such-step.ts';
import { readRequest } from './read-request.ts';
import { refuse } from './run-commands.ts';
import type { Session } from './session.ts';

/** `vwmp config show [WORKFLOW [STEP]]`. */
export async function config(session: Session): Promise<number> {
  const [verb, workflow, stepId] = session.args.positionals;
  if (verb !== 'show') throw new UsageError(`there is no "vwmp config ${verb}"`, 'vwmp config show');
  return workflow === undefined ? showFile(session) : showSteps(session, workflow, stepId);
}

async function showFile(session: Session): Promise<number> {
  const { configuration, diagnostics } = await loadConfiguration(session.platform);
  if (hasErrors(diagnostics)) return refuse(session, diagnostics);
  if (diagnostics.length > 0 && !session.wantsJson) session.report(diagnostics);
  if (!session.wantsJson) session.host.out(`file: ${configuration.file ?? 'none'}\n`);
  session.printJson(plainData(configuration));
  return exitCodes.success;
}

async function showSteps(session: Session, argument: string, stepId: string | undefined): Promise<number> {
  const request = readRequest(session);
  const loaded = await loadWorkflow(session.platform, session.reference(argument), request.set);
  if (!loaded.ok) return refuse(session, loaded.error.diagnostics);
  const { workflow, configuration, catalog } = loaded.value;
  const steps = [...workflow.steps, ...workflow.finally].filter(({ id }) => stepId === undefined || id === stepId);
  if (steps.length === 0)
    throw noSuchStep(`the workflow ${workflow.name}`, stepId ?? '', [...workflow.steps, ...workflow.finally]);
  const shown = steps.map((step) => {
    const handler = catalog.find(step.handler);
    if (!handler) throw new Error(`the handler "${step.handler}" was checked, and is gone`);
    const environment = environmentOf(session.platform);
    const layered = layerStepConfig({ step, workflow, handler, configuration, environment, set: request.set });
    const values = Object.entries(layered.config).map(([key, value]) => {
      const secret = handler.configuration.properties?.[key]?.secret === true;
      const origin = layered.origins[key];
      return { key, value: secret ? '***' : value, layer: origin?.layer ?? 'step', where: origin?.where ?? '' };
    });
    return { step: step.id, handler: handler.name, values };
  });
  if (session.wantsJson) session.printJson({ steps: shown });
  else {
    for (const { step, handler, values } of shown) {
      const rows = values.map(({ key, value, layer, where }) => [key, JSON.stringify(value), layer, where]);
      session.host.out(`${step} (${handler})\n${textTable(['KEY', 'VALUE', 'LAYER', 'WHERE'], rows)}`);
    }
  }
  return exitCodes.success;
}

/** `vwmp plugins [HANDLER]`. */
export async function plugins(session: Session): Promise<number> {
  const found = await findAllPlugins(session.platform);
  const { catalog, plugins: installed, adapters } = found.host;
  if (!session.wantsJson) session.report(found.diagnostics);
  const wanted = session.args.positionals[0];
  if (wanted !== undefined) {
    const handler = catalog.find(wanted);
    if (!handler) throw new UsageError(`there is no handler "${wanted}"`, '`vwmp plugins` lists them');
    if (session.wantsJson) session.printJson(plainData(handler));
    else session.host.out(describeHandler(handler));
    return exitCodes.success;
  }
  const handlers = catalog.names().flatMap((name) => catalog.find(name) ?? []);
  if (session.wantsJson) {
    session.printJson({ plugins: installed, handlers: handlers.map(plainData), adapters: Object.keys(adapters) });
    return exitCodes.success;
  }
  const rows = handlers.map(({ name, title, plugin, rollback }) => [
    name,
    title,
    `${plugin.name} ${plugin.version}`,
    rollback,
  ]);
  session.host.out(textTable(['HANDLER', 'WHAT IT DOES', 'PLUGIN', 'UNDO'], rows));
  return exitCodes.success;
}

function describeHandler({
  name,
  title,
  description,
  configuration,
  outputs,
  rollback,
  plugin,
}: HandlerDescription): string {
  const required = new Set(configuration.required ?? []);
  const keys = Object.entries(configuration.properties ?? {}).map(([key, field]) => [
    key,
    [field.type ?? 'any'].flat().join(' or '),
    field.default === undefined ? (required.has(key) ? 'required' : '') : JSON.stringify(field.default),
    field.description ?? '',
  ]);
  const given = Object.entries(outputs ?? {}).map(([key, field]) => [
    key,
    [field.type ?? 'any'].flat().join(' or '),
    field.description ?? '',
  ]);
  return [
    `${name}: ${title} (plugin ${plugin.name} ${plugin.version}, rollback: ${rollback})\n${description}\n`,
    keys.length > 0 ? `\nConfiguration\n${textTable(['KEY', 'TYPE', 'DEFAULT', 'WHAT IT IS'], keys)}` : '',
    given.length > 0 ? `\nOutputs\n${textTable(['NAME', 'TYPE', 'WHAT IT IS'], given)}` : '',
  ].join('');
}

interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'error';
  readonly message: string;
}

/** `vwmp doctor`. */
export async function doctor(session: Session): Promise<number> {
  const { workspace } = session.platform;
  const { diagnostics, configuration } = await loadConfiguration(session.platform);
  const checks: readonly Check[] = [
    nodeCheck(),
    programCheck('git', ['--version'], 'error'),
    programCheck('bash', ['--version'], 'error'),
    programCheck('python3', ['--version'], 'warning'),
    programCheck('pwsh', ['--version'], 'warning'),
    { name: 'workspace', state: 'ok', message: workspace },
    stateCheck(session.value('state-dir') ?? defaultStateFolder(workspace, session.host.env)),
    {
      name: 'configuration',
      state: hasErrors(diagnostics) ? 'error' : 'ok',
      message: hasErrors(diagnostics) ? `${diagnostics.length} faults; see below` : (configuration.file ?? 'none'),
    },
  ];
  const bad = checks.some(({ state }) => state === 'error');
  if (session.wantsJson) session.printJson({ ok: !bad, checks });
  else {
    const marks = {
      ok: session.palette.good('✓'),
      warning: session.palette.warn('!'),
      error: session.palette.bad('✗'),
    };
    for (const { name, state, message } of checks) session.host.out(`${marks[state]} ${name}: ${message}\n`);
    if (hasErrors(diagnostics)) session.report(diagnostics);
  }
  return bad ? exitCodes.failed : exitCodes.success;
}

function nodeCheck(): Check {
  const major = Number(process.versions.node.split('.')[0]);
  const message = `${process.version}${major >= 24 ? '' : '; 24 or newer is needed'}`;
  return { name: 'node', state: major >= 24 ? 'ok' : 'error', message };
}

function programCheck(program: string, args: readonly string[], missing: Check['state']): Check {
  try {
    const [line = ''] = execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
      '\n',
    );
    return { name: program, state: 'ok', message: line };
  } catch {
    const needed = missing === 'warning' ? `steps with \`shell: ${program.replace('3', '')}\` need it` : 'install it';
    return { name: program, state: missing, message: `not found; ${needed}` };
  }
}

function stateCheck(folder: string): Check {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  try {
    accessSync(at, constants.W_OK);
    return { name: 'state folder', state: 'ok', message: folder };
  } catch {
    return {
      name: 'state folder',
      state: 'error',
      message: `${folder} cannot be written; name another with --state-dir`,
    };
  }
}

/** `vwmp completion SHELL`. */
export async function completion(session: Session): Promise<number> {
  session.host.out(completionScript(session.positional(0)));
  return exitCodes.success;
}
