import type { RawCommit } from './commit-model.ts';
import { type CommitRules, defaultRules } from './commit-rules.ts';

export interface ParseSettings {
  /**
   * `ignore`: a merge commit says nothing, for what it merges is in the range itself. `title`: the title of its pull
   * request counts, for ranges along first parents; where it has none, or takes something back without naming it, what
   * it merges is to be added.
   */
  readonly merges: 'ignore' | 'title';
  /** Whether lines such as `* feat: x` in a body are changes of their own, as squash merges write them. */
  readonly squashBodies: boolean;
  /** True for a commit that an earlier release made. */
  isReleaseCommit(commit: Pick<RawCommit, 'subject'>): boolean;
}

export interface CommitSettings extends ParseSettings {
  readonly rules: CommitRules;
  /** How many changes of one type are kept for notes: the newest. */
  readonly mostPerType: number;
}

export const defaultCommitSettings: CommitSettings = {
  rules: defaultRules,
  merges: 'ignore',
  squashBodies: false,
  isReleaseCommit: () => false,
  mostPerType: 1000,
};
