import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { StepId } from './ids.ts';
import type { JsonMap } from './json.ts';
import type { RollbackClass } from './rollback.ts';

/** What a run would do, found out without starting anything (LANGUAGE.md section 6, dry run). Masked. */
export interface PlanView {
  readonly workflow: { readonly name: string; readonly version: string; readonly file: string };
  /** Main steps that no route names, by level: those of one level wait only for earlier levels. */
  readonly levels: readonly (readonly StepId[])[];
  /** Steps that start only when a route enters them, with the steps whose routes name them. */
  readonly routed: readonly { readonly id: StepId; readonly from: readonly StepId[] }[];
  /** The steps of `finally`, by level. */
  readonly finally: readonly (readonly StepId[])[];
  /** Main steps in document order, then those of `finally`. */
  readonly steps: readonly PlannedStep[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface PlannedStep {
  readonly id: StepId;
  readonly name: string;
  readonly handler: string;
  /** `unknown`: it depends on what the run brings. */
  readonly willRun: boolean | 'unknown';
  /** Why, for people: empty where nothing stands in the way. */
  readonly why: string;
  /** Resolved as far as it is known; secrets masked, unknown values marked. `null` for a step that will not run. */
  readonly config: JsonMap | null;
  /** What the handler says it would do; `null` where it has nothing to say. */
  readonly preview: StepPreview | null;
  /** How far what it would do could be taken back; `null`: it would leave nothing to undo. */
  readonly rollback: PlannedRollback | null;
}

export interface PlannedRollback {
  readonly class: Exclude<RollbackClass, 'none'>;
  /** The step's own `rollback`, or its handler. */
  readonly by: 'step' | 'handler';
}

export interface StepPreview {
  readonly summary: string;
  readonly diffs: readonly { readonly file: string; readonly diff: string }[];
  readonly commands: readonly string[];
}
