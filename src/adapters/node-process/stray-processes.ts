import { existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** The variable by which processes are known again that left their group (setsid, daemons). */
export const trackingVariable = 'VWMP_TRACKING_ID';

/**
 * Whether a process of the group runs. Ended ones that nobody has waited for still answer signals, in some containers
 * for ever, so where any answers the processes themselves are looked at.
 */
export function groupLives(group: number): boolean {
  if (!signalGroup(group, 0)) return false;
  const all = allProcesses();
  return all.length === 0 || all.some((pid) => runsInGroup(pid, group));
}

/** From /proc/PID/stat, behind the name, which may hold anything: state, parent, group. */
function runsInGroup(pid: number, group: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, , ofGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(ofGroup) === group && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

/** Sends a signal to a process group; false where it has no process left. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  // Mostly the group is gone, and the trace of the error that says so costs more than all the rest.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    process.kill(-group, signal);
    return true;
  } catch (error) {
    // A member that became another user's cannot be signalled, but it lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * Kills every process whose environment holds `token`, until a look finds none. Linux only: elsewhere nothing tells
 * the environment of a process, and the group is all that can be killed.
 */
export async function killTracked(token: string): Promise<void> {
  await killUntilGone(token, allProcesses());
}

/**
 * Kills what a step left outside its group, where anything can be left.
 *
 * A look through /proc costs milliseconds, more than a short step itself. The number that the kernel gave out last
 * bounds what the child can have started: a child without descendants leaves at most the few numbers that steps beside
 * it took, and those are asked for one by one. Over longer times numbers may have run round, so everything is looked at.
 */
export async function killEscaped(token: string, child: number, livedMs: number): Promise<void> {
  const candidates = livedMs < surelyNoRoundMs ? numbersSince(child) : null;
  if (candidates === null) return killTracked(token);
  const living = candidates.filter((pid) => !ownChildren.has(pid) && exists(pid));
  if (living.length > 0) await killUntilGone(token, living);
}

/** Children of this process that have not ended: known to be nobody's leftovers, so they need no look. */
export const ownChildren = new Set<number>();

/** Numbers that were found to be nobody's, of which none is given out again before they have run round. */
const gone = new Set<number>();
let goneSince = 0;

function exists(pid: number): boolean {
  const now = performance.now();
  if (now - goneSince > surelyNoRoundMs) {
    gone.clear();
    goneSince = now;
  }
  if (gone.has(pid)) return false;
  if (existsSync(`/proc/${pid}`)) return true;
  gone.add(pid);
  return false;
}

/** Numbers run round after 32,768 at the least; no machine starts that many in this time. */
const surelyNoRoundMs = 300;
const mostCandidates = 48;

/** `null`: not known, or so many that looking at everything is as cheap. */
function numbersSince(child: number): readonly number[] | null {
  const last = lastProcessNumber();
  if (last === null || last < child || last - child > mostCandidates) return null;
  return Array.from({ length: last - child }, (_, index) => child + 1 + index);
}

let loadDescriptor: number | null | undefined;
const loadBytes = Buffer.alloc(128);

/** From the last field of /proc/loadavg. The file stays open: reading it again is all that a step pays. */
function lastProcessNumber(): number | null {
  loadDescriptor ??= openLoad();
  if (loadDescriptor === null) return null;
  const size = readSync(loadDescriptor, loadBytes, 0, loadBytes.length, 0);
  const last = Number(loadBytes.toString('latin1', 0, size).trim().split(' ').at(-1));
  return Number.isInteger(last) && last > 0 ? last : null;
}

/** `null` where the file is missing or comes from a container's file system (lxcfs), which answers from a cache. */
function openLoad(): number | null {
  try {
    if (readFileSync('/proc/self/mountinfo', 'latin1').includes(' /proc/loadavg ')) return null;
    return openSync('/proc/loadavg', 'r');
  } catch {
    return null;
  }
}

const mostRounds = 100;
const betweenRoundsMs = 10;

/** A process may start another one while it is being killed: only a look at everything that finds none is an end. */
async function killUntilGone(token: string, first: readonly number[]): Promise<void> {
  let suspects = first;
  for (let round = 0; round < mostRounds; round++) {
    const found = suspects.filter((pid) => pid !== process.pid && holdsToken(pid, token));
    if (found.length === 0) return;
    for (const pid of found) killOne(pid);
    await delay(betweenRoundsMs);
    suspects = allProcesses();
  }
}

function allProcesses(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** False for processes of other users, which hide their environment, and for those that ended meanwhile. */
function holdsToken(pid: number, token: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`).includes(token);
  } catch {
    return false;
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended between the look and the signal, which is what was wanted.
  }
}
