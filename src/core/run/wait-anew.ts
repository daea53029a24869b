import type { RunResumed } from '../model/event.ts';
import { topologicalOrder } from '../plan/levels.ts';
import type { Draft } from './draft.ts';

/**
 * Makes each step wait for what has not ended, after many were opened at once. A step that stands (LANGUAGE.md section 6)
 * does not run again, but what follows it still follows what runs again before it.
 */
export function waitAnew(draft: Draft, { keepsOrder }: Pick<RunResumed, 'keepsOrder'>): void {
  const { graph } = draft.state;
  for (const position of topologicalOrder(graph)) {
    const step = draft.state.steps.at(position);
    const open = draft.openEdges(position);
    if (step.kind === 'pending') draft.put(position, { ...step, open });
    else if (keepsOrder && step.kind === 'ended' && (open > 0 || step.cutOffBy !== undefined)) {
      const { cutOffBy: _earlier, ...stands } = step;
      draft.put(position, { ...stands, held: open });
    }
  }
}
