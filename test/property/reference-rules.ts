import type { SkipKind } from '../../src/core/model/skip.ts';

/**
 * The rules of the language that the model can be told to get wrong. The tests of the comparison switch them off one
 * at a time: a comparison that notices nothing proves nothing.
 */
export interface Rules extends Record<SwitchableRule, boolean> {
  /** Of the reasons that are known before an attempt, the first that holds is given. */
  readonly skipOrder: readonly SkipKind[];
}

export type SwitchableRule = keyof typeof switchableRules;

export const switchableRules = {
  /** Edges: a plain edge passes on the failure of a step that is not required. */
  optionalFailurePasses: true,
  /** Edges: a plain edge from a step that is skipped as `blocked` does not pass. */
  blockedBlocks: true,
  /** Edges: a plain edge from a step that is skipped for any other reason passes. */
  otherSkipsPass: true,
  /** Edges: no edge from a cancelled step passes. */
  cancelledBlocks: true,
  /** Edges: `on: skipped` passes whatever the reason of the skip. */
  onSkippedPasses: true,
  /** A step waits for all its edges, not for the first. */
  waitsForAll: true,
  /** `automatic`: `enabled` cannot switch the step off. */
  automaticIgnoresEnabled: true,
  /** Selection holds for the main steps, not for `finally`. */
  finallyIgnoresSelection: true,
  /** Rule 6: `sequence` chains the steps that have no key `dependencies`. */
  sequenceChains: true,
  /** `max_parallel` bounds the attempts that run at once. */
  placesAreBounded: true,
  /** Of ready steps, the one written first starts first. */
  writtenFirstStartsFirst: true,
  /** The delay before a retry takes no place. */
  delayTakesNoPlace: true,
  /** Retry: without filters, exit, timeout and crashed alone are retried. */
  someKindsRetry: true,
  /** Retry: what the handler says of its failure counts more than the kind. */
  handlerDecidesRetry: true,
  /** Retry: the filters of `on` replace the default. */
  filtersDecideRetry: true,
  /** Retry: delays grow as `backoff` says. */
  delaysGrow: true,
  /** Retry: `deadline` bounds all attempts together. */
  deadlineBoundsAttempts: true,
  /** `timeout` begins anew with each attempt. */
  timeoutIsPerAttempt: true,
  /** `stop`: a failed required step keeps others from starting. */
  requiredFailureStops: true,
  /** `stop`: the failure of a step that is not required stops nothing. */
  optionalFailureGoesOn: true,
  /** `stop` starts steps with an edge whose `on` holds failure to a step that failed. */
  stopRunsFailureSteps: true,
  /** `stop`: what follows those does not start. */
  stopEndsTheirFollowers: true,
  /** `stop`: retries of running steps go on. */
  stopLetsRetriesFinish: true,
  /** `fail_fast` cancels what runs. */
  failFastCancels: true,
  /** A cancel ends the delay before a retry. */
  cancelEndsDelays: true,
  /** A cancel before the end of the main steps decides the run's status. */
  cancelDecidesStatus: true,
  /** The run's timeout fails the run. */
  timeoutFailsRun: true,
  /** `finally` runs after a cancel too. */
  finallyAfterCancel: true,
  /** In `finally` a failure stops nothing. */
  finallyGoesOn: true,
  /** Failures of steps that are not required make the run partial. */
  optionalFailureIsPartial: true,
  /** Resume: what ended in success never runs again. */
  successStands: true,
  /** Resume: what follows a step that stands waits for what runs again before that. */
  standingKeepsOrder: true,
  /** Resume: what would have blocked a step that stands blocks what follows it. */
  standingPassesBlocks: true,
  /** Resume: steps that were blocked or cut off are settled again. */
  cutOffRunsAgain: true,
  /** Resume: a skip is settled again where a step upstream of it runs again. */
  skipsFollowReruns: true,
};

export const theLanguage: Rules = {
  ...switchableRules,
  skipOrder: ['disabled', 'not-selected', 'edge', 'blocked', 'condition', 'run-ended'],
};
