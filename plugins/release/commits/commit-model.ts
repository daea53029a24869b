/** How much a change raises a version, the greatest first. */
export const increments = ['major', 'minor', 'patch'] as const;
export type Increment = (typeof increments)[number];

/** A commit as git tells of it. `GitCommit` fits. */
export interface RawCommit {
  /** Full object name. */
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
  readonly author: string;
  /** How many parents it has; where it is not given, merges are told by their subject. */
  readonly parents?: number;
}

/** An issue or a pull request that a commit speaks of. */
export interface Reference {
  /** What the commit does to it, in lower case: `closes`, `fixes`; `null` where it is only mentioned. */
  readonly action: string | null;
  /** `owner/name` of another repository; `null` for this one. */
  readonly repository: string | null;
  /** As it was written: `#` or `GH-`. */
  readonly prefix: string;
  readonly issue: string;
}

/** One change that a commit made, as its message says it. */
export interface Change {
  readonly hash: string;
  /** In lower case; `*` for a message that is not conventional. */
  readonly type: string;
  readonly scope: string | null;
  /** One line, without type, scope and the number of the pull request. */
  readonly subject: string;
  readonly breaking: boolean;
  /** What breaks, in words; empty where only the sign `!` says so. */
  readonly breakingNotes: readonly string[];
  readonly references: readonly Reference[];
  /** Number that a squash merge puts at the end of a subject: `feat: x (#123)`. */
  readonly pullRequest: string | null;
  /** Author first, then those of `Co-authored-by`; each name once. */
  readonly authors: readonly string[];
}

/** What a revert takes back. */
export interface RevertTarget {
  /** Object names, full or abbreviated, from `This reverts commit …`. */
  readonly hashes: readonly string[];
  /** Those of them that the message calls merges: what these brought is taken back with them. */
  readonly merges: readonly string[];
  /** The quoted subject where it ends with the number of a pull request, which makes it name one commit. */
  readonly subject: string | null;
}

export type ParsedCommit =
  | { readonly kind: 'changes'; readonly changes: readonly Change[]; readonly releaseAs: string | null }
  | {
      readonly kind: 'revert';
      readonly target: RevertTarget;
      /** What it counts as where the reverted commit is not in the same range. */
      readonly change: Change;
      readonly releaseAs: string | null;
    }
  /** It says nothing: what it merged speaks for itself. */
  | { readonly kind: 'merge'; readonly releaseAs: string | null }
  /** Made by an earlier release. */
  | { readonly kind: 'release' }
  /** The message asks to be left out: `[skip release]`. */
  | { readonly kind: 'skipped' }
  | { readonly kind: 'unconventional'; readonly change: Change; readonly releaseAs: string | null };
