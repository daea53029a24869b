import type { Address } from '../model/ids.ts';
import type { EarlierVisit, Ended, RunState, VisitOf } from './state.ts';

/** A visit that ended in success and left something that stands, or was interrupted and may have. */
export interface CompletedVisit extends VisitOf {
  readonly effect: NonNullable<Ended['effect']>;
}

/**
 * Of the steps of the main part, the newest end first. `earlier`: with the visits before the newest one of a step.
 * `only`: of these steps and no others; `null`: of all.
 */
export function completedVisits(
  state: RunState,
  options: { readonly only: readonly Address[] | null; readonly earlier: boolean },
): readonly CompletedVisit[] {
  const asked = options.only && new Set<string>(options.only);
  return [...newestVisits(state), ...(options.earlier ? state.earlier : [])]
    .filter(({ step }) => asked === null || asked.has(step))
    .sort((a, b) => b.ended.order - a.ended.order)
    .flatMap(({ step, ended }) => {
      const effect = standingEffect(ended);
      return effect === null || !isMain(state, step) ? [] : [{ step, visit: ended.visits, effect }];
    });
}

/** How a visit ended; null where it has not, or where a resume with another definition has taken the step out. */
export function endOfVisit(state: RunState, { step, visit }: VisitOf): Ended | null {
  const position = state.graph.positionOf(step);
  if (position === undefined) return null;
  const newest = state.steps.at(position);
  if (newest.kind === 'ended' && newest.visits === visit) return newest;
  return state.earlier.find((each) => each.step === step && each.ended.visits === visit)?.ended ?? null;
}

/** What it left to be taken back; null where that is nothing, or it was taken back. */
export function standingEffect({ undone, effect }: Ended): Ended['effect'] {
  return undone ? null : effect;
}

/** Nobody saw how it ended: what it did has to be found out before it can be taken back. */
export function wasInterrupted({ result }: Ended): boolean {
  return result.kind !== 'success';
}

function newestVisits({ graph, steps }: RunState): readonly EarlierVisit[] {
  return graph.nodes.flatMap(({ position, step: { id } }) => {
    const known = steps.at(position);
    return known.kind === 'ended' ? [{ step: id, ended: known }] : [];
  });
}

function isMain({ graph }: RunState, step: VisitOf['step']): boolean {
  const position = graph.positionOf(step);
  return position !== undefined && position < graph.mainCount;
}
