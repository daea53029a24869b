import type { FileChange } from '../model/file-change.ts';
import type { Address, RunId } from '../model/ids.ts';

/** One visit of a step. */
export interface VisitPlace {
  readonly runId: RunId;
  readonly address: Address;
  readonly visit: number;
}

/**
 * Keeps what stood in files of the workspace before a step wrote them, so that it can be put back byte for byte, by
 * this process or by another one. Paths are relative to the workspace. Rejects where the workspace or the place of the
 * copies cannot be read or written.
 */
export interface FileBackups {
  /** Must have resolved before the file is written. What a visit kept of a file first is what counts. */
  keep(place: VisitPlace, path: string): Promise<void>;
  /** What the visit kept, beside what stands there now; files that are gone are left out. */
  changes(place: VisitPlace): Promise<readonly FileChange[]>;
  /**
   * Puts a file back. `restored` also where it is as before already; `changed`: it is not what the step left any
   * more, and was not touched.
   */
  restore(runId: RunId, change: FileChange): Promise<'restored' | 'changed'>;
}
