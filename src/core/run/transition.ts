import type {
  AttemptFailed,
  AttemptLost,
  AttemptStarted,
  RetryDue,
  RunEvent,
  RunStarted,
  StepEnded,
  StepOutcome,
  StepSettings,
  StepSettled,
} from '../model/event.ts';
import type { Address, StepId } from '../model/ids.ts';
import { unreachable } from '../model/result.ts';
import type { StepEffect } from '../model/rollback.ts';
import { graphOf } from '../plan/graph.ts';
import type { Command } from './command.ts';
import { Draft } from './draft.ts';
import { PersistentVector } from './persistent-vector.ts';
import { emptyQueue } from './ready-queue.ts';
import { resume, rosterOf } from './resume.ts';
import { beginRollback, stepUndone, stopRollback, undoFailed, undoStarted } from './rollback.ts';
import type { Ended, Pending, RunState, StepResult, StepState } from './state.ts';

export interface Transition {
  readonly state: RunState;
  readonly commands: readonly Command[];
}

/**
 * The engine: where the run stands after an event, and what is to be done about it. Pure. Replaying a journal is
 * calling this for each event and leaving the commands undone; `run-resumed` then asks again for what is outstanding.
 *
 * Throws where an event does not fit the state: that is a bug of the engine or a journal that was tampered with.
 */
export function transition(state: RunState | null, event: RunEvent): Transition {
  if (event.kind === 'run-started') return startRun(event);
  if (state === null) throw new Error(`the journal begins with ${event.kind} instead of run-started`);

  const draft = new Draft(state, event.at);
  switch (event.kind) {
    case 'run-resumed':
      resume(draft, event, state.lastEventAt);
      break;
    case 'step-settled':
      settled(draft, event);
      break;
    case 'attempt-started':
      attemptStarted(draft, event);
      break;
    case 'attempt-failed':
      attemptFailed(draft, event);
      break;
    case 'retry-due':
      retryDue(draft, event);
      break;
    case 'attempt-lost':
      attemptLost(draft, event);
      break;
    case 'step-ended':
      stepEnded(draft, event);
      break;
    case 'cancel-requested':
      cancelRequested(draft, event.message, event.force);
      break;
    case 'run-timed-out':
      if (draft.state.phase === 'main') runTimedOut(draft);
      break;
    case 'diagnostic-noted':
      draft.state.diagnostics = [...draft.state.diagnostics, event.diagnostic];
      break;
    case 'outputs-settled':
      draft.state.outputs = event.outputs;
      draft.state.secretOutputs = event.secretOutputs;
      draft.state.phase = 'ending';
      draft.commands.push({ kind: 'end-run' });
      break;
    case 'rollback-started':
      beginRollback(draft, event);
      break;
    case 'undo-started':
      undoStarted(draft, event);
      break;
    case 'undo-failed':
      undoFailed(draft, event);
      break;
    case 'step-undone':
      stepUndone(draft, event);
      break;
    case 'run-ended':
      draft.state.phase = 'ended';
      draft.state.end = { status: event.status, at: event.at, durationMs: event.durationMs };
      break;
    default:
      unreachable(event);
  }
  return draft.settle();
}

function startRun(facts: RunStarted): Transition {
  const graph = graphOf(facts.workflow);
  const draft = new Draft(
    {
      facts,
      graph,
      roster: rosterOf(facts),
      attempt: 1,
      phase: 'main',
      steps: PersistentVector.from<StepState>(graph.nodes.map(({ edges }) => pendingStep(edges.length))),
      earlier: [],
      ready: emptyQueue,
      placesTaken: 0,
      settling: 0,
      unended: 0,
      stop: null,
      cancelled: false,
      forced: false,
      timedOut: false,
      timeoutAt: facts.timeoutMs === null ? null : facts.at + facts.timeoutMs,
      tally: { requiredFailed: 0, optionalFailed: 0, requiredBlocked: 0 },
      error: null,
      shared: {},
      writers: {},
      diagnostics: [],
      outputs: {},
      secretOutputs: [],
      rollback: null,
      ends: 0,
      lastEventAt: facts.at,
      end: null,
    },
    facts.at,
  );
  if (facts.timeoutMs !== null) draft.commands.push({ kind: 'schedule-timeout', delayMs: facts.timeoutMs });
  draft.enter('main');
  return draft.settle();
}

function pendingStep(open: number): Pending {
  return { kind: 'pending', visits: 0, open };
}

function settled(draft: Draft, event: StepSettled): void {
  const { position, step } = expect(draft, event.address, 'settling');
  const { decision } = event;
  draft.state.settling--;
  // What started while the evaluation was under way may have stopped the run.
  const stopped = !draft.mayStart(position) && !(decision.kind === 'skip' && decision.reason.kind === 'condition');
  if (stopped) return draft.skip(position, { kind: 'run-ended' }, step.visits - 1);
  switch (decision.kind) {
    case 'run':
      return draft.makeReady(position, {
        visits: step.visits,
        settings: decision.settings,
        parametersRead: event.parametersRead,
        attempt: 1,
        startedAt: null,
        failure: null,
        findings: [],
      });
    case 'skip':
      return draft.skip(position, decision.reason, step.visits);
    case 'fail':
      return draft.fail(position, decision.failure, step.visits);
  }
}

function attemptStarted(draft: Draft, event: AttemptStarted): void {
  const { position, step } = expect(draft, event.address, 'ready', 'running');
  if (step.kind === 'ready') draft.takePlace(position, event.at);
  else if (step.lost) draft.put(position, { ...step, lost: false });
  else throw new Error(`step "${event.address}" started while it was running`);
  draft.commands.push({
    kind: 'execute-attempt',
    address: event.address,
    visit: event.visit,
    attempt: event.attempt,
  });
}

function attemptFailed(draft: Draft, event: AttemptFailed): void {
  const { position, step } = expect(draft, event.address, 'running');
  const findings = [...step.findings, ...event.findings];
  draft.leavePlace();
  if (step.cancelling) {
    // The failure was decided before the cancel reached the attempt.
    draft.put(position, { ...step, findings });
    return draft.endCancelled(position, 'cancelled before the next attempt');
  }
  draft.put(position, { ...step, kind: 'retrying', failure: event.failure, retryAt: event.retryAt, findings });
  draft.commands.push({
    kind: 'schedule-retry',
    address: event.address,
    visit: event.visit,
    retryAt: event.retryAt,
  });
}

/** A cancel may have been recorded just before: then the step has ended, and nothing follows. */
function retryDue(draft: Draft, event: RetryDue): void {
  const { position, step } = expect(draft, event.address, 'retrying', 'ended');
  if (step.kind === 'retrying') draft.makeReady(position, { ...step, attempt: step.attempt + 1 });
}

function attemptLost(draft: Draft, event: AttemptLost): void {
  const { position, step } = expect(draft, event.address, 'running');
  const { resolution } = event;
  const open = draft.openEdges(position);
  if (resolution.kind === 'rerun' && open > 0) {
    // What it reads is made again first.
    draft.leavePlace();
    return draft.put(position, { kind: 'pending', visits: step.visits - 1, open });
  }
  if (resolution.kind === 'rerun' && !step.cancelling) {
    const { address, visit, attempt } = event;
    draft.commands.push({ kind: 'start-attempt', address, visit, attempt });
    return;
  }
  draft.leavePlace();
  const effect = effectOf(resolution.effect, step.settings);
  if (resolution.kind === 'rerun') return draft.endCancelled(position, 'cancelled before it ran again', effect);
  draft.end(position, {
    visits: step.visits,
    attempts: step.attempt,
    name: step.settings.name,
    startedAt: step.startedAt,
    durationMs: Math.max(0, event.at - step.startedAt),
    result:
      resolution.kind === 'done'
        ? { kind: 'success', outputs: resolution.outputs, secretOutputs: resolution.secretOutputs ?? [] }
        : { kind: 'failed', failure: resolution.failure, outputs: {} },
    parametersRead: step.parametersRead,
    findings: step.findings,
    effect,
  });
}

function effectOf(effect: StepEffect | undefined, settings: StepSettings): Ended['effect'] {
  return effect === undefined ? null : { ...effect, settings };
}

function stepEnded(draft: Draft, event: StepEnded): void {
  const { position, step } = expect(draft, event.address, 'running', 'ready', 'ended');
  // The retries' deadline passed while it waited for a place, and a cancel that was recorded just before ended it.
  if (step.kind === 'ended') return;
  if (step.kind === 'running') draft.leavePlace();
  const startedAt = step.startedAt ?? event.at;
  if (event.outcome.kind === 'success') draft.write(position, event.stateWrites, startedAt);
  draft.end(position, {
    visits: step.visits,
    attempts: step.kind === 'ready' ? step.attempt - 1 : step.attempt,
    name: step.settings.name,
    startedAt: step.startedAt,
    durationMs: event.durationMs,
    result: resultOf(event.outcome),
    parametersRead: step.parametersRead,
    findings: [...step.findings, ...event.findings],
    files: event.files,
    effect: effectOf(event.effect, step.settings),
  });
  draft.leaveQueue();
}

function resultOf(outcome: StepOutcome): StepResult {
  return outcome.kind === 'skipped'
    ? { kind: 'skipped', reason: { kind: 'handler', message: outcome.message } }
    : outcome;
}

/**
 * In `finally`, a first cancel changes nothing: `finally` runs whatever happened. A rollback goes no further than the
 * step that is being taken back.
 */
function cancelRequested(draft: Draft, message: string, force: boolean): void {
  const { state } = draft;
  if (force) state.forced = true;
  if (state.phase === 'rollback') return stopRollback(draft, message);
  const stops = state.phase === 'main' || (force && state.phase === 'finally');
  if (!stops) return;
  state.cancelled = true;
  draft.stop({ kind: 'all' }, { reason: message });
}

function runTimedOut(draft: Draft): void {
  draft.state.timedOut = true;
  draft.state.error = { step: null, kind: 'timeout', message: 'the run took longer than its timeout' };
  draft.stop({ kind: 'all' }, { reason: 'the run took longer than its timeout' });
}

function expect<Kind extends StepState['kind']>(
  draft: Draft,
  address: Address,
  ...kinds: readonly Kind[]
): { readonly position: number; readonly step: Extract<StepState, { kind: Kind }> } {
  const position = draft.state.graph.positionOf(address as string as StepId);
  if (position === undefined) throw new Error(`no step has the address "${address}"`);
  const step = draft.state.steps.at(position);
  if (!isOneOf(step, kinds))
    throw new Error(`step "${address}" is ${step.kind} where ${kinds.join(' or ')} was expected`);
  return { position, step };
}

function isOneOf<Kind extends StepState['kind']>(
  step: StepState,
  kinds: readonly Kind[],
): step is Extract<StepState, { kind: Kind }> {
  return (kinds as readonly string[]).includes(step.kind);
}
