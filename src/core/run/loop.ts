import type { RunEvent } from '../model/event.ts';
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
 * Runs from an event to the end of the run: append what came, apply it, carry out what follows from it.
 * `state` is what the journal holds so far, null for a new run. Rejects only where the journal does.
 */
export async function runLoop(
  state: RunState | null,
  first: RunEvent,
  ports: LoopPorts,
  onStart: (answer: (event: RunEvent) => void) => void,
): Promise<RunState> {
  const inbox = new Inbox<RunEvent>();
  let current = state;
  const performer = ports.performer(
    // What the engine decided is recorded before what came from outside meanwhile: a step that was let start has
    // started before the failure that nobody had read yet.
    (event) => (isDecision(event) ? inbox.pushFirst(event) : inbox.push(event)),
    () => started(current),
  );
  inbox.push(first);
  for (let turns = 1; ; turns++) {
    // What decisions follow from others, without a process between, keeps everybody else from being heard.
    if (turns % turnsInABreath === 0) await ports.breathe();
    const events = await inbox.take();
    await ports.journal.append(events, ports.alwaysFull ? 'full' : durabilityOf(events, current, ports.rollbackClass));
    // Whoever is told that the run has started can cancel it.
    if (events.includes(first)) onStart((event) => inbox.push(event));
    const commands: Command[] = [];
    for (const event of events) {
      const next = transition(current, event);
      current = next.state;
      commands.push(...next.commands);
      ports.observer.event(event);
    }
    if (started(current).phase === 'ended') return started(current);
    for (const command of [...commands, ...dueStarts(started(current))]) performer.perform(command);
  }
}

const turnsInABreath = 128;

function isDecision(event: RunEvent): boolean {
  return event.kind === 'step-settled' || event.kind === 'attempt-started';
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
