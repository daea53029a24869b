import type { Failure } from './failure.ts';
import type { FileChange } from './file-change.ts';

/** How far a step's effect can be undone (LANGUAGE.md section 5). */
export type RollbackClass = 'none' | 'undo' | 'undo-with-care' | 'never';

/** What became of taking a step back. */
export type UndoOutcome =
  | { readonly kind: 'undone'; readonly message?: string }
  /** It is not ours any more, or must not be touched: nothing was changed. `commands` would finish it by hand. */
  | { readonly kind: 'left'; readonly reason: string; readonly commands: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly commands?: readonly string[] };

/**
 * What a step did, as far as it may have to be taken back; a step that left nothing has none. Of one that was interrupted
 * it is what the step may have done: whether it did, somebody has to find out first.
 */
export interface StepEffect {
  readonly class: Exclude<RollbackClass, 'none'>;
  /** Who takes it back: the step's own `rollback`, the handler, or the engine alone, which puts files back. */
  readonly by: 'step' | 'handler' | 'files';
  readonly changes: readonly FileChange[];
}
