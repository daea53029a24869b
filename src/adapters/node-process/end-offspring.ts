import { setTimeout as delay } from 'node:timers/promises';
import type { Offspring } from './offspring.ts';
import { type ProcessEntry, ProcessTable } from './process-table.ts';

const mostRounds = 100;
const betweenRoundsMs = 10;
const mostLooks = 20;

/**
 * Kills all that came from a process, until a look finds nothing. `suspects` bounds the first look; null looks at
 * everything. False: something is left that does not die.
 */
export async function killOffspring(offspring: Offspring, suspects: readonly number[] | null = null): Promise<boolean> {
  let table = suspects === null ? ProcessTable.ofAll() : ProcessTable.of(suspects);
  for (let round = 0; round < mostRounds; round++) {
    const found = offspring.find(table);
    if (found.length === 0) return true;
    for (const entry of stopAll(offspring, found)) send(offspring, entry, 'SIGKILL');
    await delay(betweenRoundsMs);
    table = ProcessTable.ofAll();
  }
  return false;
}

/** Asks all that came from a process to end but those that have `heard` it, those too that were stopped. */
export function terminateOffspring(offspring: Offspring, heard: ReadonlySet<number>): void {
  for (const entry of offspring.find()) {
    if (heard.has(entry.number)) continue;
    send(offspring, entry, 'SIGTERM');
    send(offspring, entry, 'SIGCONT');
  }
}

/**
 * One that is killed while it starts another leaves that one without a parent, and maybe without any other mark. So all
 * are stopped first, until two looks in a row find nothing new: a start that was under way may end after the first.
 */
function stopAll(offspring: Offspring, first: readonly ProcessEntry[]): Iterable<ProcessEntry> {
  const stopped = new Map<number, ProcessEntry>();
  let fresh = first;
  for (let looks = 0, quiet = 0; looks < mostLooks && quiet < 2; looks++) {
    for (const entry of fresh) {
      send(offspring, entry, 'SIGSTOP');
      stopped.set(entry.number, entry);
    }
    fresh = offspring.find().filter(({ number }) => !stopped.has(number));
    quiet = fresh.length === 0 ? quiet + 1 : 0;
  }
  return stopped.values();
}

function send(offspring: Offspring, entry: ProcessEntry, signal: NodeJS.Signals): void {
  try {
    process.kill(entry.number, signal);
  } catch (error) {
    // Otherwise it ended between the look and the signal, which is what was wanted.
    if (error instanceof Error && 'code' in error && error.code === 'EPERM') offspring.giveUp(entry);
  }
}
