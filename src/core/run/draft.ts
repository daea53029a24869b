import type { Failure } from '../model/failure.ts';
import { addressOf } from '../model/ids.ts';
import type { JsonMap } from '../model/json.ts';
import type { SkipReason } from '../model/skip.ts';
import type { GraphNode } from '../plan/graph.ts';
import type { Command } from './command.ts';
import { answersFailure, isThrough, verdictOf } from './edges.ts';
import { dequeue, enqueue } from './ready-queue.ts';
import type { Ended, Phase, Ready, RunState, StepResult, StepState, Stop } from './state.ts';

/** What is known of a step's end; the rest has its default. */
type Ending = Pick<Ended, 'visits' | 'attempts' | 'name' | 'startedAt' | 'durationMs' | 'result'> & Partial<Ended>;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * The next state in the making. One event may end a step, which makes others due, which may end them in turn; the
 * draft carries that on, without recursion, until nothing is due. It works on its own copy of the state's top level,
 * so `transition` stays a pure function. Which ready steps start is not decided here: see `dueStarts`.
 */
export class Draft {
  readonly state: Mutable<RunState>;
  readonly commands: Command[] = [];
  /** Steps whose last dependency has ended. */
  readonly #due: number[] = [];
  readonly #at: number;

  constructor(state: RunState, at: number) {
    this.state = { ...state, lastEventAt: at };
    this.#at = at;
  }

  node(position: number): GraphNode {
    const node = this.state.graph.nodes[position];
    if (!node) throw new Error(`no step at position ${position}`);
    return node;
  }

  put(position: number, step: StepState): void {
    this.state.steps = this.state.steps.with(position, step);
  }

  /** Follows every consequence of what was changed: due steps, the next phase. */
  settle(): { readonly state: RunState; readonly commands: readonly Command[] } {
    do {
      for (let position = this.#due.pop(); position !== undefined; position = this.#due.pop())
        this.#settleDue(position);
    } while (this.#advance());
    return { state: this.state, commands: this.commands };
  }

  enter(phase: Phase): void {
    this.state.phase = phase;
    const { graph } = this.state;
    const section = phase === 'main' ? 'main' : 'finally';
    const first = section === 'main' ? 0 : graph.mainCount;
    const last = section === 'main' ? graph.mainCount : graph.nodes.length;
    this.state.unended = 0;
    // From the end, because due steps are taken from the end: the one written first is settled first.
    for (let position = last - 1; position >= first; position--) {
      const step = this.state.steps.at(position);
      if (step.kind === 'ended') continue;
      this.state.unended++;
      if (step.kind === 'pending' && step.open === 0) this.#due.push(position);
    }
  }

  /** Edges over which nothing has come yet. */
  openEdges(position: number): number {
    return this.node(position).edges.filter(({ from }) => !isThrough(this.state.steps.at(from))).length;
  }

  /** The step has what it needs and waits for a place. */
  makeReady(position: number, ready: Omit<Ready, 'kind'>): void {
    const { visits, settings, parametersRead, attempt, startedAt, failure, findings } = ready;
    this.put(position, { kind: 'ready', visits, settings, parametersRead, attempt, startedAt, failure, findings });
    this.state.ready = enqueue(this.state.ready, position);
  }

  skip(position: number, reason: SkipReason, visits: number): void {
    this.end(position, {
      visits,
      attempts: 0,
      name: null,
      startedAt: null,
      durationMs: null,
      result: { kind: 'skipped', reason },
    });
  }

  fail(position: number, failure: Failure, visits: number): void {
    this.end(position, {
      visits,
      attempts: 0,
      name: null,
      startedAt: null,
      durationMs: null,
      result: { kind: 'failed', failure, outputs: {} },
    });
  }

  /** Ends a step: counts it, tells those that wait for it, and lets the failure policy act. */
  end(position: number, ending: Ending): void {
    const node = this.node(position);
    this.state.ends++;
    const rest = { findings: [], files: [], parametersRead: [], effect: null, undone: false };
    this.put(position, { ...rest, ...ending, kind: 'ended', endedAt: this.#at, order: this.state.ends });
    this.state.unended--;
    this.#count(node, ending.result);
    this.#passOn(position);
    if (ending.result.kind === 'failed' && node.step.required && this.state.phase === 'main') this.#actOnFailure();
  }

  /** Tells those that wait for a step; one that stands among them tells those that wait for it. */
  #passOn(position: number): void {
    const through = [position];
    for (let source = through.pop(); source !== undefined; source = through.pop()) {
      const { dependants } = this.node(source);
      for (let index = dependants.length - 1; index >= 0; index--) {
        const dependant = dependants[index] ?? -1;
        const step = this.state.steps.at(dependant);
        if (step.kind === 'pending') {
          this.put(dependant, { ...step, open: step.open - 1 });
          if (step.open === 1) this.#due.push(dependant);
        } else if (step.kind === 'ended' && !isThrough(step)) {
          this.put(dependant, { ...step, held: (step.held ?? 0) - 1 });
          if (step.held === 1) {
            this.#cutOff(dependant);
            through.push(dependant);
          }
        }
      }
    }
  }

  /** What stands passes nothing on where those before it would have blocked it this time. */
  #cutOff(position: number): void {
    const step = this.state.steps.at(position);
    const verdict = verdictOf(this.state, this.node(position));
    if (step.kind === 'ended' && verdict.kind === 'blocked') this.put(position, { ...step, cutOffBy: verdict.by });
  }

  /** Lets nothing start any more but what the stop leaves; `cancel` ends what runs, too. */
  stop(stop: Stop, cancel: { readonly reason: string } | null): void {
    this.state.stop = stop;
    const waiting = this.#takeReady();
    for (const position of waiting) {
      const step = this.state.steps.at(position);
      if (step.kind !== 'ready') continue;
      if (cancel && step.attempt > 1) this.endCancelled(position, cancel.reason);
      else if (step.attempt > 1 || this.mayStart(position)) this.state.ready = enqueue(this.state.ready, position);
      else this.skip(position, { kind: 'run-ended' }, step.visits - 1);
    }
    if (cancel) this.#cancelActive(cancel.reason);
  }

  /** False where the stop of the run keeps a step that has not started from starting. */
  mayStart(position: number): boolean {
    if (this.state.stop === null) return true;
    return this.state.stop.kind === 'failure' && answersFailure(this.state, this.node(position));
  }

  takePlace(position: number, startedAt: number): void {
    const step = this.state.steps.at(position);
    if (step.kind !== 'ready') throw new Error(`step ${position} starts but is ${step.kind}`);
    this.put(position, {
      ...step,
      kind: 'running',
      startedAt: step.startedAt ?? startedAt,
      cancelling: false,
      lost: false,
    });
    this.state.placesTaken++;
    this.leaveQueue();
  }

  leavePlace(): void {
    this.state.placesTaken--;
  }

  /** After a step stopped being ready: mostly it stood in front. */
  leaveQueue(): void {
    while (this.state.ready !== null && this.state.steps.at(this.state.ready.position).kind !== 'ready') {
      this.state.ready = dequeue(this.state.ready).rest;
    }
  }

  write(position: number, writes: JsonMap, startedAt: number): void {
    const { id } = this.node(position).step;
    for (const key of Object.keys(writes)) {
      const other = this.state.writers[key];
      if (other && other.step !== id && other.endedAt > startedAt) this.#noteConcurrentWrite(key, other.step, id);
    }
    if (Object.keys(writes).length === 0) return;
    this.state.shared = { ...this.state.shared, ...writes };
    const written = Object.keys(writes).map((key) => [key, { step: id, endedAt: this.#at }]);
    this.state.writers = { ...this.state.writers, ...Object.fromEntries(written) };
  }

  /** Sections 3 and 4 of LANGUAGE.md name the order of the questions; conditions are asked last, and outside. */
  #settleDue(position: number): void {
    const node = this.node(position);
    const { id, condition } = node.step;
    const step = this.state.steps.at(position);
    const { roster, facts } = this.state;

    if (roster.disabled.has(id)) return this.skip(position, { kind: 'disabled' }, step.visits);
    const starts = this.mayStart(position);
    const enabledFailure = facts.enabledFailures[id];
    if (enabledFailure && starts) return this.fail(position, enabledFailure, step.visits + 1);
    if (node.section === 'main' && roster.selected && !roster.selected.has(id)) {
      return this.skip(position, { kind: 'not-selected' }, step.visits);
    }
    const verdict = verdictOf(this.state, node);
    if (verdict.kind !== 'passes') return this.skip(position, verdict, step.visits);

    if (!starts && (condition === undefined || enabledFailure))
      return this.skip(position, { kind: 'run-ended' }, step.visits);
    const visits = step.visits + 1;
    this.put(position, { kind: 'settling', visits });
    this.state.settling++;
    this.commands.push({
      kind: 'settle-step',
      address: addressOf(id),
      visit: visits,
      scope: starts ? 'all' : 'condition',
    });
  }

  /** Goes to the next phase where this one is through; true if that may have made steps due. */
  #advance(): boolean {
    if (this.state.unended > 0 || this.#due.length > 0) return this.#due.length > 0;
    switch (this.state.phase) {
      case 'main':
        if (this.#rollsBack()) {
          this.state.phase = 'rollback';
          this.commands.push({ kind: 'begin-rollback' });
          return false;
        }
        return this.#enterFinally();
      case 'rollback': {
        const { rollback } = this.state;
        if (rollback === null || rollback.current !== null || rollback.queue.length > 0) return false;
        if (rollback.cause === 'failure') return this.#enterFinally();
        this.state.phase = 'ending';
        this.commands.push({ kind: 'end-run' });
        return false;
      }
      case 'finally':
        this.state.phase = 'outputs';
        if (Object.keys(this.state.facts.workflow.outputs).length === 0) return true;
        this.commands.push({ kind: 'settle-outputs' });
        return false;
      case 'outputs':
        if (Object.keys(this.state.facts.workflow.outputs).length > 0) return false;
        this.state.phase = 'ending';
        this.commands.push({ kind: 'end-run' });
        return false;
      case 'ending':
      case 'ended':
        return false;
    }
  }

  #enterFinally(): true {
    this.state.stop = this.state.forced ? { kind: 'all' } : null;
    this.enter('finally');
    return true;
  }

  /** A cancel does not roll back; the run's own timeout is a failure like any other. */
  #rollsBack(): boolean {
    const { facts, cancelled, timedOut, tally } = this.state;
    return facts.workflow.onFailure === 'rollback' && !cancelled && (timedOut || tally.requiredFailed > 0);
  }

  #count({ step }: GraphNode, result: StepResult): void {
    const { tally } = this.state;
    if (result.kind === 'failed') {
      this.state.error = { step: step.id, kind: result.failure.kind, message: result.failure.message };
      this.state.tally = step.required
        ? { ...tally, requiredFailed: tally.requiredFailed + 1 }
        : { ...tally, optionalFailed: tally.optionalFailed + 1 };
    } else if (result.kind === 'skipped' && result.reason.kind === 'blocked' && step.required) {
      this.state.tally = { ...tally, requiredBlocked: tally.requiredBlocked + 1 };
    }
  }

  #actOnFailure(): void {
    const { workflow } = this.state.facts;
    if (workflow.onFailure === 'continue' || this.state.stop?.kind === 'all') return;
    // What a second failure could keep from starting, the first one has; only what runs can still be ended.
    if (this.state.stop !== null && !workflow.failFast) return;
    this.stop({ kind: 'failure' }, workflow.failFast ? { reason: 'a required step failed' } : null);
  }

  #takeReady(): readonly number[] {
    const positions: number[] = [];
    while (this.state.ready !== null) {
      const { position, rest } = dequeue(this.state.ready);
      this.state.ready = rest;
      positions.push(position);
    }
    return positions;
  }

  #cancelActive(reason: string): void {
    for (const node of this.state.graph.nodes) {
      const step = this.state.steps.at(node.position);
      if (step.kind === 'retrying') this.endCancelled(node.position, reason);
      if (step.kind !== 'running') continue;
      this.put(node.position, { ...step, cancelling: true });
      this.commands.push({ kind: 'cancel-attempt', address: addressOf(node.step.id), visit: step.visits, reason });
    }
  }

  /** Ends a step that has been attempted and is not to be attempted again. `effect`: what it may have left. */
  endCancelled(position: number, message: string, effect: Ended['effect'] = null): void {
    const step = this.state.steps.at(position);
    if (step.kind !== 'ready' && step.kind !== 'retrying' && step.kind !== 'running') return;
    this.end(position, {
      visits: step.visits,
      attempts: step.kind === 'ready' ? step.attempt - 1 : step.attempt,
      name: step.settings.name,
      startedAt: step.startedAt,
      durationMs: step.startedAt === null ? null : Math.max(0, this.#at - step.startedAt),
      result: { kind: 'cancelled', message },
      parametersRead: step.parametersRead,
      findings: step.findings,
      effect,
    });
  }

  #noteConcurrentWrite(key: string, first: string, second: string): void {
    this.state.diagnostics = [
      ...this.state.diagnostics,
      {
        code: 'concurrent-write',
        severity: 'warning',
        message: `Steps "${first}" and "${second}" ran at the same time and both wrote "${key}" to the state; the value of "${second}" holds.`,
        hint: 'Let one depend on the other, or write different keys.',
      },
    ];
  }
}
