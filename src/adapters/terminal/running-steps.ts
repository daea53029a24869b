import type { RunEvent, StepOutcome } from '../../core/model/event.ts';
import type { Failure } from '../../core/model/failure.ts';
import { type Address, addressOf } from '../../core/model/ids.ts';
import type { UndoOutcome } from '../../core/model/rollback.ts';
import type { SkipReason } from '../../core/model/skip.ts';

/** What became of a step, as a line of the log. */
export type StepNote =
  | { readonly kind: 'started'; readonly address: Address; readonly name: string; readonly attempt: number }
  | {
      readonly kind: 'ended';
      readonly address: Address;
      readonly name: string;
      readonly ms: number;
      readonly outcome: StepOutcome;
    }
  | { readonly kind: 'skipped'; readonly address: Address; readonly name: string; readonly reason: SkipReason }
  | { readonly kind: 'not-settled'; readonly address: Address; readonly name: string; readonly failure: Failure }
  | {
      readonly kind: 'retrying';
      readonly address: Address;
      readonly name: string;
      readonly attempt: number;
      readonly failure: Failure;
      readonly delayMs: number;
    }
  | { readonly kind: 'rolling-back' }
  | { readonly kind: 'undone'; readonly address: Address; readonly name: string; readonly outcome: UndoOutcome };

export interface RunningStep {
  readonly name: string;
  readonly attempt: number;
  /** Wall-clock time of its first attempt. */
  readonly since: number;
}

/** Follows the events of a run: which steps run now, under which names, and what is worth a line. */
export class RunningSteps {
  readonly #names = new Map<Address, string>();
  readonly #running = new Map<Address, RunningStep>();

  get running(): ReadonlyMap<Address, RunningStep> {
    return this.#running;
  }

  nameOf(address: Address): string {
    return this.#names.get(address) ?? address;
  }

  /** The line that the event is worth; null where it is worth none. */
  note(event: RunEvent): StepNote | null {
    switch (event.kind) {
      case 'run-started':
        for (const step of [...event.workflow.steps, ...event.workflow.finally]) {
          this.#names.set(addressOf(step.id), step.name);
        }
        return null;
      case 'step-settled': {
        const { address, decision } = event;
        if (decision.kind === 'run') this.#names.set(address, decision.settings.name);
        const name = this.nameOf(address);
        if (decision.kind === 'skip') return { kind: 'skipped', address, name, reason: decision.reason };
        return decision.kind === 'fail' ? { kind: 'not-settled', address, name, failure: decision.failure } : null;
      }
      case 'attempt-started': {
        const { address, attempt } = event;
        const name = this.nameOf(address);
        this.#running.set(address, { name, attempt, since: event.at });
        return { kind: 'started', address, name, attempt };
      }
      case 'attempt-failed': {
        const { address, attempt, failure } = event;
        this.#running.delete(address);
        return {
          kind: 'retrying',
          address,
          name: this.nameOf(address),
          attempt,
          failure,
          delayMs: event.retryAt - event.at,
        };
      }
      case 'step-ended': {
        const { address, outcome } = event;
        this.#running.delete(address);
        return { kind: 'ended', address, name: this.nameOf(address), ms: event.durationMs, outcome };
      }
      case 'rollback-started':
        return { kind: 'rolling-back' };
      case 'undo-started': {
        const { address, attempt } = event;
        this.#running.set(address, { name: `undo ${this.nameOf(address)}`, attempt, since: event.at });
        return null;
      }
      case 'undo-failed': {
        const { address, attempt, failure } = event;
        this.#running.delete(address);
        const name = `undo ${this.nameOf(address)}`;
        return { kind: 'retrying', address, name, attempt, failure, delayMs: event.retryAt - event.at };
      }
      case 'step-undone': {
        const { address, outcome } = event;
        this.#running.delete(address);
        return { kind: 'undone', address, name: this.nameOf(address), outcome };
      }
      default:
        return null;
    }
  }
}
