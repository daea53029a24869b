import type { Selection } from '../../src/core/model/selection.ts';
import type { EdgeOutcome, Step, Workflow } from '../../src/core/model/workflow.ts';
import type { Rules } from './reference-rules.ts';
import type { StepVerdict } from './verdict.ts';

/** An edge into a step, written or made by the order of the list. `on` is `null` for a plain edge. */
export interface Edge {
  readonly from: string;
  readonly on: readonly EdgeOutcome[] | null;
}

export type Edges = ReadonlyMap<string, readonly Edge[]>;

/**
 * Section 4, rule 6. In `sequence`, a step without the key `dependencies` follows the one written before it by a
 * plain edge; in `graph` it starts at once. With the key, a step waits only for those it names.
 */
export function edgesOf(list: readonly Step[], workflow: Workflow, rules: Rules): Edges {
  return new Map(
    list.map((step, index) => {
      if (step.dependencies !== null) {
        return [step.id, step.dependencies.map((edge) => ({ from: edge.step, on: edge.on }))] as const;
      }
      const before = list[index - 1];
      const follows = workflow.order === 'sequence' && rules.sequenceChains && before !== undefined;
      return [step.id, follows ? [{ from: before.id, on: null }] : []] as const;
    }),
  );
}

/**
 * Section 4, rule 1. A plain edge passes when the dependency succeeded, or failed and is not required, or was skipped
 * for any reason but `blocked`; an edge with `on` passes on those outcomes only. None passes after a cancelled step.
 */
export function edgePasses(
  { on }: Edge,
  { status, skipped }: StepVerdict,
  { required, rules }: { readonly required: boolean; readonly rules: Rules },
): boolean {
  const blocked = skipped?.kind === 'blocked';
  switch (status) {
    case 'success':
      return on === null || on.includes('success');
    case 'failed':
      return on === null ? !required && rules.optionalFailurePasses : on.includes('failure');
    case 'cancelled':
      return on === null && !rules.cancelledBlocks;
    case 'skipped':
      if (on !== null) return on.includes('skipped') && (rules.onSkippedPasses || !blocked);
      return blocked ? !rules.blockedBlocks : rules.otherSkipsPass;
  }
}

/**
 * Section 6, selection on a fresh run. `only` are these steps, `from` are these and all that is reachable from them;
 * automatic steps that a selected one depends on, directly or not, come with it; `skip` takes away.
 */
export function selectedSteps(steps: readonly Step[], edges: Edges, selection: Selection): ReadonlySet<string> {
  const selected = new Set<string>();
  if (selection.only.length === 0 && selection.from.length === 0) {
    for (const step of steps) selected.add(step.id);
  }
  for (const id of selection.only) selected.add(id);
  for (const id of downstream(selection.from, edges)) selected.add(id);
  const needed = upstream([...selected], edges);
  for (const step of steps) if (step.automatic && needed.has(step.id)) selected.add(step.id);
  for (const id of selection.skip) selected.delete(id);
  return selected;
}

/** The steps themselves and all that can be reached from them over edges. */
export function downstream(from: readonly string[], edges: Edges): ReadonlySet<string> {
  return closure(from, (reached) =>
    [...edges].flatMap(([id, into]) => (into.some((edge) => reached.has(edge.from)) ? [id] : [])),
  );
}

/** The steps themselves and all from which one of them can be reached. */
export function upstream(of: readonly string[], edges: Edges): ReadonlySet<string> {
  return closure(of, (reached) => [...reached].flatMap((id) => (edges.get(id) ?? []).map((edge) => edge.from)));
}

function closure(start: readonly string[], more: (reached: ReadonlySet<string>) => readonly string[]): Set<string> {
  const reached = new Set(start);
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const id of more(reached)) reached.add(id);
  }
  return reached;
}
