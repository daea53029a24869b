import type { GitSurvey } from '../../../src/plugin-api/index.ts';
import type { BumpDecision } from '../commits/decide-bump.ts';
import type { CalendarDay, Version, VersionScheme } from '../scheme/scheme.ts';
import type { TagNames } from './tag-names.ts';

/** What somebody asks for. */
export interface ReleaseRequest {
  /** An increment of the scheme, or `auto`: the commits decide. */
  readonly increment: string;
  /** Name of the pre-release to make; `null`: none. */
  readonly prerelease: string | null;
  readonly build: string | null;
  readonly keepBuild: boolean;
  /** The version itself; `null`: it is worked out. */
  readonly exact: string | null;
  /** Release although nothing has changed since the newest release. */
  readonly allowEmpty: boolean;
  /** The first version of a repository without tags and without a version in a file; `null`: the scheme's own. */
  readonly initial: string | null;
}

/** What the first of the version files says: in the workspace, in the commit, in the commit before it. */
export interface FileVersions {
  readonly path: string;
  readonly work: string;
  /** `null` where the commit has no such file, or it is no version there, or there is no commit. */
  readonly head: string | null;
  readonly parent: string | null;
}

/** A tag whose name is a version. */
export interface ReleaseTag {
  readonly name: string;
  readonly version: Version;
  readonly commit: string | null;
}

/** The release tags of this clone. */
export interface ReleaseTags {
  /** Those that stand on head or before it, the greatest version first. */
  readonly merged: readonly ReleaseTag[];
  /** Names that fit the template and are no versions of the scheme, among those that stand on head or before it. */
  readonly unread: readonly string[];
  /** Those of them whose numbers are beyond the newest version, and that do not stand on a commit before it. */
  readonly newer: readonly string[];
  /** Names of another shape than the template's that look like versions; where it names a package, bare ones alone. */
  readonly foreign: readonly string[];
}

/** All that a decision is made from. */
export interface ReleaseFacts {
  readonly request: ReleaseRequest;
  readonly scheme: VersionScheme;
  readonly names: TagNames;
  readonly today: CalendarDay;
  /** `null`: tags alone say which version there is. */
  readonly file: FileVersions | null;
  /** `null`: the workspace is in no repository. */
  readonly survey: GitSurvey | null;
  readonly tags: ReleaseTags;
  /** First line of the newest commit's message, where that commit may be a release; else `null`. */
  readonly headSubject: string | null;
  /** The newest commit that this run made: a release that it holds was begun by no earlier one. */
  readonly ownCommit: string | null;
  /** For `auto`: what the commits since the newest release ask for. */
  readonly commits: BumpDecision | null;
  /** Where they do not decide: whether releases made all that came since, which then opens the next version. */
  readonly onlyReleases: boolean;
}

export type Decision =
  | {
      readonly kind: 'release';
      readonly outcome: 'new' | 'continued' | 'released';
      readonly version: string;
      readonly tag: string;
      /** Where an earlier run has committed it already. */
      readonly commit: string | null;
      /** The version that was raised. */
      readonly old: string | null;
      /** The release before, which need not be what was raised: of a stable release it is the stable one before. */
      readonly previous: string | null;
      readonly previousTag: string | null;
      readonly why: string;
    }
  | {
      readonly kind: 'nothing';
      readonly version: string;
      readonly previousTag: string | null;
      readonly why: string;
    }
  /** Nothing may be written. `reason` is for machines, `message` says what to do. */
  | { readonly kind: 'stop'; readonly reason: StopReason; readonly message: string }
  /** The remote's branch has commits that are missing here; `fetch`: to be looked at first, and not gone forward to. */
  | {
      readonly kind: 'behind';
      readonly remote: string;
      readonly branch: string;
      readonly commit: string;
      readonly how: 'go-forward' | 'fetch';
    }
  /** A release that never left this clone stands in the way of the remote's newer commits. */
  | { readonly kind: 'unwind'; readonly version: string; readonly tag: string; readonly commit: string };

export type StopReason =
  | 'scheme'
  | 'tag-exists'
  | 'tag-ahead'
  | 'tag-elsewhere'
  | 'unreadable-tags'
  | 'uncounted-tags'
  | 'uncommitted-version'
  | 'diverged'
  | 'version'
  | 'no-tag';

/** A decision that nothing is to be done before somebody has done something; see `StopReason`. */
export function stop(reason: StopReason, message: string): Decision {
  return { kind: 'stop', reason, message };
}
