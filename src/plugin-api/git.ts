/** The contract of the integration adapter `git`: what handlers of other plugins may ask of it. Paths use `/`. */
export interface GitAdapter {
  /** Configuration of the adapter: the remote to use where a step names none, the branch where one is set. */
  settings(): Promise<{ readonly remote: string; readonly branch: string | null }>;
  /** Name of the branch; `null` on a detached head. On GitHub a pull request's head branch, a tag push's `null`. */
  branch(): Promise<string | null>;
  /** The branch that is checked out here, whatever the event says; `null` on a detached head. */
  checkedOutBranch(): Promise<string | null>;
  /** True where the clone lacks older commits. */
  isShallow(): Promise<boolean>;
  /** Full object name; `null` in a repository without commits. */
  head(): Promise<string | null>;
  /** Changed, added, deleted and untracked paths relative to the workspace, ignored ones left out. */
  changes(): Promise<readonly { readonly path: string; readonly state: 'staged' | 'unstaged' | 'untracked' }[]>;
  /** Paths whose staged state differs from head. */
  staged(): Promise<readonly string[]>;
  /** A file's text at a revision; `null` where it has no such file. */
  fileAt(revision: string, path: string): Promise<string | null>;
  /** Stages what the path patterns match, deletions too; gives the staged paths. */
  stage(patterns: readonly string[]): Promise<readonly string[]>;
  /** Commits the index with hooks honoured; the object name of the new commit. */
  commit(message: string): Promise<string>;
  /** Full object name that a tag of this repository points at (peeled); `null` where there is no such tag. */
  tagTarget(tag: string): Promise<string | null>;
  /** Both at once, each a commit's full object name or `null`. */
  headAndTag(tag: string): Promise<{ readonly head: string | null; readonly target: string | null }>;
  /** Those of these tags that stand on head or on a commit before it. */
  tagsInHistory(tags: readonly string[]): Promise<readonly string[]>;
  /** Paths that a commit changed against its first parent. */
  changedBy(commit: string): Promise<readonly string[]>;
  /** An annotated tag where a message is given, else a lightweight one, on `head`. */
  createTag(tag: string, message: string | null): Promise<void>;
  /** The newest tag reachable from head; `null` where none is. */
  lastTag(): Promise<string | null>;
  /** Commits after `since` (a tag or object name) up to head, newest first; all where `since` is null. */
  commits(since: string | null, limit: number): Promise<readonly GitCommit[]>;
  /** Object names of full refs on the remote, peeled for annotated tags; `null` where it has no such ref. Never prompts. */
  remoteRefs(remote: string, refs: readonly string[]): Promise<{ readonly [ref: string]: string | null }>;
  /** All or nothing. Never prompts. */
  push(remote: string, refs: readonly GitRefUpdate[]): Promise<PushAnswer>;
  /** URL of the remote without credentials; `null` where there is no such remote. */
  remoteUrl(remote: string): Promise<string | null>;
}

export interface GitCommit {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
  readonly author: string;
}

export interface GitRefUpdate {
  /** Full local ref, e.g. `refs/heads/main`. */
  readonly source: string;
  /** Full ref on the remote. */
  readonly target: string;
}

export type PushAnswer =
  | { readonly kind: 'pushed'; readonly refs: readonly string[]; readonly upToDate: readonly string[] }
  /** The remote refused, or the hook `pre-push` of the clone did (`hook`): nothing there changed. */
  | {
      readonly kind: 'refused';
      readonly reason: 'behind' | 'protected' | 'exists' | 'hook' | 'other';
      readonly message: string;
    }
  /** The remote could not be reached or would not authenticate. */
  | { readonly kind: 'unreachable'; readonly message: string };
