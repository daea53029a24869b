import type { RunEvent } from '../model/event.ts';
import { unreachable } from '../model/result.ts';
import type { RollbackClass } from '../model/rollback.ts';
import { nodeAt } from '../plan/graph.ts';
import type { Observer } from '../ports/observer.ts';
import type { Durability, Journal } from '../ports/run-store.ts';
import type { Command } from './command.ts';
import { dueStarts } from './due-starts.ts';
import { Inbox } from './inbox.ts';
import type { RunState } from './state.ts';
import { transition } from './transition.ts';

/** Carries out commands and answers each with events, sooner or later; `start-attempt` before it returns. */
export interface Performer {
  perform(command: Command): void;
}

export interface LoopPorts {
  readonly journal: Journal;
  readonly observer: Observer;
  /** Makes the performer of this run; `answer` is where its events go, `state` gives the newest state. */
  readonly performer: (answer: (event: RunEvent) => void, state: () => RunState) => Performer;
  readonly rollbackClass: (handler: string) => RollbackClass;
  /** Resolves once everything has had its turn that waits beside the engine: signals, timers, ends of processes. */
  readonly breathe: () => Promise<void>;
  /** Full durability for every event. */
  readonly alwaysFull: boolean;
}

/**
 * Runs from an event to the end of the run. What comes from outside is recorded before anything is worked out from it;
 * what the engine decides because of it is recorded together; then what follows is carried out. So nothing is done
 * outside memory before the events that lead to it are durable. `state` is what the journal holds so far, null for a
 * new run. Rejects only where the journal does.
 */
export async function runLoop(
  state: RunState | null,
  first: RunEvent,
  ports: LoopPorts,
  onStart: (answer: (event: RunEvent) => void) => void,
): Promise<RunState> {
  const inbox = new Inbox<RunEvent>();
  let current = state;
  let answers: RunEvent[] | null = null;
  const performer = ports.performer(
    (event) => (answers === null ? inbox.push(event) : answers.push(event)),
    () => started(current),
  );

  const record = async (events: readonly RunEvent[]): Promise<void> => {
    if (events.length === 0) return;
    await ports.journal.append(events, ports.alwaysFull ? 'full' : durabilityOf(events, current, ports.rollbackClass));
    // Whoever is told that the run has started can cancel it.
    if (events.includes(first)) onStart((event) => inbox.push(event));
    for (const event of events) ports.observer.event(event);
  };
  const apply = (events: readonly RunEvent[]): readonly Command[] =>
    events.flatMap((event) => {
      const next = transition(current, event);
      current = next.state;
      return next.commands;
    });
  const decide = (commands: readonly Command[]): readonly RunEvent[] => {
    const decided: RunEvent[] = [];
    answers = decided;
    for (const command of commands) performer.perform(command);
    answers = null;
    return decided;
  };
  const hasEnded = () => started(current).phase === 'ended';

  inbox.push(first);
  let commands: readonly Command[] = [];
  for (let isCut = false; ; ) {
    const came = isCut ? inbox.takeNow() : await inbox.take();
    await record(came);
    commands = [...commands, ...apply(came)];
    const acts: Command[] = [];
    const decided: RunEvent[] = [];
    let newest: readonly RunEvent[];
    do {
      const due = [...commands, ...dueStarts(started(current))];
      acts.push(...due.filter((command) => !isDecided(command)));
      newest = decide(due.filter(isDecided));
      decided.push(...newest);
      commands = apply(newest);
      // Whoever says something meanwhile is heard before the next step is let start.
    } while (newest.length > 0 && inbox.isEmpty && decided.length < mostTogether && !hasEnded());
    await record(decided);
    if (hasEnded()) return started(current);
    for (const command of acts) performer.perform(command);
    isCut = newest.length > 0 && inbox.isEmpty;
    if (isCut) await ports.breathe();
  }
}

/** So many decisions are made at the most before somebody outside can be heard. */
const mostTogether = 256;

/** Whether the performer works the answer out by itself, touching nothing but memory. */
function isDecided({ kind }: Command): boolean {
  switch (kind) {
    case 'settle-step':
    case 'start-attempt':
    case 'settle-outputs':
    case 'begin-rollback':
    case 'start-undo':
    case 'end-run':
      return true;
    case 'execute-attempt':
    case 'cancel-attempt':
    case 'schedule-retry':
    case 'resolve-lost':
    case 'schedule-timeout':
    case 'execute-undo':
    case 'cancel-undo':
      return false;
    default:
      return unreachable(kind);
  }
}

function started(state: RunState | null): RunState {
  if (state === null) throw new Error('the run has not started');
  return state;
}

/** Before and after a step that cannot simply be undone, and while steps are taken back, the record must survive a loss of power. */
function durabilityOf(
  events: readonly RunEvent[],
  state: RunState | null,
  rollbackClass: (handler: string) => RollbackClass,
): Durability {
  return events.some((event) => {
    if (event.kind === 'undo-started' || event.kind === 'step-undone') return true;
    if (event.kind !== 'attempt-started' && event.kind !== 'step-ended' && event.kind !== 'attempt-lost') return false;
    const node = state && nodeAt(state.graph, event.address);
    const kind = node && rollbackClass(node.step.handler);
    return kind === 'undo-with-care' || kind === 'never';
  })
    ? 'full'
    : 'normal';
}
