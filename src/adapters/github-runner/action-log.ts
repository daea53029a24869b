import type { RunEvent, StepOutcome } from '../../core/model/event.ts';
import type { Failure } from '../../core/model/failure.ts';
import { type Address, addressOf } from '../../core/model/ids.ts';
import { unreachable } from '../../core/model/result.ts';
import type { UndoOutcome } from '../../core/model/rollback.ts';
import type { LogLevel, Observer } from '../../core/ports/observer.ts';
import { durationText } from '../../core/report/duration-text.ts';
import { failureKindText } from '../../core/report/failure-text.ts';
import { firstLine, shortLine } from '../../core/report/plain-text.ts';
import { skipText, stepMarks } from '../../core/report/status-text.ts';
import { HeldOutput } from './held-output.ts';
import type { RunnerConsole } from './runner-console.ts';

interface RunningStep {
  readonly held: HeldOutput;
  /** Some of its output was shown already. */
  shown: boolean;
}

/**
 * The run in the job's log: a line when a step starts, ends or is skipped, and what it prints folded into a group.
 * The runner knows one open group at a time, so the output of a step that runs alone is shown while it comes, and
 * that of steps side by side is held and shown when each ends.
 */
export class ActionLog implements Observer {
  readonly #console: RunnerConsole;
  readonly #heldLimit: number;
  readonly #names = new Map<Address, string>();
  readonly #running = new Map<Address, RunningStep>();
  /** The step whose group is open. */
  #open: Address | null = null;

  /** `heldLimit`: how much of each step that runs beside others is held, in UTF-16 units; default 1 Mi. */
  constructor(console: RunnerConsole, heldLimit = 1024 * 1024) {
    this.#console = console;
    this.#heldLimit = heldLimit;
  }

  event(event: RunEvent): void {
    switch (event.kind) {
      case 'run-started':
        for (const step of [...event.workflow.steps, ...event.workflow.finally]) {
          this.#names.set(addressOf(step.id), step.name);
        }
        return this.#line(`Run ${event.runId} of ${shortLine(event.workflow.name, 200)}`);
      case 'run-resumed':
        return this.#line(`The run goes on: start ${event.attempt}`);
      case 'step-settled': {
        const { address, decision } = event;
        if (decision.kind === 'run') this.#names.set(address, decision.settings.name);
        if (decision.kind === 'skip') {
          this.#line(
            `${stepMarks.skipped} ${this.#nameOf(address)}: skipped, ${shortLine(skipText(decision.reason), 300)}`,
          );
        }
        if (decision.kind === 'fail') this.#line(failedLine(this.#nameOf(address), decision.failure));
        return;
      }
      case 'attempt-started':
        return this.#started(event.address, event.attempt);
      case 'attempt-failed': {
        const { address, failure, retryAt, at } = event;
        this.#ended(address);
        return this.#line(
          `${failedLine(`${this.#nameOf(address)}, attempt ${event.attempt}`, failure)}; next attempt in ${durationText(retryAt - at)}`,
        );
      }
      case 'attempt-lost':
        return this.#line(`${this.#nameOf(event.address)} was running when the run was interrupted`);
      case 'step-ended':
        this.#ended(event.address);
        return this.#line(`${endText(this.#nameOf(event.address), event.outcome)} (${durationText(event.durationMs)})`);
      case 'cancel-requested':
        return this.#line(`${event.force ? 'Ending what still runs' : 'Cancelling'}: ${shortLine(event.message, 300)}`);
      case 'run-timed-out':
        return this.#line('The time of the run is over: running steps are cancelled');
      case 'diagnostic-noted':
        return this.#line(`${event.diagnostic.severity}: ${shortLine(event.diagnostic.message, 500)}`);
      case 'run-ended':
        for (const address of [...this.#running.keys()]) this.#ended(address);
        return;
      case 'rollback-started':
        return this.#line(`${stepMarks.undone} Rolling back completed steps, the newest first`);
      case 'undo-started':
        return this.#started(event.address, event.attempt, 'undo ');
      case 'undo-failed': {
        const { address, failure, retryAt, at } = event;
        this.#ended(address);
        return this.#line(
          `${failedLine(`undo ${this.#nameOf(address)}, attempt ${event.attempt}`, failure)}; next attempt in ${durationText(retryAt - at)}`,
        );
      }
      case 'step-undone':
        this.#ended(event.address);
        return this.#line(undoneLine(this.#nameOf(event.address), event.outcome));
      case 'retry-due':
      case 'outputs-settled':
        return;
      default:
        return unreachable(event);
    }
  }

  output(address: Address, chunk: string): undefined | Promise<void> {
    const step = this.#running.get(address);
    if (step === undefined || this.#running.size > 1) {
      this.#hold(address, chunk);
      return undefined;
    }
    if (this.#open !== address) this.#openGroup(address, step);
    return this.#console.text(chunk);
  }

  log(address: Address, level: LogLevel, message: string): void {
    if (level === 'debug') this.#console.command('debug', {}, message);
    else void this.output(address, `${level === 'info' ? '' : `${level}: `}${message}\n`);
  }

  #started(address: Address, attempt: number, what = ''): void {
    this.#closeGroup();
    this.#running.set(address, { held: new HeldOutput(this.#heldLimit), shown: false });
    this.#console.line(
      `${stepMarks.running} ${what}${this.#nameOf(address)}${attempt > 1 ? `, attempt ${attempt}` : ''}`,
    );
  }

  #hold(address: Address, chunk: string): void {
    const step = this.#running.get(address) ?? { held: new HeldOutput(this.#heldLimit), shown: false };
    this.#running.set(address, step);
    step.held.push(chunk);
  }

  #ended(address: Address): void {
    const step = this.#running.get(address);
    if (step === undefined) return;
    if (this.#open !== address) this.#showHeld(address, step);
    this.#closeGroup();
    this.#running.delete(address);
  }

  #showHeld(address: Address, step: RunningStep): void {
    const { text, dropped } = step.held.take();
    if (text === '') return;
    this.#closeGroup();
    this.#console.command('group', {}, this.#groupTitle(address, step));
    if (dropped > 0) this.#console.line(`… ${dropped} characters before this are in the step's log file.`);
    void this.#console.text(text);
    this.#open = address;
    step.shown = true;
  }

  #openGroup(address: Address, step: RunningStep): void {
    this.#showHeld(address, step);
    if (this.#open === address) return;
    this.#closeGroup();
    this.#console.command('group', {}, this.#groupTitle(address, step));
    this.#open = address;
    step.shown = true;
  }

  #closeGroup(): void {
    if (this.#open === null) return;
    this.#console.command('endgroup', {}, '');
    this.#open = null;
  }

  /** A line about the run; an open group ends before it, so that it is not folded away. */
  #line(text: string): void {
    this.#closeGroup();
    this.#console.line(text);
  }

  #groupTitle(address: Address, step: RunningStep): string {
    return `Output of ${this.#nameOf(address)}${step.shown ? ' (continued)' : ''}`;
  }

  #nameOf(address: Address): string {
    const name = shortLine(this.#names.get(address) ?? address, 200);
    return name === '' ? address : name;
  }
}

function endText(name: string, outcome: StepOutcome): string {
  switch (outcome.kind) {
    case 'success':
      return `${stepMarks.success} ${name}`;
    case 'failed':
      return failedLine(name, outcome.failure);
    case 'skipped':
      return `${stepMarks.skipped} ${name}: skipped, ${firstLine(outcome.message, 300)}`;
    case 'cancelled':
      return `${stepMarks.cancelled} ${name}: cancelled, ${firstLine(outcome.message, 300)}`;
    default:
      return unreachable(outcome);
  }
}

function failedLine(name: string, failure: Failure): string {
  const message = firstLine(failure.message, 300);
  return `${stepMarks.failed} ${name}: ${failureKindText(failure)}${message === '' ? '' : `: ${message}`}`;
}

function undoneLine(name: string, outcome: UndoOutcome): string {
  switch (outcome.kind) {
    case 'undone':
      return `${stepMarks.undone} ${name}: undone`;
    case 'left':
      return `▲ ${name}: left as it is: ${firstLine(outcome.reason, 300)}`;
    case 'failed':
      return failedLine(`undo ${name}`, outcome.failure);
  }
}
