import { documentLimits } from './document-limits.ts';
import type { DocumentPath } from './document-path.ts';
import { type Draft, type DraftMap, isDraftList, isDraftMap } from './draft.ts';
import { listOfOne, textOf, textsOf } from './draft-values.ts';
import type { PlacedFaults } from './placed-faults.ts';

/** One list of steps of the document, with the steps that are maps at least. */
export interface StepList {
  readonly kind: 'main' | 'finally' | 'inline';
  readonly path: DocumentPath;
  readonly order: 'sequence' | 'graph' | 'parallel';
  readonly steps: readonly { readonly map: DraftMap; readonly path: DocumentPath }[];
}

const inlineKeys = ['steps', 'then_steps', 'else_steps'] as const;

/** Every list of steps, the main one first, then those of `finally`, then inline ones from the outside in. */
export function collectStepLists(body: DraftMap, bodyPath: DocumentPath, faults: PlacedFaults): readonly StepList[] {
  const order = body.order === 'graph' ? 'graph' : 'sequence';
  const lists: { list: StepList; depth: number }[] = [
    { list: listAt('main', body.steps, [...bodyPath, 'steps'], order), depth: 1 },
    { list: listAt('finally', body.finally, [...bodyPath, 'finally'], order), depth: 1 },
  ];
  // The list grows while it is walked: levels of nesting are then no levels of recursion.
  for (const { list, depth } of lists) {
    for (const step of list.steps) {
      for (const inline of inlineListsOf(step.map, step.path, order)) {
        if (depth < documentLimits.stepNesting) lists.push({ list: inline, depth: depth + 1 });
        else reportDeep(inline.path, faults);
      }
    }
  }
  return lists.map(({ list }) => list);
}

function inlineListsOf(step: DraftMap, path: DocumentPath, order: 'sequence' | 'graph'): readonly StepList[] {
  const own = step.order;
  const isParallel = step.type === 'parallel' || step.type === 'flow.parallel' || step.handler === 'flow.parallel';
  return inlineKeys.flatMap((key) => {
    if (!isDraftList(step[key])) return [];
    const listOrder = key === 'steps' && isParallel ? 'parallel' : own === 'graph' || own === 'sequence' ? own : order;
    return [listAt('inline', step[key], [...path, key], listOrder)];
  });
}

function listAt(
  kind: StepList['kind'],
  written: Draft | undefined,
  path: DocumentPath,
  order: StepList['order'],
): StepList {
  const items = isDraftList(written) ? written : [];
  const steps = items.flatMap((map, index) => (isDraftMap(map) ? [{ map, path: [...path, index] }] : []));
  return { kind, path, order, steps };
}

function reportDeep(path: DocumentPath, faults: PlacedFaults): void {
  faults.report('too-deep', path, `Steps nest deeper than ${documentLimits.stepNesting} levels.`, {
    at: 'key',
    hint: 'Move inner steps to a workflow of their own.',
  });
}

/** The ids that routes of other steps enter, and those that branches name. */
export function routedIds(lists: readonly StepList[]): ReadonlySet<string> {
  const routed = new Set<string>();
  for (const { steps } of lists) {
    for (const { map } of steps) {
      const own = textOf(map.id);
      for (const target of targetsOf(map)) if (target !== own) routed.add(target);
    }
  }
  return routed;
}

function targetsOf(step: DraftMap): readonly string[] {
  const routes = ['on_success', 'onSuccess', 'on_failure', 'onFailure'].flatMap((key) => listOfOne(step[key]));
  const targets = routes.flatMap((route) =>
    isDraftMap(route) ? ['then', 'else', 'to'].flatMap((key) => textsOf(route[key])) : textsOf(route),
  );
  return [...targets, ...textsOf(step.then_steps), ...textsOf(step.else_steps)];
}
