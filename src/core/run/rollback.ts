import type { RollbackStarted, StepUndone, UndoFailed, UndoStarted } from '../model/event.ts';
import { addressOf, type StepId } from '../model/ids.ts';
import type { UndoOutcome } from '../model/rollback.ts';
import { upstreamOf } from '../plan/reachability.ts';
import { completedVisits, endOfVisit, wasInterrupted } from './completed-visits.ts';
import type { Draft } from './draft.ts';
import type { Ended, Rollback, RunState, Undoing, VisitOf } from './state.ts';

/**
 * Taking completed steps back (LANGUAGE.md section 5): in reverse order of completion, one by one, up to the first one
 * that can never be undone. What a handler had to leave standing, or could not take back, keeps what it was built on: a
 * commit that is on the remote for good is not taken away here, nor are its files taken back from under it.
 */
export function beginRollback(draft: Draft, event: RollbackStarted): void {
  const { state } = draft;
  // A cancel came before it had begun.
  if (event.cause === 'failure' && state.rollback !== null) return;
  // Somebody asks for it after the end of the run.
  state.end = null;
  state.phase = 'rollback';
  const completed = completedVisits(state, { only: event.only, earlier: event.visits === 'all' });
  const barrier = event.only === null ? completed.findIndex(({ effect }) => effect.class === 'never') : -1;
  const [reachable, beyond] =
    barrier === -1 ? [completed, []] : [completed.slice(0, barrier), completed.slice(barrier)];
  state.rollback = {
    cause: event.cause,
    queue: reachable,
    current: null,
    ends: [],
    startedAt: event.at,
  };
  startNext(draft);
  for (const visit of beyond) leave(draft, visit, reasonBeyond(state, beyond[0], visit), visit !== beyond[0]);
}

export function undoStarted(draft: Draft, event: UndoStarted): void {
  if (wasLeft(draft, event)) return;
  const { rollback, current } = underWay(draft, event);
  draft.state.rollback = {
    ...rollback,
    current: {
      ...current,
      kind: 'running',
      attempt: event.attempt,
      startedAt: current.startedAt ?? event.at,
      settings: event.settings,
    },
  };
  draft.commands.push({
    kind: 'execute-undo',
    address: event.address,
    visit: event.visit,
    attempt: event.attempt,
  });
}

export function undoFailed(draft: Draft, event: UndoFailed): void {
  const { rollback, current } = underWay(draft, event);
  if (current.cancelling) {
    // The failure was decided before the cancel reached the attempt: none follows.
    return ended(draft, { kind: 'failed', failure: event.failure }, event.at);
  }
  const next = { ...current, kind: 'starting', attempt: event.attempt + 1, notBefore: event.retryAt } as const;
  draft.state.rollback = { ...rollback, current: next };
  pushStart(draft, next);
}

export function stepUndone(draft: Draft, event: StepUndone): void {
  if (wasLeft(draft, event)) return;
  underWay(draft, event);
  ended(draft, event.outcome, event.at);
}

/** Nothing more is begun. What is being taken back may still end by itself; a second cancel tells it to. */
export function stopRollback(draft: Draft, reason: string): void {
  const { rollback, forced } = draft.state;
  if (rollback === null) return neverBegin(draft, reason);
  const { queue, current } = rollback;
  draft.state.rollback = { ...rollback, queue: [] };
  if (current?.kind === 'running') {
    draft.state.rollback = { ...draft.state.rollback, current: { ...current, cancelling: true } };
    if (forced) draft.commands.push({ kind: 'cancel-undo', address: addressOf(current.step), reason });
  } else if (current !== null) {
    draft.state.rollback = { ...draft.state.rollback, current: null };
    leave(draft, current, cancelledBy(reason));
  }
  for (const visit of queue) leave(draft, visit, cancelledBy(reason));
}

/** The run had failed and nothing was taken back yet: as a cancel does not roll back, nothing is. */
function neverBegin(draft: Draft, reason: string): void {
  const { state } = draft;
  state.rollback = { cause: 'failure', queue: [], current: null, ends: [], startedAt: state.lastEventAt };
  for (const visit of completedVisits(state, { only: null, earlier: true })) leave(draft, visit, cancelledBy(reason));
}

function cancelledBy(reason: string): string {
  return `the rollback was cancelled (${reason})`;
}

/** The engine died meanwhile: what was under way is asked for again. */
export function goOnRollingBack(draft: Draft): void {
  const { rollback } = draft.state;
  if (rollback === null) {
    draft.commands.push({ kind: 'begin-rollback' });
    return;
  }
  const { current } = rollback;
  if (current === null) return;
  // Whether it came to its end nobody saw; as nothing more is begun, that is for the next rollback.
  if (current.cancelling) {
    draft.state.rollback = { ...rollback, current: null };
    return leave(draft, current, 'the rollback was cancelled');
  }
  const again = { ...current, kind: 'starting' } as const;
  draft.state.rollback = { ...rollback, current: again };
  pushStart(draft, again);
}

function reasonBeyond(state: RunState, barrier: VisitOf | undefined, visit: VisitOf): string {
  if (visit === barrier) return finalReason(endOfVisit(state, visit));
  return `it came before "${barrier?.step}", which cannot be undone`;
}

function finalReason(ended: Ended | null): string {
  if (ended === null || !wasInterrupted(ended)) return 'what it did cannot be undone';
  return 'it was interrupted, and if it was done, that cannot be undone';
}

/** Takes the next visit that can be taken back; those that must stay are passed over with a word. */
function startNext(draft: Draft): void {
  for (;;) {
    const { rollback } = draft.state;
    const [next, ...queue] = rollback?.queue ?? [];
    if (rollback === null || next === undefined) return;
    draft.state.rollback = { ...rollback, queue };
    const ended = endOfVisit(draft.state, next);
    const effect = ended?.effect;
    // A resume with another definition may have taken it out.
    if (effect == null) continue;
    if (effect.class === 'never') {
      leave(draft, next, finalReason(ended), false);
      continue;
    }
    const keeper = effect.by === 'step' ? null : keeperOf(draft.state, rollback, next);
    if (keeper !== null) {
      // Alone, it would be taken away from under what stands on it.
      leave(draft, next, `"${keeper.step}", which was built on it, ${keeper.why}`, false);
      continue;
    }
    const current: Undoing = {
      step: next.step,
      visit: next.visit,
      attempt: 1,
      kind: 'starting',
      startedAt: null,
      settings: null,
      notBefore: 0,
      cancelling: false,
    };
    draft.state.rollback = { ...draft.state.rollback, current };
    return pushStart(draft, current);
  }
}

/** A step downstream, or the step itself in a later visit, whose effect still stands; null where there is none. */
function keeperOf(
  state: RunState,
  { ends }: Rollback,
  { step: id }: VisitOf,
): { readonly step: StepId; readonly why: string } | null {
  const position = state.graph.positionOf(id);
  for (const end of ends) {
    if (end.outcome.kind === 'undone' || endOfVisit(state, end)?.effect?.by !== 'handler') continue;
    const standing = state.graph.positionOf(end.step);
    if (position === undefined || standing === undefined) continue;
    if (standing !== position && !upstreamOf(state.graph, [standing]).has(position)) continue;
    return { step: end.step, why: end.outcome.kind === 'left' ? 'stands' : 'could not be taken back' };
  }
  return null;
}

function pushStart(draft: Draft, { step, visit, attempt, notBefore }: Undoing): void {
  draft.commands.push({ kind: 'start-undo', address: addressOf(step), visit, attempt, notBefore });
}

function ended(draft: Draft, outcome: UndoOutcome, at: number): void {
  const { rollback } = draft.state;
  const current = rollback?.current;
  if (rollback == null || current == null) throw new Error('nothing is being taken back');
  const { step, visit, startedAt } = current;
  const durationMs = startedAt === null ? null : Math.max(0, at - startedAt);
  draft.state.rollback = {
    ...rollback,
    current: null,
    ends: [...rollback.ends, { step, visit, outcome, durationMs }],
  };
  if (outcome.kind === 'undone') markUndone(draft, current);
  startNext(draft);
}

function markUndone(draft: Draft, undone: VisitOf): void {
  const ended = endOfVisit(draft.state, undone);
  const position = draft.state.graph.positionOf(undone.step);
  if (ended === null || position === undefined) return;
  if (draft.state.steps.at(position) === ended) return draft.put(position, { ...ended, undone: true });
  draft.state.earlier = draft.state.earlier.map((each) =>
    each.ended === ended ? { ...each, ended: { ...ended, undone: true } } : each,
  );
}

/** `again`: asking for this step alone may still take it back. */
function leave(draft: Draft, { step, visit }: VisitOf, reason: string, again = true): void {
  const { rollback, facts } = draft.state;
  if (rollback === null) return;
  const commands = again ? [`vwmp rollback ${facts.runId} --only ${step}`] : [];
  const end = { step, visit, outcome: { kind: 'left', reason, commands }, durationMs: null } as const;
  draft.state.rollback = { ...rollback, ends: [...rollback.ends, end] };
}

/** A cancel that was recorded just before has left the step: nothing of it has been begun. */
function wasLeft({ state: { rollback } }: Draft, event: UndoOf): boolean {
  if (rollback === null || rollback.current !== null) return false;
  return rollback.ends.some((end) => isOf(event, end) && end.outcome.kind === 'left');
}

function underWay({ state }: Draft, event: UndoOf): { readonly rollback: Rollback; readonly current: Undoing } {
  const { rollback } = state;
  const current = rollback?.current;
  if (rollback == null || current == null || !isOf(event, current)) {
    throw new Error(`visit ${event.visit} of step "${event.address}" is not being taken back`);
  }
  return { rollback, current };
}

type UndoOf = Pick<StepUndone, 'address' | 'visit'>;

function isOf({ address, visit }: UndoOf, of: VisitOf): boolean {
  return addressOf(of.step) === address && of.visit === visit;
}
