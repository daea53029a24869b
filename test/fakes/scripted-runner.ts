import type { Failure } from '../../src/core/model/failure.ts';
import type { FileChange } from '../../src/core/model/file-change.ts';
import type { Json } from '../../src/core/model/json.ts';
import type { Outcome } from '../../src/core/model/outcome.ts';
import type { UndoOutcome } from '../../src/core/model/rollback.ts';
import type { Clock } from '../../src/core/ports/clock.ts';
import type { HandlerCall, HandlerRunner, Preview, ProbeAnswer, UndoCall } from '../../src/core/ports/handlers.ts';
import { type AttemptScript, attemptScriptOf, scriptOf, type World } from '../rigs/world.ts';

/** Handlers whose attempts go as the world's script says, in virtual time. */
export class ScriptedRunner implements HandlerRunner {
  readonly #world: World;
  readonly #clock: Clock;
  /** Every call, in order: what effects a run had. */
  readonly calls: HandlerCall[] = [];

  constructor(world: World, clock: Clock) {
    this.#world = world;
    this.#clock = clock;
  }

  execute(call: HandlerCall): Promise<Outcome> {
    this.calls.push(call);
    const script = attemptScriptOf(scriptOf(this.#world, call.step.id), call.attempt);
    return new Promise((resolve) => {
      const stopTimer =
        script.end.kind === 'never' ? () => {} : this.#clock.schedule(script.durationMs, () => finish());
      const stopListening = call.signal.onCancel(() => {
        stopTimer();
        this.#clock.schedule(script.stopMs, () => resolve(cancelled));
      });
      const finish = () => {
        stopListening();
        for (const [key, value] of writesOf(script)) call.reads.setState(key, value);
        resolve(outcomeOf(script));
      };
    });
  }

  preview(): Promise<Preview | null> {
    return Promise.resolve(null);
  }

  probe(call: HandlerCall): Promise<ProbeAnswer> {
    return Promise.resolve(scriptOf(this.#world, call.step.id).probe ?? { kind: 'unknown' });
  }

  changesOf(): Promise<readonly FileChange[]> {
    return Promise.resolve([]);
  }

  /** Undos, in order, as `step` or `step!` where they did not end in `undone`. */
  readonly undone: string[] = [];

  undo(call: UndoCall): Promise<UndoOutcome> {
    const { id } = call.step;
    const outcome = scriptOf(this.#world, id).undo?.[call.attempt - 1] ?? { kind: 'undone' };
    this.undone.push(outcome.kind === 'undone' ? id : `${id}!`);
    return Promise.resolve(outcome);
  }

  retryable(_handler: string, _failure: Failure): boolean | null {
    return null;
  }
}

const cancelled: Outcome = { kind: 'failed', failure: { kind: 'cancelled', message: 'told to end' } };

function writesOf({ end }: AttemptScript): readonly (readonly [string, Json])[] {
  return end.kind === 'success' ? Object.entries(end.stateWrites ?? {}) : [];
}

function outcomeOf({ end }: AttemptScript): Outcome {
  switch (end.kind) {
    case 'success':
      return { kind: 'success', outputs: end.outputs ?? {} };
    case 'failed':
      return { kind: 'failed', failure: end.failure };
    case 'skipped':
      return { kind: 'skipped', reason: end.reason };
    case 'never':
      throw new Error('an attempt that never ends has no outcome');
  }
}
