import { ProcessTable, withoutTraces } from './process-table.ts';

/**
 * Whether a process of the group runs. Ended ones that nobody has waited for still answer signals, in some containers
 * for ever, so where any answers the processes themselves are looked at. `bornSince`: none of them started earlier.
 */
export function groupLives(group: number, bornSince: number): boolean {
  if (!signalGroup(group, 0)) return false;
  const table = ProcessTable.ofAll();
  return table.isBlind || table.startedSince(bornSince).some((entry) => entry.group === group && !entry.ended);
}

/** Sends a signal to a process group; false where it has no process left. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    // Mostly the group is gone.
    withoutTraces(() => process.kill(-group, signal));
    return true;
  } catch (error) {
    // A member that became another user's cannot be signalled, but it lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
