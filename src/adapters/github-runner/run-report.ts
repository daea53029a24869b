import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import type { RunStatus } from '../../core/model/event.ts';
import type { PlanView } from '../../core/model/plan-view.ts';
import { unreachable } from '../../core/model/result.ts';
import type { RunView } from '../../core/model/run-view.ts';
import { annotationCommand, diagnosticAnnotations, runAnnotations } from '../../core/report/annotations.ts';
import { diagnosticsSummary } from '../../core/report/diagnostics-summary.ts';
import { type JobSummaryOptions, jobSummary } from '../../core/report/job-summary.ts';
import { planSummary } from '../../core/report/plan-summary.ts';
import { planText } from '../../core/report/plan-text.ts';
import { runText } from '../../core/report/run-text.ts';
import type { ActionInputs } from './action-inputs.ts';
import { writeEmptyOutputs, writeRunOutputs } from './run-outputs.ts';
import type { RunnerConsole } from './runner-console.ts';
import type { RunnerFiles } from './runner-files.ts';
import { runnerView } from './runner-view.ts';

/** Where the action's report goes: log, annotations, summary page, outputs. */
export interface ReportTargets {
  readonly console: RunnerConsole;
  readonly files: RunnerFiles;
  readonly summary: ActionInputs['summary'];
}

/** The end of a run for the job. */
export function reportRun(run: RunView, logTails: JobSummaryOptions['logTails'], targets: ReportTargets): void {
  const { console, files, summary } = targets;
  const view = runnerView(run);
  console.line(runText(view).trimEnd());
  for (const annotation of runAnnotations(view)) console.rawCommand(annotationCommand(annotation));
  for (const remark of writeRunOutputs(view, files)) console.line(remark);
  appendSummary(jobSummary(view, { logTails, mode: summary }), targets);
}

/** The plan for the job. */
export function reportPlan(view: PlanView, targets: ReportTargets): void {
  targets.console.line(planText(view).trimEnd());
  annotate(view.diagnostics, targets);
  writeEmptyOutputs('success', targets.files);
  if (targets.summary !== 'off') appendSummary(planSummary(view), targets);
}

/** What checking the definition came to, or why nothing was started. `title` is one line for people. */
export function reportDiagnostics(
  title: string,
  diagnostics: readonly Diagnostic[],
  status: 'success' | 'failed',
  targets: ReportTargets,
): void {
  const { console, files, summary } = targets;
  for (const diagnostic of diagnostics) console.line(diagnosticText(diagnostic));
  console.line(title);
  annotate(diagnostics, targets);
  writeEmptyOutputs(status, files);
  if (summary !== 'off') appendSummary(diagnosticsSummary(title, diagnostics), targets);
}

/**
 * Tells of files that could not be written. False where outputs are lost: jobs that rely on them must not go on as if
 * there were none.
 */
export function reportFileFaults({ console, files }: ReportTargets): boolean {
  for (const { variable, message } of files.faults) {
    const level = variable === 'GITHUB_OUTPUT' ? 'error' : 'warning';
    const lost = variable === 'GITHUB_OUTPUT' ? 'The outputs are lost' : 'The summary page is lost';
    const text = `${lost}: the file that ${variable} names cannot be written. ${message}`;
    console.rawCommand(annotationCommand({ level, title: 'file', message: text }));
  }
  return files.faults.every(({ variable }) => variable !== 'GITHUB_OUTPUT');
}

/** Whether the job fails. A run that waits fails it, so that jobs that need it do not start. */
export function failsJob(status: RunStatus, failOn: ActionInputs['failOn']): boolean {
  switch (status) {
    case 'success':
      return false;
    case 'partial':
      return failOn === 'partial';
    case 'failed':
    case 'cancelled':
    case 'waiting':
      return true;
    default:
      return unreachable(status);
  }
}

function annotate(diagnostics: readonly Diagnostic[], { console }: ReportTargets): void {
  for (const annotation of diagnosticAnnotations(diagnostics)) console.rawCommand(annotationCommand(annotation));
}

function appendSummary(markdown: string, { files, console }: ReportTargets): void {
  if (markdown === '' || files.appendSummary(markdown)) return;
  console.line('The runner offers no summary page: GITHUB_STEP_SUMMARY is not set.');
}

function diagnosticText({ severity, code, message, span, hint }: Diagnostic): string {
  const place = span ? `${span.file}:${span.start.line}:${span.start.column}: ` : '';
  return `${place}${severity}[${code}] ${message}${hint ? `\n  ${hint}` : ''}`;
}
