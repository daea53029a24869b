import { existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { monotonicMs } from './monotonic-ms.ts';
import { ownChildren } from './own-processes.ts';
import { surelyNoRoundMs } from './process-table.ts';

/**
 * The numbers of all that a short process can have left, or everything since the process of that number; `null` where
 * that is not known, or so many that looking at everything is as cheap.
 *
 * A look through /proc costs milliseconds, more than a short step itself. The number that the kernel gave out last
 * bounds what the process can have started: one without descendants leaves at most the few numbers that steps beside
 * it took, and those are asked for one by one. Over longer times numbers may have run round.
 */
export function numbersLeftBy(child: number, sinceMs: number): readonly number[] | null {
  const candidates = sinceMs < surelyNoRoundMs ? numbersSince(child) : null;
  return candidates?.filter((number) => !ownChildren.has(number) && exists(number)) ?? null;
}

/** Numbers that were found to be nobody's, of which none is given out again before they have run round. */
const gone = new Set<number>();
let goneSince = 0;

function exists(number: number): boolean {
  const now = monotonicMs();
  if (now - goneSince > surelyNoRoundMs) {
    gone.clear();
    goneSince = now;
  }
  if (gone.has(number)) return false;
  if (existsSync(`/proc/${number}`)) return true;
  gone.add(number);
  return false;
}

const mostCandidates = 48;

function numbersSince(child: number): readonly number[] | null {
  const last = lastProcessNumber();
  if (last === null || last < child || last - child > mostCandidates) return null;
  return Array.from({ length: last - child }, (_, index) => child + 1 + index);
}

let loadDescriptor: number | null | undefined;
const loadBytes = Buffer.alloc(128);

/**
 * What the kernel gave out last, from the last field of /proc/loadavg; `null` where that is not known. The file stays
 * open: reading it again is all that a step pays.
 */
export function lastProcessNumber(): number | null {
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
