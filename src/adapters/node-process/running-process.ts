import { constants } from 'node:os';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { CancelSignal } from '../../core/ports/cancel.ts';
import type { ProcessResult } from '../../core/ports/plugin.ts';
import { killOffspring, terminateOffspring } from './end-offspring.ts';
import { monotonicMs } from './monotonic-ms.ts';
import type { Offspring } from './offspring.ts';
import type { OffspringWatch } from './offspring-watch.ts';
import { ownChildren } from './own-processes.ts';
import { groupLives, signalGroup } from './process-group.ts';
import { numbersLeftBy } from './process-numbers.ts';
import type { ProcessOutput, StreamName } from './process-output.ts';
import type { ProcessEntry } from './process-table.ts';
import type { ProcessExit, ProcessStream, StartedProcess } from './started-process.ts';
import { startTimer } from './timer.ts';

export interface Supervision {
  readonly output: ProcessOutput;
  readonly signal: CancelSignal;
  readonly timeoutMs: number | null;
  /** Between SIGTERM and SIGKILL, after a timeout. */
  readonly graceMs: number;
  /** The same after a cancel: the platform gives the whole engine 7 s. */
  readonly cancelGraceMs: number;
  /** The process and all that comes from it. */
  readonly offspring: Offspring;
  readonly watch: OffspringWatch;
}

type StopReason = 'timeout' | 'cancelled' | 'too-much-output';

/** After the process's end: how long the pipes must be quiet, and the most that is waited, before what is left is killed. */
const quietMs = 100;
const longestDrainMs = 1000;
/** What a pipe can hold, and plenty more: output beyond it was written after the end. */
const mostDrainBytes = 1024 * 1024;
const shortestPollMs = 5;
const longestPollMs = 40;
/** A killed process that does not end is stuck in the kernel: waiting longer helps nobody. */
const longestKillMs = 2000;
/** What left the group is asked to end after the process only, and has less time: nobody hears what it still does. */
const longestEscapeMs = 500;

/**
 * One started process from its start until nothing of it is left: its own end counts, not that of whoever holds its
 * pipes. What remains is given a short moment, because `exec > >(tee log)` is still writing then, and is killed: the
 * group first, then its offspring outside the group.
 */
export class RunningProcess {
  readonly #process: StartedProcess;
  readonly #group: number;
  readonly #supervision: Supervision;
  readonly #startedAt = monotonicMs();
  readonly #exited = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  #exit: ProcessExit | null = null;
  #pipesClosed = false;
  #stop: StopReason | null = null;
  #killAt = Number.POSITIVE_INFINITY;
  /** What was sent SIGTERM. To many programs a second one means not to end in order. */
  #heard: ReadonlySet<number> = new Set();
  #drainedBytes = 0;
  #lastOutputAt = 0;
  #pauses = 0;
  #disarm: readonly (() => void)[] = [];

  constructor(process: StartedProcess, supervision: Supervision) {
    this.#process = process;
    this.#group = process.pid;
    this.#supervision = supervision;
    ownChildren.add(process.pid);
    supervision.watch.add(supervision.offspring);
    process.onExit((exit) => {
      ownChildren.delete(process.pid);
      this.#exit = exit;
      this.#lastOutputAt = monotonicMs();
      this.#exited.resolve();
    });
    process.onClose(() => {
      this.#pipesClosed = true;
      this.#closed.resolve();
    });
    this.#read(process.stdout, 'stdout');
    this.#read(process.stderr, 'stderr');
  }

  /** Resolves when the process has ended, its output is given out, and nothing that came from it lives. */
  async end(): Promise<ProcessResult['end']> {
    this.#arm();
    await this.#exited.promise;
    for (const disarm of this.#disarm) disarm();
    // The end of the pipes mostly arrives in the same turn of the event loop: no timer is spent on it.
    for (let turns = 0; turns < 3 && !this.#pipesClosed; turns++) await nextTurn();
    if (this.#stop !== null) await this.#endStopped();
    else if (!this.#nothingLeft()) await this.#settle();
    await this.#killOffspring();
    this.#supervision.watch.remove(this.#supervision.offspring);
    if (!this.#pipesClosed) await this.#closePipes();
    await this.#giveOutRest();
    return this.#result();
  }

  #arm(): void {
    const { signal, timeoutMs } = this.#supervision;
    const disarm = [signal.onCancel(() => this.#stopBecause('cancelled'))];
    if (timeoutMs !== null) disarm.push(startTimer(timeoutMs, () => this.#stopBecause('timeout')));
    this.#disarm = disarm;
  }

  #read(stream: ProcessStream, name: StreamName): void {
    stream.onData((bytes) => {
      this.#lastOutputAt = monotonicMs();
      if (this.#exit !== null) this.#drainedBytes += bytes.length;
      const wait = this.#supervision.output.write(bytes, name);
      if (this.#supervision.output.failure !== null) this.#stopBecause('too-much-output');
      if (wait !== undefined) void this.#pause(stream, wait);
    });
  }

  async #pause(stream: ProcessStream, wait: Promise<void>): Promise<void> {
    stream.pause();
    this.#pauses++;
    try {
      await wait;
    } finally {
      this.#pauses--;
      this.#lastOutputAt = monotonicMs();
      stream.resume();
    }
  }

  #stopBecause(reason: StopReason): void {
    if (this.#stop !== null || this.#exit !== null) return;
    this.#stop = reason;
    const graceMs = this.#graceMs();
    this.#killAt = monotonicMs() + graceMs;
    const inGroup = this.#noteOffspring().filter(({ group }) => group === this.#group);
    this.#heard = new Set(inGroup.map(({ number }) => number));
    signalGroup(this.#group, 'SIGTERM');
    // A stopped process hears SIGTERM only once it goes on.
    signalGroup(this.#group, 'SIGCONT');
    this.#disarm = [...this.#disarm, startTimer(graceMs, () => this.#kill())];
  }

  /** As long as parents live, they tell whose their children are. Stopped, they start no more of them. */
  #noteOffspring(): readonly ProcessEntry[] {
    signalGroup(this.#group, 'SIGSTOP');
    return this.#supervision.offspring.find();
  }

  #graceMs(): number {
    return this.#stop === 'cancelled' ? this.#supervision.cancelGraceMs : this.#supervision.graceMs;
  }

  #kill(): void {
    this.#noteOffspring();
    signalGroup(this.#group, 'SIGKILL');
    if (this.#exit === null) this.#disarm = [...this.#disarm, startTimer(longestKillMs, () => this.#exited.resolve())];
  }

  #nothingLeft(): boolean {
    return this.#pipesClosed && !this.#groupLives();
  }

  #groupLives(): boolean {
    return groupLives(this.#group, this.#supervision.offspring.bornSince);
  }

  /**
   * The process has heard that it must end, and has ended: what it left outside its group hears it now. The group has
   * the rest of the process's time, what left it a short one; whoever only holds the pipes is not waited for.
   */
  async #endStopped(): Promise<void> {
    const { offspring } = this.#supervision;
    terminateOffspring(offspring, this.#heard);
    // Where nothing can be looked at: one that was being started when the first signal came has not heard it yet.
    if (this.#heard.size === 0) signalGroup(this.#group, 'SIGTERM');
    const escapedUntil = monotonicMs() + Math.min(this.#graceMs(), longestEscapeMs);
    const mayStillEnd = (): boolean => {
      const now = monotonicMs();
      if (this.#groupLives()) return now < this.#killAt;
      return now < escapedUntil && offspring.find().length > 0;
    };
    for (let pollMs = shortestPollMs; mayStillEnd(); pollMs = Math.min(2 * pollMs, longestPollMs)) {
      await this.#turn(pollMs);
    }
    if (this.#groupLives()) this.#kill();
  }

  /** Waits for what is left to end by itself, then kills it. */
  async #settle(): Promise<void> {
    const endedAt = monotonicMs();
    for (let pollMs = shortestPollMs; !this.#nothingLeft() && this.#mayStillEnd(endedAt); ) {
      await this.#turn(pollMs);
      pollMs = Math.min(2 * pollMs, longestPollMs);
    }
    // To look for what a group has outside it costs more than a short process.
    if (!this.#nothingLeft()) this.#kill();
  }

  #mayStillEnd(endedAt: number): boolean {
    const now = monotonicMs();
    if (this.#readerIsSlow()) return true;
    return now - this.#lastOutputAt < quietMs && now - endedAt < longestDrainMs && this.#drainedBytes < mostDrainBytes;
  }

  /** A moment, after which the event loop has handed over all output that had arrived. */
  async #turn(pollMs: number): Promise<void> {
    const moment = delay(pollMs);
    await (this.#pipesClosed ? moment : Promise.race([this.#closed.promise, moment]));
    await nextTurn();
  }

  /** Of a lost process itself nobody hears when it is gone: only a look at everything tells. */
  async #killOffspring(): Promise<void> {
    const livedMs = monotonicMs() - this.#startedAt;
    const suspects = this.#exit?.kind === 'lost' ? null : numbersLeftBy(this.#group, livedMs);
    await killOffspring(this.#supervision.offspring, suspects);
  }

  /** Whoever holds the pipes now is out of reach: it may not hold the step. */
  async #closePipes(): Promise<void> {
    const start = monotonicMs();
    const from = this.#drainedBytes;
    this.#lastOutputAt = start;
    while (!this.#pipesClosed && this.#drainedBytes - from < mostDrainBytes) {
      const now = monotonicMs();
      const idle = now - this.#lastOutputAt >= quietMs || now - start >= longestDrainMs;
      if (idle && !this.#readerIsSlow()) break;
      await this.#turn(shortestPollMs);
    }
    this.#process.stdout.destroy();
    this.#process.stderr.destroy();
  }

  /** All output of a process that ended by itself is given out, however long that takes; a cancel does not wait. */
  #readerIsSlow(): boolean {
    return this.#pauses > 0 && this.#stop === null;
  }

  async #giveOutRest(): Promise<void> {
    const given = this.#supervision.output.end();
    if (given !== undefined) await (this.#stop === null ? given : Promise.race([given, delay(quietMs)]));
  }

  #result(): ProcessResult['end'] {
    const { failure } = this.#supervision.output;
    if (failure !== null) return { kind: 'too-much-output', failure };
    if (this.#stop === 'timeout' || this.#stop === 'cancelled') return { kind: this.#stop };
    const exit = this.#exit;
    if (exit === null) return { kind: 'exit', code: 0 };
    if (exit.kind === 'lost') return { kind: 'not-started', failure: exit.failure };
    const { code, signal } = exit;
    if (signal === null) return { kind: 'exit', code: code ?? 0 };
    return { kind: 'signal', signal, code: 128 + constants.signals[signal] };
  }
}
