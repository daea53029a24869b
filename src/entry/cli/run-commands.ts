import { EventObserver } from '../../adapters/terminal/event-observer.ts';
import { LineObserver } from '../../adapters/terminal/line-observer.ts';
import { LiveObserver } from '../../adapters/terminal/live-observer.ts';
import { planWorkflow } from '../../app/plan-workflow.ts';
import { resumeRun } from '../../app/resume-run.ts';
import { rollbackRun } from '../../app/rollback-run.ts';
import { nothingAsked } from '../../app/run-request.ts';
import { type FinishedRun, type RunRefusal, type RunSession, runWorkflow } from '../../app/run-workflow.ts';
import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import type { RunStatus } from '../../core/model/event.ts';
import type { Result } from '../../core/model/result.ts';
import { unreachable } from '../../core/model/result.ts';
import type { RunView } from '../../core/model/run-view.ts';
import type { Observer } from '../../core/ports/observer.ts';
import { refusalJson } from '../../core/report/diagnostic-json.ts';
import { planJson } from '../../core/report/plan-json.ts';
import { planText } from '../../core/report/plan-text.ts';
import { isRollbackComplete } from '../../core/report/rollback-text.ts';
import { runJson } from '../../core/report/run-json.ts';
import { runText } from '../../core/report/run-text.ts';
import { exitCodes } from '../exit-codes.ts';
import { readRequest } from './read-request.ts';
import type { Session } from './session.ts';

/** `vwmp run`: to the end of the run. Gives the exit code. */
export async function run(session: Session): Promise<number> {
  if (session.args.flags.has('dry-run')) return plan(session);
  const reference = session.reference(session.positional(0));
  const request = readRequest(session);
  return finish(session, await runWorkflow(session.platform, reference, request, sessionOf(session)));
}

export async function resume(session: Session): Promise<number> {
  const request = { ...readRequest(session), acceptChanges: session.args.flags.has('accept-changes') };
  return finish(session, await resumeRun(session.platform, session.positional(0), request, sessionOf(session)));
}

/** `vwmp rollback`: what could not be taken back is a failure. */
export async function rollback(session: Session): Promise<number> {
  const request = readRequest(session);
  const { only } = request.selection;
  const asked = { ...request, selection: nothingAsked.selection, only };
  const watched = sessionOf(session);
  let isCancelled = false;
  const result = await rollbackRun(session.platform, session.positional(0), asked, {
    ...watched,
    onCancel: (cancel) =>
      watched.onCancel((message, force) => {
        isCancelled = true;
        cancel(message, force);
      }),
  });
  const code = finish(session, result);
  if (!result.ok) return code;
  if (isRollbackComplete(result.value.view)) return exitCodes.success;
  return isCancelled ? exitCodes.cancelled : exitCodes.failed;
}

export async function plan(session: Session): Promise<number> {
  const reference = session.reference(session.positional(0));
  const planned = await planWorkflow(session.platform, reference, readRequest(session));
  if (!planned.ok) return refuse(session, planned.error.diagnostics);
  if (session.wantsJson) session.printJson(planJson(planned.value));
  else {
    session.report(planned.value.diagnostics);
    session.host.out(planText(planned.value));
  }
  return exitCodes.success;
}

function sessionOf(session: Session): RunSession {
  return {
    observer: observerOf(session),
    onCancel: (cancel) => {
      let asked = 0;
      session.host.onInterrupt((signal) => {
        asked++;
        cancel(`cancelled by ${signal}`, asked > 1);
      });
    },
  };
}

function observerOf(session: Session): Observer {
  const { host, args, palette } = session;
  if (args.flags.has('events')) return new EventObserver(host.out);
  if (session.wantsJson || args.flags.has('quiet')) return { event: () => {}, output: () => undefined, log: () => {} };
  if (!host.isTerminal) return new LineObserver(host.paced, palette);
  const terminal = {
    write: host.out,
    get columns() {
      return host.columns();
    },
    get rows() {
      return host.rows();
    },
  };
  return new LiveObserver(terminal, palette, session.platform.clock);
}

function finish(session: Session, result: Result<FinishedRun, RunRefusal>): number {
  if (!result.ok) return refuseRun(session, result.error);
  const { view, diagnostics } = result.value;
  const { host, args } = session;
  if (session.wantsJson) session.printJson(runJson({ ...view, diagnostics }));
  else if (!args.flags.has('events')) {
    if (diagnostics.length > 0) session.report(diagnostics);
    if (host.isTerminal) showFailedLogs(session, view);
    host.out(`${args.flags.has('quiet') ? '' : '\n'}${runText(view)}`);
  }
  return exitCodeOf(view.status, args.flags.has('strict'));
}

/** The live view shows one line of what a step prints; where it failed, people want the end of it. */
function showFailedLogs({ platform, host, palette }: Session, view: RunView): void {
  const logs = platform.logs(view.runId);
  for (const { address, name, status } of view.steps) {
    const lines = status === 'failed' ? logs.tail(address).split('\n').slice(-shownLogLines) : [];
    if (lines.join('') === '') continue;
    host.out(`\n${palette.strong(name)} printed last (all of it: vwmp logs ${view.runId} ${address})\n`);
    for (const line of lines) host.out(`  ${palette.dim('│')} ${line}\n`);
  }
}

const shownLogLines = 15;

/** A partial run is a success unless `--strict` says otherwise. */
export function exitCodeOf(status: RunStatus, strict: boolean): number {
  switch (status) {
    case 'success':
      return exitCodes.success;
    case 'partial':
      return strict ? exitCodes.failed : exitCodes.success;
    case 'failed':
      return exitCodes.failed;
    case 'cancelled':
      return exitCodes.cancelled;
    case 'waiting':
      return exitCodes.waiting;
    default:
      return unreachable(status);
  }
}

function refuseRun(session: Session, refusal: RunRefusal): number {
  if (refusal.kind === 'invalid') return refuse(session, refusal.diagnostics);
  refuse(session, refusal.diagnostics);
  return exitCodes.stateRefused;
}

/** Recorded state cannot be read. */
export function refuseState(session: Session, message: string): number {
  refuse(session, [{ code: 'state', severity: 'error', message }]);
  return exitCodes.stateRefused;
}

export function refuse(session: Session, diagnostics: readonly Diagnostic[]): number {
  if (session.wantsJson) session.printJson(refusalJson(diagnostics));
  else session.report(diagnostics);
  return exitCodes.wrong;
}
