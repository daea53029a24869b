import type { FileChange } from '../model/file-change.ts';
import type { StepEffect } from '../model/rollback.ts';
import type { GraphNode } from '../plan/graph.ts';
import type { HandlerCatalog } from '../ports/handlers.ts';

/**
 * What a step that ended in success left to be taken back, or one that was interrupted may have left; null where that is
 * nothing, or nothing can do it.
 */
export function effectOf(
  { step, section }: GraphNode,
  changes: readonly FileChange[],
  catalog: HandlerCatalog,
): StepEffect | null {
  if (section === 'finally') return null;
  // Whoever writes a rollback says how it is done, whatever the handler thinks of it.
  if (step.rollback) return { class: 'undo', by: 'step', changes };
  const handler = catalog.find(step.handler);
  if (!handler || handler.rollback === 'none') return null;
  if (handler.rollback === 'never') return { class: 'never', by: 'files', changes: [] };
  if (handler.hasUndo) return { class: handler.rollback, by: 'handler', changes };
  return changes.length > 0 ? { class: handler.rollback, by: 'files', changes } : null;
}

/** Of a step that was interrupted before it did what it is for: files that it wrote on the way. */
export function halfDoneEffect(
  node: GraphNode,
  changes: readonly FileChange[],
  catalog: HandlerCatalog,
): StepEffect | null {
  const effect = effectOf(node, changes, catalog);
  return effect?.by === 'step' || effect?.class === 'never' || changes.length === 0
    ? null
    : effect && { ...effect, by: 'files' };
}
