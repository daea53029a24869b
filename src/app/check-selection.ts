import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import { suggest } from '../core/expression/suggest.ts';
import { type StepId, stepId } from '../core/model/ids.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import type { Selection } from '../core/model/selection.ts';
import type { Workflow } from '../core/model/workflow.ts';
import { graphOf } from '../core/plan/graph.ts';
import { selectedSteps } from '../core/plan/selection.ts';
import type { WrittenSelection } from './run-request.ts';

export interface SelectionRules {
  /** Steps that a step reads outputs of, by id. */
  readonly reads: (id: StepId) => readonly string[];
  /** Steps whose outputs are known without running them: those of the journal on a resume. */
  readonly known: (id: StepId) => boolean;
}

/**
 * A selection that the definition can follow: its steps exist, none that is `automatic` is skipped, and no selected
 * step reads one that is left out and whose outputs nobody has (LANGUAGE.md section 6).
 */
export function checkSelection(
  workflow: Workflow,
  written: WrittenSelection,
  rules: SelectionRules,
): Result<Selection, readonly Diagnostic[]> {
  const diagnostics = [
    ...unknownSteps(workflow, written),
    ...skippedAutomatic(workflow, written.skip, '--skip'),
    ...skippedAutomatic(workflow, written.disable, '--disable'),
  ];
  const selection: Selection = {
    only: written.only.map(stepId),
    from: written.from.map(stepId),
    skip: written.skip.map(stepId),
    enable: written.enable.map(stepId),
    disable: written.disable.map(stepId),
  };
  if (diagnostics.length === 0) diagnostics.push(...missingInputs(workflow, selection, rules));
  return diagnostics.length > 0 ? err(diagnostics) : ok(selection);
}

function unknownSteps(workflow: Workflow, written: WrittenSelection): Diagnostic[] {
  const main = new Set<string>(workflow.steps.map((step) => step.id));
  const final = new Set<string>(workflow.finally.map((step) => step.id));
  return (['only', 'from', 'skip', 'enable', 'disable'] as const).flatMap((option) =>
    written[option].flatMap((id): Diagnostic[] => {
      if (main.has(id)) return [];
      const outside = final.has(id) && (option === 'only' || option === 'from' || option === 'skip');
      if (final.has(id) && !outside) return [];
      const near = suggest(id, [...main]);
      return [
        {
          code: 'selection',
          severity: 'error',
          message: outside
            ? `--${option} names "${id}", a step of \`finally\`, which always runs.`
            : `--${option} names "${id}", but no step has that id.`,
          ...(near !== null && !outside && { hint: `Did you mean "${near}"?` }),
        },
      ];
    }),
  );
}

function skippedAutomatic(workflow: Workflow, ids: readonly string[], option: string): Diagnostic[] {
  return workflow.steps
    .filter((step) => step.automatic && ids.includes(step.id))
    .map((step) => ({
      code: 'selection',
      severity: 'error',
      message: `${option} names "${step.id}", which is \`automatic\` and cannot be switched off.`,
      hint: 'Take `automatic: true` out of the definition, or let the step run.',
    }));
}

function missingInputs(workflow: Workflow, selection: Selection, rules: SelectionRules): Diagnostic[] {
  const graph = graphOf(workflow);
  const selected = selectedSteps(graph, selection);
  if (selected === null) return [];
  const runs = new Set<string>(selected);
  return selected.flatMap((id) =>
    rules
      .reads(id)
      .filter((source) => !runs.has(source) && !rules.known(stepId(source)))
      .map(
        (source): Diagnostic => ({
          code: 'selection',
          severity: 'error',
          message: `Step "${id}" reads outputs of "${source}", which the selection leaves out.`,
          hint: `Select "${source}" too, or resume a run in which it has ended.`,
        }),
      ),
  );
}
