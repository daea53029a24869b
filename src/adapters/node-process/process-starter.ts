import type { Failure } from '../../core/model/failure.ts';
import type { Result } from '../../core/model/result.ts';
import { checkInvocation, type Environment, type Invocation } from './invocation.ts';
import { ownChildren } from './own-processes.ts';
import { Spawner } from './spawner/spawner.ts';
import { type StartedProcess, startDirectly } from './started-process.ts';
import type { Tether } from './tethers.ts';

export interface SpawnerOptions {
  /** The program of the spawner. */
  readonly script: string;
  /** How many starts that it would have made cheaper are made without it; default 8. 0: all wait until it runs. */
  readonly after?: number;
}

/** Its own start costs as much as some ten others; a run of a few steps is better off without. */
const defaultAfter = 8;
/** From here on what a start copies of our memory costs more than the way to the spawner and back. */
const largeMemoryBytes = 160 * 1024 * 1024;

/**
 * Starts processes. A start copies the tables of the memory of whoever does it, and blocks it until the new program
 * runs. Where several steps run at once, or where our memory has become large, a small process of our own does that,
 * beside the engine's other work. Linux only; elsewhere a start does not depend on memory.
 */
export class ProcessStarter {
  readonly #environment: Environment;
  readonly #options: SpawnerOptions | null;
  #startedDirectly = 0;
  /** Undefined until one was asked for; null where none could be had. */
  #spawner: Spawner | null | undefined;

  /** `environment`: what all processes share. `options`: null does without a spawner. */
  constructor(environment: Environment, options: SpawnerOptions | null) {
    this.#environment = environment;
    this.#options = process.platform === 'linux' ? options : null;
  }

  /** A process in a group of its own, without a standard input. What it shares is the environment given above. */
  async start(invocation: Invocation, cwd: string, tether: Tether | null): Promise<Result<StartedProcess, Failure>> {
    const spawner = await this.#spawnerOfUse();
    if (spawner === null) return startDirectly(invocation, cwd, { input: false, channel: false, tether });
    const checked = checkInvocation(invocation);
    return checked.ok ? spawner.start(invocation, cwd, tether) : checked;
  }

  /** Ends the spawner. */
  async close(): Promise<void> {
    await this.#spawner?.close();
  }

  /** One that has died is not made again: whatever killed it may do so again, with the steps of that moment. */
  async #spawnerOfUse(): Promise<Spawner | null> {
    if (this.#options === null) return null;
    const { script, after = defaultAfter } = this.#options;
    if (after > 0 && !this.#wouldGain()) return null;
    if (this.#spawner === undefined) {
      if (this.#startedDirectly++ < after) return null;
      this.#spawner = Spawner.launch(script, this.#environment);
    }
    if (after === 0) await this.#spawner?.settled;
    return this.#spawner?.isReady ? this.#spawner : null;
  }

  /** A step that runs alone has nothing to gain from a start that blocks nobody, unless the start itself is slow. */
  #wouldGain(): boolean {
    const alone = ownChildren.size === 0 && this.#spawner?.isBusy !== true;
    return !alone || process.memoryUsage.rss() > largeMemoryBytes;
  }
}
