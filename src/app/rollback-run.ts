import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import { suggest } from '../core/expression/suggest.ts';
import type { RunEvent } from '../core/model/event.ts';
import { addressOf, stepId } from '../core/model/ids.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import type { Journal } from '../core/ports/run-store.ts';
import type { RunState } from '../core/run/state.ts';
import { loadWorkflow } from './load-workflow.ts';
import type { Platform } from './platform.ts';
import { replay, withRecordedRun } from './recorded-run.ts';
import { withRecordedParameters } from './resume-run.ts';
import type { RunRequest } from './run-request.ts';
import { type Drive, driveRun, type FinishedRun, type RunRefusal, type RunSession } from './run-workflow.ts';
import { settleRequest } from './settle-request.ts';

export interface RollbackRequest extends RunRequest {
  /** The steps to take back; empty: every completed one, up to the first that can never be undone. */
  readonly only: readonly string[];
}

/**
 * Takes the completed steps of a recorded run back (LANGUAGE.md section 5). A run whose engine died is cancelled first:
 * what was in flight is looked at, and what turns out to be done is taken back too.
 */
export async function rollbackRun(
  platform: Platform,
  runId: string,
  request: RollbackRequest,
  session: RunSession,
): Promise<Result<FinishedRun, RunRefusal>> {
  return withRecordedRun(platform, runId, async ({ before, events, journal }) => {
    const unknown = unknownSteps(before, request.only);
    if (unknown.length > 0) return err({ kind: 'invalid', diagnostics: unknown });
    const loaded = await loadWorkflow(platform, before.facts.file, request.set);
    if (!loaded.ok) return err({ kind: 'invalid', diagnostics: loaded.error.diagnostics });
    const settled = settleRequest(platform, loaded.value, withRecordedParameters(before, request));
    if (!settled.ok) return err({ kind: 'invalid', diagnostics: settled.error });
    session.onRun?.(journal.runId);
    const drive = { loaded: loaded.value, request, settled: settled.value, session };
    const ended = before.end === null ? await endDeadRun(platform, drive, before, events, journal) : before;
    const only = request.only.length === 0 ? null : request.only.map((id) => addressOf(stepId(id)));
    const at = platform.clock.now();
    const event = { kind: 'rollback-started', at, cause: 'request', only, visits: 'all' } as const;
    return ok(await driveRun(platform, drive, ended, event, journal));
  });
}

/** The run goes on only to be cancelled at once, so that nothing of it is in flight any more. */
async function endDeadRun(
  platform: Platform,
  drive: Drive,
  before: RunState,
  events: readonly RunEvent[],
  journal: Journal,
): Promise<RunState> {
  await platform.endLeftOvers(journal.runId);
  const seen: RunEvent[] = [];
  const { observer } = drive.session;
  const session: RunSession = {
    observer: {
      ...observer,
      event: (event) => {
        seen.push(event);
        observer.event(event);
      },
      output: (address, chunk, stream) => observer.output(address, chunk, stream),
      log: (address, level, message) => observer.log(address, level, message),
    },
    onCancel: (cancel) => cancel('the run is rolled back instead of going on', true),
  };
  const event = {
    kind: 'run-resumed',
    at: platform.clock.now(),
    attempt: before.attempt + 1,
    changes: {},
    again: [],
    keepsOrder: true,
  } as const;
  await driveRun(platform, { ...drive, session }, before, event, journal);
  const ended = replay([...events, ...seen]);
  if (ended === null) throw new Error('a run that was driven has a state');
  return ended;
}

function unknownSteps({ graph }: RunState, only: readonly string[]): readonly Diagnostic[] {
  const known = graph.nodes.map(({ step }) => step.id as string);
  return only
    .filter((id) => graph.positionOf(stepId(id)) === undefined)
    .map((id) => {
      const near = suggest(id, known);
      const hint = near === null ? `its steps are ${known.join(', ')}` : `did you mean \`${near}\`?`;
      return { code: 'unknown-step', severity: 'error', message: `The run has no step \`${id}\`.`, hint };
    });
}
