import type { Address } from '../model/ids.ts';

/** What steps printed, kept with the run. */
export interface StepLogs {
  /** The last 100 lines, at most 64 KiB, masked; empty where the step printed nothing. */
  tail(address: Address): string;
}
