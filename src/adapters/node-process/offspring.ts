import { ownChildren, ownSpawners } from './own-processes.ts';
import { type ProcessEntry, ProcessTable } from './process-table.ts';

/** What all processes that come from one have of it, each for as long as it does not get rid of it. */
export interface Origin {
  /** Number of the first process, which leads a session and a group of its own; null where it is not known. */
  readonly root: number | null;
  /** Stands in their environment. */
  readonly token: string;
  /** What they hold open and nobody else does, as the kernel names it: outputs, and the tether. */
  readonly openFiles: readonly string[];
  /** None of them started earlier: in ticks since the machine's start. */
  readonly bornSince: number;
}

/**
 * All that came from one process. To be its offspring takes proof: its session or group, a parent that is offspring, its
 * token in the environment, one of its files held open. A process may drop all of these, but not before it was
 * started; what was recognised once is remembered by number and start, so a look in time is enough.
 *
 * Time, user, folder or a parent that is gone prove nothing: others on the machine have these as well, and to kill one
 * of them is worse than to leave something alive.
 */
export class Offspring {
  readonly #origin: Origin;
  /** The start of each that is known, by its number. */
  readonly #known = new Map<number, number>();
  /** Sessions that one of the known leads or led; nobody gets into a session but by birth. */
  readonly #sessions = new Set<number>();
  /** What bears no proof, and will not: proof is had from birth or never. */
  readonly #strangers = new Map<number, number>();
  readonly #outOfReach = new Map<number, number>();

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  get bornSince(): number {
    return this.#origin.bornSince;
  }

  /** What of it runs. The first process is among it, as long as it does. */
  find(table: ProcessTable = ProcessTable.ofAll()): readonly ProcessEntry[] {
    const found = new Map<number, ProcessEntry>();
    let rest = table
      .startedSince(this.#origin.bornSince)
      .filter((entry) => !entry.ended && !this.#isAnothers(entry) && !this.#isOfOlderSession(entry, table));
    // Numbers run round, so a child may stand before its parent.
    for (let before = -1; before < found.size; ) {
      before = found.size;
      rest = rest.filter((entry) => {
        if (!found.has(entry.parent) && !this.#isKnown(entry) && !this.#bearsMark(entry, table)) return true;
        found.set(entry.number, entry);
        this.#remember(entry);
        return false;
      });
    }
    if (table.isWhole) this.#forgetAllBut(found);
    return [...found.values()].filter((entry) => !isIn(this.#outOfReach, entry));
  }

  /** It cannot be signalled, because it became another user's. */
  giveUp(entry: ProcessEntry): void {
    this.#outOfReach.set(entry.number, entry.startedAt);
  }

  /** The engine, and for one step all others: what did not leave the session of another needs no further look. */
  #isAnothers({ number, parent, session }: ProcessEntry): boolean {
    const { root } = this.#origin;
    if (number === process.pid || ownSpawners.has(number)) return true;
    if (root === null || session === root) return false;
    return ownSpawners.has(parent) || ownChildren.has(number) || ownChildren.has(session);
  }

  /** The first process opened a session, and nobody goes back from there: this spares most others a closer look. */
  #isOfOlderSession({ session }: ProcessEntry, table: ProcessTable): boolean {
    const { root, bornSince } = this.#origin;
    if (session === root) return false;
    const leaderStart = table.startOf(session);
    return leaderStart !== null && leaderStart < bornSince;
  }

  #isKnown(entry: ProcessEntry): boolean {
    const { root } = this.#origin;
    return (
      (root !== null && (entry.session === root || entry.group === root)) ||
      this.#sessions.has(entry.session) ||
      isIn(this.#known, entry)
    );
  }

  #bearsMark(entry: ProcessEntry, table: ProcessTable): boolean {
    if (isIn(this.#strangers, entry)) return false;
    const environment = table.environment(entry.number);
    if (environment?.includes(this.#origin.token)) return true;
    if (!isJustStarted(entry) && this.#holdsFile(entry, table)) return true;
    // One that is just changing its program has none for a moment, and one that became another user's may come back.
    if (environment !== null && environment.length > 0) this.#strangers.set(entry.number, entry.startedAt);
    return false;
  }

  #holdsFile(entry: ProcessEntry, table: ProcessTable): boolean {
    return table.openFiles(entry.number).some((file) => this.#origin.openFiles.includes(file));
  }

  #remember(entry: ProcessEntry): void {
    this.#known.set(entry.number, entry.startedAt);
    if (entry.session === entry.number) this.#sessions.add(entry.session);
  }

  /** A number may be given out again once nothing uses it any more, as a process, a group or a session. */
  #forgetAllBut(found: ReadonlyMap<number, ProcessEntry>): void {
    for (const number of this.#known.keys()) if (!found.has(number)) this.#known.delete(number);
    const sessions = new Set([...found.values()].map((entry) => entry.session));
    for (const session of this.#sessions) if (!sessions.has(session)) this.#sessions.delete(session);
  }
}

/**
 * Between its birth and its program, a process has all the files of whoever starts it: a child of the engine or of its
 * spawner may have the tethers of all steps for a moment. The first process of a machine is given the children of all
 * that ended, so there they need not be its own.
 */
function isJustStarted({ parent }: ProcessEntry): boolean {
  return ownSpawners.has(parent) || (parent === process.pid && process.pid !== 1);
}

function isIn(known: ReadonlyMap<number, number>, { number, startedAt }: ProcessEntry): boolean {
  return known.get(number) === startedAt;
}
