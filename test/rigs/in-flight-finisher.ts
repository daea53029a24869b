import type { RunEvent } from '../../src/core/model/event.ts';
import type { Failure } from '../../src/core/model/failure.ts';
import type { FileChange } from '../../src/core/model/file-change.ts';
import type { JsonMap } from '../../src/core/model/json.ts';
import type { Outcome } from '../../src/core/model/outcome.ts';
import type { UndoOutcome } from '../../src/core/model/rollback.ts';
import type { Clock } from '../../src/core/ports/clock.ts';
import type { HandlerCall, HandlerRunner, Preview, ProbeAnswer, UndoCall } from '../../src/core/ports/handlers.ts';
import type { RunState } from '../../src/core/run/state.ts';
import { attemptScriptOf, scriptOf, type World } from './world.ts';

/**
 * Runs attempts that a crash left in flight so that they end at the moment and in the way in which they ended in the
 * run that nothing disturbed; everything else goes to the runner behind it. So a resumed run keeps the times of the
 * undisturbed one, and the two can be compared whatever they depend on.
 */
export class InFlightFinisher implements HandlerRunner {
  readonly #runner: HandlerRunner;
  readonly #clock: Clock;
  readonly #ends: Map<string, AttemptEnd>;
  /** Every call, in order. */
  readonly calls: HandlerCall[] = [];

  constructor(runner: HandlerRunner, clock: Clock, ends: ReadonlyMap<string, AttemptEnd>) {
    this.#runner = runner;
    this.#clock = clock;
    this.#ends = new Map(ends);
  }

  execute(call: HandlerCall): Promise<Outcome> {
    this.calls.push(call);
    const key = keyOf(call.step.address, call.visit, call.attempt);
    const end = this.#ends.get(key);
    if (!end) return this.#runner.execute(call);
    this.#ends.delete(key);
    return new Promise((resolve) => {
      this.#clock.schedule(end.at - this.#clock.now(), () => {
        for (const [name, value] of Object.entries(end.stateWrites)) call.reads.setState(name, value);
        resolve(end.outcome);
      });
    });
  }

  preview(call: HandlerCall): Promise<Preview | null> {
    return this.#runner.preview(call);
  }

  probe(call: HandlerCall): Promise<ProbeAnswer> {
    return this.#runner.probe(call);
  }

  changesOf(call: HandlerCall): Promise<readonly FileChange[]> {
    return this.#runner.changesOf(call);
  }

  readonly undone: string[] = [];

  async undo(call: UndoCall): Promise<UndoOutcome> {
    const outcome = await this.#runner.undo(call);
    this.undone.push(outcome.kind === 'undone' ? call.step.id : `${call.step.id}!`);
    return outcome;
  }

  retryable(handler: string, failure: Failure): boolean | null {
    return this.#runner.retryable(handler, failure);
  }
}

/** When and how one attempt ended. */
export interface AttemptEnd {
  readonly at: number;
  readonly outcome: Outcome;
  readonly stateWrites: JsonMap;
}

/** How the attempts that run in `state` ended in the undisturbed run of `world`. */
export function endsInFlight(
  state: RunState,
  undisturbed: readonly RunEvent[],
  world: World,
): ReadonlyMap<string, AttemptEnd> {
  const ends = new Map<string, AttemptEnd>();
  for (const { step, position } of state.graph.nodes) {
    const found = state.steps.at(position);
    if (found.kind !== 'running') continue;
    const end = endOf(undisturbed, step.id, found.visits, found.attempt);
    if (end) ends.set(keyOf(step.id, found.visits, found.attempt), withSecrets(end, world, step.id, found.attempt));
  }
  return ends;
}

function endOf(events: readonly RunEvent[], address: string, visit: number, attempt: number): AttemptEnd | null {
  for (const event of events) {
    if (event.kind !== 'attempt-failed' && event.kind !== 'step-ended') continue;
    if ((event.address as string) !== address || event.visit !== visit) continue;
    const { findings } = event;
    if (event.kind === 'attempt-failed') {
      if (event.attempt !== attempt) continue;
      return { at: event.at, outcome: { kind: 'failed', failure: event.failure, findings }, stateWrites: {} };
    }
    const outcome = { ...answerOf(event.outcome), findings, files: event.files };
    return { at: event.at, outcome, stateWrites: event.stateWrites };
  }
  return null;
}

/** A journal keeps secret outputs back, so what the attempt gave is taken from its script. */
function withSecrets(end: AttemptEnd, world: World, id: string, attempt: number): AttemptEnd {
  const script = attemptScriptOf(scriptOf(world, id), attempt).end;
  if (end.outcome.kind !== 'success' || script.kind !== 'success') return end;
  return { ...end, outcome: { ...end.outcome, outputs: script.outputs ?? {} } };
}

function answerOf(outcome: Extract<RunEvent, { kind: 'step-ended' }>['outcome']): Outcome {
  switch (outcome.kind) {
    case 'success':
      return { kind: 'success', outputs: outcome.outputs };
    case 'failed':
      return outcome;
    case 'skipped':
      return { kind: 'skipped', reason: outcome.message };
    case 'cancelled':
      return { kind: 'failed', failure: { kind: 'cancelled', message: outcome.message } };
  }
}

function keyOf(address: string, visit: number, attempt: number): string {
  return `${address} ${visit} ${attempt}`;
}
