import { monotonicMs } from './monotonic-ms.ts';
import type { Offspring } from './offspring.ts';
import { ProcessTable } from './process-table.ts';

const betweenLooksMs = 100;
/** A look may take a fiftieth of the time, on a machine of very many processes as well. */
const restPerLook = 50;

/**
 * Looks again and again at what running steps have started: whose parent is known is known, and stays so after the
 * parent has ended. One look serves all steps.
 */
export class OffspringWatch {
  readonly #watched = new Set<Offspring>();
  #isArmed = false;

  add(offspring: Offspring): void {
    this.#watched.add(offspring);
    this.#arm(betweenLooksMs);
  }

  remove(offspring: Offspring): void {
    this.#watched.delete(offspring);
  }

  /** Stays armed where all steps have ended meanwhile: the next one mostly follows at once. */
  #arm(delayMs: number): void {
    if (this.#isArmed || process.platform !== 'linux') return;
    this.#isArmed = true;
    setTimeout(() => this.#look(), delayMs).unref();
  }

  #look(): void {
    this.#isArmed = false;
    if (this.#watched.size === 0) return;
    const start = monotonicMs();
    const table = ProcessTable.ofAll();
    for (const offspring of this.#watched) offspring.find(table);
    this.#arm(Math.max(betweenLooksMs, restPerLook * (monotonicMs() - start)));
  }
}
