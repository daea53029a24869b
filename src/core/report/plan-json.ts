import type { JsonMap } from '../model/json.ts';
import type { PlannedRollback, PlanView, StepPreview } from '../model/plan-view.ts';
import { type DiagnosticJson, diagnosticJson } from './diagnostic-json.ts';

/** What `plan --json` prints. */
export interface PlanJson {
  readonly levels: readonly (readonly string[])[];
  readonly routed: readonly { readonly id: string; readonly from: readonly string[] }[];
  readonly finally: readonly (readonly string[])[];
  readonly steps: readonly {
    readonly id: string;
    readonly will_run: boolean | 'unknown';
    readonly why: string;
    readonly config: JsonMap | null;
    readonly preview: StepPreview | null;
    /** Only where the step would leave something to undo. */
    readonly rollback?: PlannedRollback;
  }[];
  readonly diagnostics: readonly DiagnosticJson[];
}

export function planJson(view: PlanView): PlanJson {
  return {
    levels: view.levels,
    routed: view.routed,
    finally: view.finally,
    steps: view.steps.map(({ id, willRun, why, config, preview, rollback }) => ({
      id,
      will_run: willRun,
      why,
      config,
      preview,
      ...(rollback !== null && { rollback }),
    })),
    diagnostics: view.diagnostics.map(diagnosticJson),
  };
}
