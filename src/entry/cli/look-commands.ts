import { listWorkflows } from '../../app/list-workflows.ts';
import { loadWorkflow } from '../../app/load-workflow.ts';
import { history, lookUpRun } from '../../app/look-up-run.ts';
import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import { languageSchema } from '../../core/document/language-schema.ts';
import type { Workflow } from '../../core/model/workflow.ts';
import { validationJson } from '../../core/report/diagnostic-json.ts';
import { definitionDot } from '../../core/report/dot.ts';
import { durationText } from '../../core/report/duration-text.ts';
import { definitionGraphJson } from '../../core/report/graph-json.ts';
import { historyJson } from '../../core/report/history-json.ts';
import { listJson } from '../../core/report/list-json.ts';
import { definitionDiagram } from '../../core/report/mermaid.ts';
import { runJson } from '../../core/report/run-json.ts';
import { runText } from '../../core/report/run-text.ts';
import { textTable } from '../../core/report/text-table.ts';
import { exitCodes } from '../exit-codes.ts';
import { UsageError } from './host.ts';
import { noSuchStep } from './no-such-step.ts';
import { refuse, refuseState } from './run-commands.ts';
import type { Session } from './session.ts';

export async function validate(session: Session): Promise<number> {
  const diagnostics: Diagnostic[] = [];
  let wrong = 0;
  for (const argument of session.args.positionals) {
    const loaded = await loadWorkflow(session.platform, session.reference(argument));
    const found = loaded.ok ? loaded.value.diagnostics : loaded.error.diagnostics;
    if (!loaded.ok) wrong++;
    diagnostics.push(...found);
    if (session.wantsJson) continue;
    session.report(found);
    if (loaded.ok) session.host.out(`${session.palette.good('✓')} ${loaded.value.file} is valid\n`);
  }
  if (session.wantsJson) session.printJson(validationJson(diagnostics));
  return wrong > 0 ? exitCodes.wrong : exitCodes.success;
}

export async function graph(session: Session): Promise<number> {
  const format = session.value('format') ?? (session.wantsJson ? 'json' : 'mermaid');
  const loaded = await loadWorkflow(session.platform, session.reference(session.positional(0)));
  if (!loaded.ok) return refuse(session, loaded.error.diagnostics);
  const { workflow } = loaded.value;
  switch (format) {
    case 'mermaid': {
      const { text, leftOut } = definitionDiagram(workflow);
      session.host.out(text.endsWith('\n') ? text : `${text}\n`);
      if (leftOut !== null) session.host.err(`${leftOut}\n`);
      return exitCodes.success;
    }
    case 'dot':
      session.host.out(definitionDot(workflow));
      return exitCodes.success;
    case 'json':
      session.printJson(definitionGraphJson(workflow));
      return exitCodes.success;
    default:
      throw new UsageError(`--format must be mermaid, dot or json, not "${format}"`);
  }
}

export async function list(session: Session): Promise<number> {
  const { workflows, diagnostics } = await listWorkflows(session.platform);
  if (session.wantsJson) {
    session.report(diagnostics);
    session.printJson(listJson(workflows));
    return exitCodes.success;
  }
  if (diagnostics.length > 0) session.report(diagnostics);
  if (workflows.length === 0)
    session.host.out('No workflows here. They stand in workflows/ or .github/vwmp/workflows/.\n');
  else {
    const rows = workflows.map(({ stem, file, workflow }) => [stem, workflow.version, workflow.name, file]);
    session.host.out(textTable(['NAME', 'VERSION', 'TITLE', 'FILE'], rows));
  }
  return exitCodes.success;
}

export async function show(session: Session): Promise<number> {
  const loaded = await loadWorkflow(session.platform, session.reference(session.positional(0)));
  if (!loaded.ok) return refuse(session, loaded.error.diagnostics);
  const { workflow, file } = loaded.value;
  if (session.wantsJson) session.printJson({ file, ...workflow });
  else session.host.out(describe(workflow, file));
  return exitCodes.success;
}

function describe(workflow: Workflow, file: string): string {
  const parameters = workflow.parameters.map(({ name, type, required, default: fallback, description, label }) => [
    name,
    type,
    fallback !== undefined ? `default ${JSON.stringify(fallback)}` : required ? 'required' : '',
    description ?? label ?? '',
  ]);
  const steps = [...workflow.steps, ...workflow.finally].map((step) => [
    step.id,
    step.handler,
    step.name === step.id ? '' : step.name,
    step.required ? '' : 'optional',
  ]);
  const outputs = Object.entries(workflow.outputs).map(([name, { description }]) => [name, description ?? '']);
  const section = (title: string, head: readonly string[], rows: readonly (readonly string[])[]) =>
    rows.length === 0 ? '' : `\n${title}\n${textTable(head, rows)}`;
  return [
    `${workflow.name} ${workflow.version} (${file})\n`,
    workflow.description ? `${workflow.description}\n` : '',
    section('Parameters', ['NAME', 'TYPE', 'VALUE', 'WHAT IT IS'], parameters),
    section('Steps', ['ID', 'HANDLER', 'NAME', ''], steps),
    section('Outputs', ['NAME', 'WHAT IT IS'], outputs),
  ].join('');
}

export async function status(session: Session): Promise<number> {
  const found = await lookUpRun(session.platform, session.args.positionals[0] ?? null);
  if (!found.ok) return refuseState(session, found.error.message);
  if (session.wantsJson) session.printJson(runJson(found.value));
  else session.host.out(runText(found.value));
  return exitCodes.success;
}

export async function showHistory(session: Session): Promise<number> {
  const limit = Number(session.value('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 0) throw new UsageError('--limit must be a whole number');
  const runs = await history(session.platform);
  if (!runs.ok) return refuseState(session, runs.error.message);
  const shown = limit === 0 || session.wantsJson ? runs.value : runs.value.slice(0, limit);
  if (session.wantsJson) {
    session.printJson(historyJson(session.value('limit') === undefined || limit === 0 ? shown : shown.slice(0, limit)));
    return exitCodes.success;
  }
  if (shown.length === 0) {
    session.host.out('No run has been recorded here yet.\n');
    return exitCodes.success;
  }
  const rows = shown.map(({ runId, workflow, status: state, owned, startedAt, durationMs }) => [
    runId,
    state === 'running' && !owned ? 'died' : state,
    `${workflow.name} ${workflow.version}`,
    new Date(startedAt).toISOString().slice(0, 19).replace('T', ' '),
    durationMs === null ? '' : durationText(durationMs),
  ]);
  session.host.out(textTable(['RUN', 'STATUS', 'WORKFLOW', 'STARTED (UTC)', 'TIME'], rows));
  return exitCodes.success;
}

export async function logs(session: Session): Promise<number> {
  const found = await lookUpRun(session.platform, session.positional(0));
  if (!found.ok) return refuseState(session, found.error.message);
  const view = found.value;
  const wanted = session.args.positionals[1];
  const steps =
    wanted === undefined ? view.steps : view.steps.filter(({ id, address }) => id === wanted || address === wanted);
  if (steps.length === 0) throw noSuchStep(`run ${view.runId}`, wanted ?? '', view.steps);
  const stored = session.platform.logs(view.runId);
  const texts = steps.map(({ address }) => ({ step: address, log: stored.read(address) }));
  if (session.wantsJson) session.printJson({ run_id: view.runId, logs: texts });
  else if (wanted !== undefined) session.host.out(texts[0]?.log ?? '');
  else {
    for (const { step, log } of texts) {
      if (log !== null)
        session.host.out(`${session.palette.strong(`== ${step}`)}\n${log}${log.endsWith('\n') ? '' : '\n'}`);
    }
  }
  return exitCodes.success;
}

export async function schema(session: Session): Promise<number> {
  session.printJson(languageSchema);
  return exitCodes.success;
}
