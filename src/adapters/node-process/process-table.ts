import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { uptime } from 'node:os';
import { monotonicMs } from './monotonic-ms.ts';

/** One process as a look found it. Its number and its start together name it for ever: numbers are given out again. */
export interface ProcessEntry {
  readonly number: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** In ticks since the machine's start. */
  readonly startedAt: number;
  /** It has ended, and nobody has waited for it yet. */
  readonly ended: boolean;
}

/** What the kernel counts starts of processes in. */
const ticksPerSecond = 100;

/** To ask for the time costs more than it is worth for each of many short processes. */
const sameTimeMs = 50;
let lastTicks = 0;
let lastTicksAt = Number.NEGATIVE_INFINITY;

/**
 * The start of whatever is started from now on is not less. The time includes that in which the machine slept, as the
 * kernel's own does. In a container that is told a smaller one, it bounds less, and nothing is missed.
 */
export function ticksNow(): number {
  const now = monotonicMs();
  if (now - lastTicksAt > sameTimeMs) {
    lastTicks = Math.floor(uptime() * ticksPerSecond) - 1;
    lastTicksAt = now;
  }
  return lastTicks;
}

/** Numbers run round after 32,768 at the least; no machine starts that many in this time. */
export const surelyNoRoundMs = 300;

/** Starts known from earlier looks: with them, a look reads only what is young. */
const knownStarts = new Map<number, number>();
let lastLookAt = 0;

/** One look at the processes of the machine: Linux only, elsewhere it sees none. Each is read at most once. */
export class ProcessTable {
  readonly #numbers: readonly number[];
  readonly #entries = new Map<number, ProcessEntry | null>();
  readonly #environments = new Map<number, Buffer | null>();
  readonly #openFiles = new Map<number, readonly string[]>();
  /** Whether all processes are in it. */
  readonly isWhole: boolean;

  private constructor(numbers: readonly number[], isWhole: boolean) {
    this.#numbers = numbers;
    this.isWhole = isWhole;
  }

  static ofAll(): ProcessTable {
    const numbers = withoutTraces(allNumbers);
    forgetStarts(numbers);
    return new ProcessTable(numbers, true);
  }

  static of(numbers: readonly number[]): ProcessTable {
    return new ProcessTable(numbers, false);
  }

  /** No machine runs without any: they cannot be seen here. */
  get isBlind(): boolean {
    return this.#numbers.length === 0;
  }

  /** Those that started at `ticks` or later, the ended ones as well. */
  startedSince(ticks: number): readonly ProcessEntry[] {
    return withoutTraces(() =>
      this.#numbers.flatMap((number) => {
        const known = this.isWhole ? knownStarts.get(number) : undefined;
        if (known !== undefined && known < ticks) return [];
        const entry = this.#entry(number);
        return entry !== null && entry.startedAt >= ticks ? [entry] : [];
      }),
    );
  }

  /** Null where it is gone. */
  startOf(number: number): number | null {
    return knownStarts.get(number) ?? withoutTraces(() => this.#entry(number))?.startedAt ?? null;
  }

  /** The environment that its program was started with; null where it may not be seen. */
  environment(number: number): Buffer | null {
    return remembered(this.#environments, number, () => readEnvironment(number));
  }

  /** What its descriptors lead to, as the kernel names it; none where that may not be seen. */
  openFiles(number: number): readonly string[] {
    return remembered(this.#openFiles, number, () => readOpenFiles(number));
  }

  #entry(number: number): ProcessEntry | null {
    const entry = remembered(this.#entries, number, () => readEntry(number));
    if (entry !== null) knownStarts.set(number, entry.startedAt);
    return entry;
  }
}

/** A number that was missing in one look may be another process's in the next. */
function forgetStarts(numbers: readonly number[]): void {
  const now = monotonicMs();
  const mayHaveRunRound = now - lastLookAt > surelyNoRoundMs;
  lastLookAt = now;
  if (mayHaveRunRound) return knownStarts.clear();
  const living = new Set(numbers);
  for (const number of knownStarts.keys()) if (!living.has(number)) knownStarts.delete(number);
}

function remembered<T>(known: Map<number, T>, number: number, read: () => T): T {
  const before = known.get(number);
  if (before !== undefined) return before;
  const value = withoutTraces(read);
  known.set(number, value);
  return value;
}

function allNumbers(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** From /proc/PID/stat. Its second field, the name, may hold anything; what is wanted stands behind it. */
function readEntry(number: number): ProcessEntry | null {
  try {
    const stat = readStat(number);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const at = (index: number) => Number(fields[index]);
    // The first thread has ended and others go on: that is no end.
    const ended = (fields[0] === 'Z' && at(17) <= 1) || fields[0] === 'X';
    return { number, parent: at(1), group: at(2), session: at(3), startedAt: at(19), ended };
  } catch {
    return null;
  }
}

/** A line of less than 400 characters. To read it as any file is read takes twice as long. */
const statBytes = Buffer.alloc(1024);

function readStat(number: number): string {
  const descriptor = openSync(`/proc/${number}/stat`, 'r');
  try {
    return statBytes.toString('latin1', 0, readSync(descriptor, statBytes, 0, statBytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

function readEnvironment(number: number): Buffer | null {
  try {
    return readFileSync(`/proc/${number}/environ`);
  } catch {
    return null;
  }
}

function readOpenFiles(number: number): readonly string[] {
  try {
    return readdirSync(`/proc/${number}/fd`).flatMap((descriptor) => openFileOf(number, descriptor) ?? []);
  } catch {
    return [];
  }
}

/** What one descriptor of a process leads to; null where it is closed or may not be seen. */
export function openFileOf(number: number | 'self', descriptor: number | string): string | null {
  try {
    return withoutTraces(() => readlinkSync(`/proc/${number}/fd/${descriptor}`));
  } catch {
    return null;
  }
}

/** Processes come and go while they are looked at. The trace of an error that says so costs more than all the rest. */
export function withoutTraces<T>(action: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return action();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
