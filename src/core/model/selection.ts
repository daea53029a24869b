import type { StepId } from './ids.ts';

/** Which steps of a run take part. Empty lists mean: no such restriction. */
export interface Selection {
  /** These, and what is automatic and one of them depends on. */
  readonly only: readonly StepId[];
  /** These and all that is reachable from them. */
  readonly from: readonly StepId[];
  readonly skip: readonly StepId[];
  /** Override of `enabled` for this run. */
  readonly enable: readonly StepId[];
  readonly disable: readonly StepId[];
}

export const wholeRun: Selection = { only: [], from: [], skip: [], enable: [], disable: [] };
