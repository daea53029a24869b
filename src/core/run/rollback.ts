import type { RollbackStarted, StepUndone, UndoFailed, UndoStarted } from '../model/event.ts';
import { type Address, addressOf, type StepId } from '../model/ids.ts';
import type { UndoOutcome } from '../model/rollback.ts';
import { upstreamOf } from '../plan/reachability.ts';
import type { Draft } from './draft.ts';
import type { Ended, Rollback, RunState, Undoing } from './state.ts';

/**
 * Taking completed steps back (LANGUAGE.md section 5): in reverse order of completion, one by one, up to the first one
 * that can never be undone. What a handler had to leave standing keeps what it was built on: a commit that is on the
 * remote for good is not taken away here.
 */
export function beginRollback(draft: Draft, event: RollbackStarted): void {
  const { state } = draft;
  // A cancel came before it had begun.
  if (event.cause === 'failure' && state.rollback !== null) return;
  // Somebody asks for it after the end of the run.
  state.end = null;
  state.phase = 'rollback';
  const completed = completedSteps(state, event.only);
  const barrier = event.only === null ? completed.findIndex(({ effect }) => effect.class === 'never') : -1;
  const [reachable, beyond] =
    barrier === -1 ? [completed, []] : [completed.slice(0, barrier), completed.slice(barrier)];
  state.rollback = {
    cause: event.cause,
    queue: reachable.map(({ id }) => id),
    current: null,
    ends: [],
    startedAt: event.at,
  };
  startNext(draft);
  for (const { id } of beyond) leave(draft, id, reasonBeyond(beyond[0]?.id, id), id !== beyond[0]?.id);
}

export function undoStarted(draft: Draft, event: UndoStarted): void {
  if (wasLeft(draft, event.address)) return;
  const { rollback, current } = underWay(draft, event.address);
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
  const { rollback, current } = underWay(draft, event.address);
  if (current.cancelling) {
    // The failure was decided before the cancel reached the attempt: none follows.
    return ended(draft, { kind: 'failed', failure: event.failure }, event.at);
  }
  const next = { ...current, kind: 'starting', attempt: event.attempt + 1, notBefore: event.retryAt } as const;
  draft.state.rollback = { ...rollback, current: next };
  pushStart(draft, next);
}

export function stepUndone(draft: Draft, event: StepUndone): void {
  if (wasLeft(draft, event.address)) return;
  underWay(draft, event.address);
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
    leave(draft, current.step, cancelledBy(reason));
  }
  for (const id of queue) leave(draft, id, cancelledBy(reason));
}

/** The run had failed and nothing was taken back yet: as a cancel does not roll back, nothing is. */
function neverBegin(draft: Draft, reason: string): void {
  const { state } = draft;
  state.rollback = { cause: 'failure', queue: [], current: null, ends: [], startedAt: state.lastEventAt };
  for (const { id } of completedSteps(state, null)) leave(draft, id, cancelledBy(reason));
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
    return leave(draft, current.step, 'the rollback was cancelled');
  }
  const again = { ...current, kind: 'starting' } as const;
  draft.state.rollback = { ...rollback, current: again };
  pushStart(draft, again);
}

interface Completed {
  readonly id: StepId;
  readonly effect: NonNullable<Ended['effect']>;
}

/** Main steps that ended in success and left something, the newest first. */
function completedSteps(state: RunState, only: readonly Address[] | null): readonly Completed[] {
  const asked = only && new Set<string>(only);
  const found: (Completed & { readonly order: number })[] = [];
  for (const { position, section, step } of state.graph.nodes) {
    const known = state.steps.at(position);
    if (section !== 'main' || known.kind !== 'ended' || known.undone) continue;
    if (known.result.kind !== 'success' || known.effect === null) continue;
    if (asked && !asked.has(step.id)) continue;
    found.push({ id: step.id, effect: known.effect, order: known.order });
  }
  return found.sort((a, b) => b.order - a.order);
}

function reasonBeyond(barrier: StepId | undefined, id: StepId): string {
  if (id === barrier) return 'what it did cannot be undone';
  return `it came before "${barrier}", which cannot be undone`;
}

/** Takes the next step that can be taken back; those that must stay are passed over with a word. */
function startNext(draft: Draft): void {
  for (;;) {
    const { rollback } = draft.state;
    const [next, ...queue] = rollback?.queue ?? [];
    if (rollback === null || next === undefined) return;
    draft.state.rollback = { ...rollback, queue };
    const step = endedStep(draft.state, next);
    // A resume with another definition may have taken it out.
    if (step?.effect == null) continue;
    if (step.effect.class === 'never') {
      leave(draft, next, 'what it did cannot be undone', false);
      continue;
    }
    const keeper = step.effect.by === 'step' ? null : keeperOf(draft.state, rollback, next);
    if (keeper !== null) {
      leave(draft, next, `"${keeper}", which was built on it, stands`);
      continue;
    }
    const current: Undoing = {
      step: next,
      visit: step.visits,
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

/** A step downstream whose handler had to leave its effect standing; null where there is none. */
function keeperOf(state: RunState, { ends }: Rollback, id: StepId): StepId | null {
  const position = state.graph.positionOf(id);
  for (const { step, outcome } of ends) {
    if (outcome.kind !== 'left' || endedStep(state, step)?.effect?.by !== 'handler') continue;
    const standing = state.graph.positionOf(step);
    if (position === undefined || standing === undefined) continue;
    if (upstreamOf(state.graph, [standing]).has(position)) return step;
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
  const position = draft.state.graph.positionOf(step);
  const known = position === undefined ? undefined : draft.state.steps.at(position);
  if (outcome.kind === 'undone' && position !== undefined && known?.kind === 'ended') {
    draft.put(position, { ...known, undone: true });
  }
  startNext(draft);
}

/** `again`: asking for this step alone may still take it back. */
function leave(draft: Draft, id: StepId, reason: string, again = true): void {
  const { rollback, facts } = draft.state;
  if (rollback === null) return;
  const commands = again ? [`vwmp rollback ${facts.runId} --only ${id}`] : [];
  const visit = endedStep(draft.state, id)?.visits ?? 1;
  const end = { step: id, visit, outcome: { kind: 'left', reason, commands }, durationMs: null } as const;
  draft.state.rollback = { ...rollback, ends: [...rollback.ends, end] };
}

function endedStep(state: RunState, id: StepId): Ended | null {
  const position = state.graph.positionOf(id);
  const step = position === undefined ? undefined : state.steps.at(position);
  return step?.kind === 'ended' ? step : null;
}

/** A cancel that was recorded just before has left the step: nothing of it has been begun. */
function wasLeft({ state: { rollback } }: Draft, address: Address): boolean {
  if (rollback === null || rollback.current !== null) return false;
  return rollback.ends.some(({ step, outcome }) => addressOf(step) === address && outcome.kind === 'left');
}

function underWay({ state }: Draft, address: Address): { readonly rollback: Rollback; readonly current: Undoing } {
  const { rollback } = state;
  const current = rollback?.current;
  if (rollback == null || current == null || addressOf(current.step) !== address) {
    throw new Error(`step "${address}" is not being taken back`);
  }
  return { rollback, current };
}
