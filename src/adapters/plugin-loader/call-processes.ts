import type { Processes, ProcessRequest, ProcessResult } from '../../core/ports/plugin.ts';

/** The processes of one call, with what is to be done when it is over. */
export interface CallProcesses extends Processes {
  /** Called once, when no process of the call runs any more. */
  close(): void;
}

/** Knows whether any process of the call still runs. */
export class CountedProcesses implements Processes {
  readonly #processes: Processes;
  readonly #running = new Set<Promise<ProcessResult>>();

  constructor(processes: Processes) {
    this.#processes = processes;
  }

  get areIdle(): boolean {
    return this.#running.size === 0;
  }

  async run(request: ProcessRequest): Promise<ProcessResult> {
    const result = this.#processes.run(request);
    this.#running.add(result);
    try {
      return await result;
    } finally {
      this.#running.delete(result);
    }
  }

  /** Resolves when none runs any more, however they ended: whoever started one hears of its failure. */
  async idle(): Promise<void> {
    while (!this.areIdle) await Promise.allSettled(this.#running);
  }
}
