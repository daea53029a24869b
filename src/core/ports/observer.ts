import type { RunEvent } from '../model/event.ts';
import type { Address } from '../model/ids.ts';

/** Watches a run and shows it: terminal, CI log, event stream. Must not throw, must not slow the run down. */
export interface Observer {
  /** After the event was made durable and applied. */
  event(event: RunEvent): void;
  /**
   * A piece of what a step prints, masked and neutralised, not cut at line ends. A promise asks the step to wait
   * until whoever reads has caught up.
   */
  output(address: Address, chunk: string, stream: 'stdout' | 'stderr'): undefined | Promise<void>;
  /** A message of the step's handler, masked. */
  log(address: Address, level: LogLevel, message: string): void;
}

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';
