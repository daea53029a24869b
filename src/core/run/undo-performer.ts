import type { Scope, StepFacts } from '../expression/scope.ts';
import type { RunEvent, SettledDecision, StepSettings } from '../model/event.ts';
import type { Failure } from '../model/failure.ts';
import type { Address } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import type { UndoOutcome } from '../model/rollback.ts';
import { type GraphNode, nodeAt } from '../plan/graph.ts';
import { CancelSource } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  HandledOutcome,
  HandlerCall,
  HandlerCatalog,
  HandlerRunner,
  ProbeAnswer,
  UndoCall,
} from '../ports/handlers.ts';
import type { Masker } from '../ports/masker.ts';
import { type AttemptTimes, type TimedEnd, withinTime } from './attempt.ts';
import type { CancelUndo, ExecuteUndo, StartUndo } from './command.ts';
import { endOfVisit, wasInterrupted } from './completed-visits.ts';
import { placeholderOf } from './placeholders.ts';
import { secretReader } from './secret-reader.ts';
import { settleStep } from './settle-step.ts';
import type { Ended, RunState, Undoing } from './state.ts';
import type { StepBlueprint } from './step-blueprint.ts';
import { stepFactsOf } from './view.ts';

export interface UndoPorts {
  readonly clock: Clock;
  readonly catalog: HandlerCatalog;
  readonly runner: HandlerRunner;
  readonly masker: Masker;
  readonly blueprint: (node: GraphNode) => StepBlueprint;
  readonly state: () => RunState;
  readonly answer: (event: RunEvent) => void;
  /** `self`: what a step knows of itself, where that is not what its newest visit left. */
  readonly scope: (self?: { readonly id: string; readonly facts: StepFacts }) => Scope;
  readonly recordable: (decision: SettledDecision, blueprint: StepBlueprint) => SettledDecision;
  readonly call: (
    node: GraphNode,
    settings: StepSettings,
    as: { readonly owner: GraphNode; readonly visit: number; readonly attempt: number },
  ) => Result<Omit<HandlerCall, 'signal'>, string>;
  readonly nextDelay: (
    node: GraphNode,
    made: { readonly attempt: number; readonly settings: StepSettings },
    failure: Failure,
  ) => number | null;
  readonly after: (delayMs: number, callback: () => void) => void;
}

/** Carries out what a rollback asks for. Everything that leaves it for the journal has been masked. */
export class UndoPerformer {
  readonly #ports: UndoPorts;
  readonly #signals = new Map<Address, CancelSource>();
  /** Monotonic time at which taking a step back began in this process. */
  readonly #began = new Map<Address, number>();

  constructor(ports: UndoPorts) {
    this.#ports = ports;
  }

  start({ address, visit, attempt, notBefore }: StartUndo): void {
    const delayMs = notBefore - this.#now();
    if (delayMs > 0) this.#ports.after(delayMs, () => this.#begin(address, visit, attempt));
    else this.#begin(address, visit, attempt);
  }

  cancel({ address, reason }: CancelUndo): void {
    this.#signals.get(address)?.cancel(reason);
  }

  async execute({ address, visit, attempt }: ExecuteUndo): Promise<void> {
    const { node, ended, undoing } = this.#target(address, visit);
    const settings = undoing.settings ?? ended.effect?.settings;
    if (!settings) throw new Error(`nothing says how "${address}" is taken back`);
    const signal = new CancelSource();
    this.#signals.set(address, signal);
    const end = await this.#perform(node, ended, { settings, visit, attempt }, signal);
    this.#signals.delete(address);
    this.#report(node, { visit, attempt, settings }, end);
  }

  /** A cancel that came during the delay has ended the rollback: then there is nothing to begin. */
  #begin(address: Address, visit: number, attempt: number): void {
    const current = this.#ports.state().rollback?.current;
    if (current?.step !== (address as string) || current.visit !== visit) return;
    const { node, ended, undoing } = this.#target(address, visit);
    // Its own rollback is written for what it does when it is done, and may read what it gives then.
    if (wasInterrupted(ended) && ended.effect?.by === 'step') return this.#undone(address, visit, interrupted);
    if (!this.#began.has(address)) this.#began.set(address, this.#ports.clock.monotonic());
    const settled = undoing.settings === null ? this.#settle(node, visit) : ok(undoing.settings);
    if (!settled.ok) return this.#undone(address, visit, { kind: 'failed', failure: settled.error });
    const settings = settled.value;
    this.#ports.answer({ kind: 'undo-started', at: this.#now(), address, visit, attempt, settings });
  }

  /** Of the step's own `rollback`; null where the handler takes the step back with what the visit ran with. */
  #settle(node: GraphNode, visit: number): Result<StepSettings | null, Failure> {
    const { rollback } = node.step;
    if (!rollback) return ok(null);
    if (!this.#ports.catalog.find(rollback.handler)) return err(goneHandler(rollback.handler));
    const state = this.#ports.state();
    const blueprint = this.#ports.blueprint({ ...node, step: rollback });
    const decision = settleStep({
      blueprint,
      scope: this.#ports.scope(earlierSelf(state, node, visit)),
      what: 'all',
      runId: state.facts.runId,
      visit,
      readsSecret: secretReader(state),
      placeholder: placeholderOf(state, node, this.#ports.catalog),
    });
    const recordable = this.#ports.recordable(decision, blueprint);
    switch (recordable.kind) {
      case 'run':
        return ok(recordable.settings);
      case 'fail':
        return err(recordable.failure);
      case 'skip':
        throw new Error('a rollback has no condition');
    }
  }

  #perform(
    node: GraphNode,
    ended: Ended,
    made: { readonly settings: StepSettings; readonly visit: number; readonly attempt: number },
    outer: CancelSource,
  ): Promise<TimedEnd<UndoOutcome>> {
    const { rollback } = node.step;
    const gone = this.#whatIsGone(node, ended);
    if (gone !== null) return Promise.resolve({ kind: 'answered', outcome: { kind: 'failed', failure: gone } });
    const called = rollback ? { ...node, step: rollback } : node;
    const call = this.#ports.call(called, made.settings, { ...made, owner: node });
    if (!call.ok) {
      const failure = { kind: 'configuration', message: call.error } as const;
      return Promise.resolve({ kind: 'answered', outcome: { kind: 'failed', failure } });
    }
    const { runner, clock } = this.#ports;
    const changes = ended.effect?.changes ?? [];
    const { result } = ended;
    return withinTime<UndoOutcome>({
      perform: async (signal) => {
        const asked = { ...call.value, signal };
        if (rollback) return undoOf(await runner.execute(asked));
        if (result.kind === 'success') return runner.undo({ ...asked, done: { outputs: result.outputs }, changes });
        return this.#undoInterrupted({ ...asked, changes }, ended);
      },
      isDone: ({ kind }) => kind === 'undone',
      outer,
      times: timesOf(made.settings),
      clock,
    });
  }

  /** The world is asked again each time: what nobody could tell before may be plain by now. */
  async #undoInterrupted(call: HandlerCall & Pick<UndoCall, 'changes'>, { effect }: Ended): Promise<UndoOutcome> {
    const { runner } = this.#ports;
    const answer: ProbeAnswer = effect?.by === 'files' ? { kind: 'not-done' } : await runner.probe(call);
    switch (answer.kind) {
      case 'done':
        return runner.undo({ ...call, done: { outputs: answer.outputs } });
      case 'not-done':
        return runner.undo({ ...call, done: null });
      case 'unknown':
        return interrupted;
    }
  }

  /** A plugin may be another one than when the step ran: what it could undo then, nobody may say to be undone now. */
  #whatIsGone({ step }: GraphNode, { effect }: Ended): Failure | null {
    if (step.rollback || effect?.by !== 'handler') return null;
    const handler = this.#ports.catalog.find(step.handler);
    if (!handler) return goneHandler(step.handler);
    if (handler.hasUndo) return null;
    return { kind: 'not-found', message: `The handler ${step.handler} cannot undo what it did any more.` };
  }

  #report(
    node: GraphNode,
    made: { readonly visit: number; readonly attempt: number; readonly settings: StepSettings },
    end: TimedEnd<UndoOutcome>,
  ): void {
    const address = node.step.id as string as Address;
    const outcome = this.#masked(outcomeOf(end));
    const { rollback } = node.step;
    // For its conditions and patterns it is the step that it takes back: they read its facts and its log.
    const called = rollback ? { ...node, step: { ...rollback, id: node.step.id } } : node;
    const delay =
      outcome.kind === 'failed' && end.kind !== 'cancelled'
        ? this.#ports.nextDelay(called, made, outcome.failure)
        : null;
    if (outcome.kind === 'failed' && delay !== null) {
      const at = this.#now();
      const { visit, attempt } = made;
      this.#ports.answer({
        kind: 'undo-failed',
        at,
        address,
        visit,
        attempt,
        failure: outcome.failure,
        retryAt: at + delay,
      });
      return;
    }
    this.#undone(address, made.visit, outcome);
  }

  #undone(address: Address, visit: number, outcome: UndoOutcome): void {
    const began = this.#began.get(address);
    this.#began.delete(address);
    const durationMs = began === undefined ? 0 : Math.max(0, Math.round(this.#ports.clock.monotonic() - began));
    this.#ports.answer({ kind: 'step-undone', at: this.#now(), address, visit, durationMs, outcome });
  }

  #target(
    address: Address,
    visit: number,
  ): { readonly node: GraphNode; readonly ended: Ended; readonly undoing: Undoing } {
    const state = this.#ports.state();
    const node = nodeAt(state.graph, address);
    const ended = node && endOfVisit(state, { step: node.step.id, visit });
    const undoing = state.rollback?.current;
    if (!node || !ended || !undoing) throw new Error(`step "${address}" is not being taken back`);
    return { node, ended, undoing };
  }

  #masked(outcome: UndoOutcome): UndoOutcome {
    return this.#ports.masker.maskJson(outcome as unknown as Json) as unknown as UndoOutcome;
  }

  #now(): number {
    return this.#ports.clock.now();
  }
}

const interrupted: UndoOutcome = {
  kind: 'left',
  reason: 'it was interrupted, and nobody can tell whether it was done: look, and take it back by hand where it was',
  commands: [],
};

/** What a step knows of itself in a visit that others followed; for the newest one the state says it. */
function earlierSelf(state: RunState, { position, step: { id } }: GraphNode, visit: number) {
  const ended = endOfVisit(state, { step: id, visit });
  if (ended === null || state.steps.at(position) === ended) return undefined;
  const facts = stepFactsOf({ ...state, steps: state.steps.with(position, ended) }, id);
  return facts === null ? undefined : { id, facts };
}

function goneHandler(handler: string): Failure {
  return {
    kind: 'not-found',
    message: `No plugin provides the handler ${handler} any more, or the configuration file switches it off.`,
  };
}

/** What the handler of a step's own `rollback` answered. */
function undoOf(outcome: HandledOutcome): UndoOutcome {
  switch (outcome.kind) {
    case 'success':
      return { kind: 'undone' };
    case 'skipped':
      return { kind: 'undone', message: outcome.reason };
    case 'failed':
      return { kind: 'failed', failure: outcome.failure };
  }
}

function outcomeOf(end: TimedEnd<UndoOutcome>): UndoOutcome {
  switch (end.kind) {
    case 'answered':
      return end.outcome;
    case 'timeout':
      return { kind: 'failed', failure: end.failure };
    case 'cancelled':
      return { kind: 'failed', failure: { kind: 'cancelled', message: end.message } };
  }
}

function timesOf({ timeoutMs }: StepSettings): AttemptTimes {
  return { timeoutMs, timeoutMessage: `taking the step back took longer than ${(timeoutMs ?? 0) / 1000} s` };
}
