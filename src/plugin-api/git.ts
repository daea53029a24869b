/**
 * The contract of the integration adapter `git`: what handlers of other plugins may ask of it. Paths use `/` and are
 * relative to the workspace; object names are full. A question costs one process unless its text says otherwise, and
 * none ever prompts or opens an editor.
 */
export interface GitAdapter {
  /** Configuration of the adapter: the remote to use where a step names none, the branch where one is set. */
  settings(): Promise<{ readonly remote: string; readonly branch: string | null }>;
  /** Name of the branch; `null` on a detached head. On GitHub a pull request's head branch, a tag push's `null`. */
  branch(): Promise<string | null>;
  /** The branch that is checked out here, whatever the event says; `null` on a detached head. */
  checkedOutBranch(): Promise<string | null>;
  /** True where the clone lacks older commits. Costs no process in a plain checkout. */
  isShallow(): Promise<boolean>;
  /** Full object name; `null` in a repository without commits. Costs no process in most plain checkouts. */
  head(): Promise<string | null>;
  /** Head, branch, upstream and changes at once. */
  status(): Promise<GitStatus>;
  /**
   * What a release has to know before it writes anything: head, changes, tags here and on the remote, and how head
   * stands to the remote's branch. Four processes in a fresh clone (the two of ls-remote included), one more where tags
   * were made here, one more where the branch differs. The remote is asked where a push to it goes. Rejects as
   * `refuseUnderWay` does.
   */
  survey(options?: GitSurveyOptions): Promise<GitSurvey>;
  /** Changed, added, deleted and untracked paths, ignored ones left out. */
  changes(): Promise<readonly GitChange[]>;
  /** Paths whose staged state differs from head; where patterns are given, those that they match. */
  staged(patterns?: readonly string[]): Promise<readonly string[]>;
  /** Rejects where somebody has begun a merge, rebase, cherry-pick or revert here. Costs no process in a plain checkout. */
  refuseUnderWay(): Promise<void>;
  /** A file's text at a revision; `null` where it has no such file. */
  fileAt(revision: string, path: string): Promise<string | null>;
  /** As `fileAt` for many, in their order. */
  filesAt(wanted: readonly { readonly revision: string; readonly path: string }[]): Promise<readonly (string | null)[]>;
  /** Files in which head differs from the point where it left `base`, with the lines that only head has. */
  changedLines(base: string): Promise<readonly ChangedLines[]>;
  /**
   * Stages what the path patterns match, deletions too; gives the staged paths. `literal`: they are paths, no patterns.
   * `clean`: the caller saw that nothing was staged before, which spares a process.
   */
  stage(
    patterns: readonly string[],
    options?: { readonly literal?: boolean; readonly clean?: boolean },
  ): Promise<readonly string[]>;
  /** Puts the staged state of these paths back to that of a tree, or of head; files stay as they are. */
  unstage(paths: readonly string[], tree: string | null): Promise<void>;
  /** Writes the index as a tree object and gives its name. */
  indexTree(): Promise<string>;
  /** Makes the index that of a tree; files stay as they are. */
  readIndex(tree: string): Promise<void>;
  /** Commits the index with hooks honoured; the object name of the new commit. */
  commit(message: string, options?: GitCommitOptions): Promise<string>;
  /**
   * The same of paths as they stand in the folder, which git must know, and of nothing else that is staged; `null` where
   * they are as in head. Hooks work on an index of their own: what they stage there beside the paths is not staged after.
   */
  commitPaths(message: string, paths: readonly string[], options?: GitCommitOptions): Promise<string | null>;
  /** Full object name of the commit that a tag of this repository points at; `null` where there is no such tag. */
  tagTarget(tag: string): Promise<string | null>;
  /** Both at once, each a commit's full object name or `null`. */
  headAndTag(tag: string): Promise<{ readonly head: string | null; readonly target: string | null }>;
  /** Those of these tags that stand on head or on a commit before it. */
  tagsInHistory(tags: readonly string[]): Promise<readonly string[]>;
  /** What a tag's ref points at, not peeled; `null` where there is no such tag. Often costs no process. */
  tagObject(tag: string): Promise<string | null>;
  /** All tags of this repository, or those that stand on head or on a commit before it; sorted by name. */
  tags(options?: { readonly merged?: boolean }): Promise<readonly GitTag[]>;
  /** Paths that a commit changed against its first parent. */
  changedBy(commit: string): Promise<readonly string[]>;
  /**
   * An annotated tag where a message is given, else a lightweight one, on head. A tag of that name that is here already
   * stays as it is, wherever it stands: `created` is false then. Rejects where there is no commit.
   */
  createTag(
    tag: string,
    message: string | null,
    options?: GitSigning & GitIdentity,
  ): Promise<{ readonly created: boolean; readonly tag: GitTag }>;
  /** Deletes a tag that is still this object. `changed`: it is another one, and stays. */
  deleteTag(tag: string, expectedObject: string): Promise<'deleted' | 'absent' | 'changed'>;
  /** The commit that any revision of git leads to; `null` where this clone has no such thing. */
  commitOf(revision: string): Promise<string | null>;
  /** The commit that a branch of this clone stands on; `null` where there is no such branch. */
  branchCommit(name: string): Promise<string | null>;
  /**
   * The branch that a remote checks out for who clones it, as this clone remembers it; `null` where it remembers none.
   */
  defaultBranch(remote: string): Promise<string | null>;
  /** Folder of the workspace in its repository; empty at its top. Costs no process in a plain checkout. */
  folder(): Promise<string>;
  /** What git says where it does not know who would commit; `null` where it knows. Two processes. */
  identityFault(identity?: GitIdentity): Promise<string | null>;
  /**
   * The newest tag reachable from head; `null` where none is. With `before`, a commit's object name: reachable from what
   * that commit was made on, its first parent.
   */
  lastTag(before?: string): Promise<string | null>;
  /** Commits after `since` (a tag or object name) up to head, newest first; all where `since` is null. */
  commits(since: string | null, limit: number): Promise<readonly GitCommit[]>;
  /**
   * As `commits` for long histories: calls `visit` for each as it comes and keeps none. In this process only. Rejects
   * with what `visit` throws.
   */
  eachCommit(range: GitCommitRange, visit: (commit: GitLogCommit) => void): Promise<void>;
  /**
   * True where `ancestor` is the other commit or stands before it. Rejects where this clone lacks one of them. This one
   * and the next two take any revision that git knows.
   */
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  /** The newest commit that both have in their history; `null` where they share none. */
  mergeBase(a: string, b: string): Promise<string | null>;
  /** How many commits each has that the other lacks; `null` where this clone lacks one of them. */
  aheadBehind(a: string, b: string): Promise<{ readonly ahead: number; readonly behind: number } | null>;
  /** Object names of full refs on the remote, peeled for annotated tags; `null` where it has no such ref. Never prompts. */
  remoteRefs(remote: string, refs: readonly string[]): Promise<{ readonly [ref: string]: string | null }>;
  /**
   * One branch of the remote and those of its tags that the patterns match (`*`: all, the default; `[]`: none).
   * `null` where the repository has no such remote. A remote that cannot be asked is an answer, not a rejection.
   */
  remoteState(remote: string, branch: string | null, tags?: readonly string[]): Promise<GitRemoteState | null>;
  /** The same of the place that a push to the remote goes to: settings of git may name another URL for pushes. */
  pushState(remote: string, branch: string | null, tags?: readonly string[]): Promise<GitRemoteState | null>;
  /** What a branch of this clone follows; `null` where it follows no branch of a remote. Costs no process in a plain checkout. */
  upstream(branch: string): Promise<GitUpstream | null>;
  /** Brings commits and tags from the remote; a tag that is here already on another object stays. */
  fetch(remote: string, options?: GitFetchOptions): Promise<GitFetchAnswer>;
  /** Moves the branch, index and files forward to a commit that follows head. Never makes a merge commit. */
  fastForward(to: string): Promise<GitMoveAnswer>;
  /** Puts the commits of the branch on top of another commit. On a conflict everything is put back as it was. */
  rebase(onto: string): Promise<GitMoveAnswer>;
  /** Merges a revision into the branch. On a conflict everything is put back as it was. */
  merge(revision: string, options?: GitMergeOptions): Promise<GitMoveAnswer>;
  /** Makes a branch at a revision (default head) without switching to it. Rejects where it exists. */
  createBranch(name: string, at?: string): Promise<void>;
  /** Checks a branch out that is here already. */
  switch(branch: string): Promise<GitMoveAnswer>;
  /** Deletes a branch that is not checked out and still stands on this commit. `changed`: it moved, and stays. */
  deleteBranch(name: string, expected: string): Promise<'deleted' | 'absent' | 'changed'>;
  /**
   * Moves the checked out branch (or a detached head) if it still stands on `expected`. `to: null` takes the first
   * commit back. `files: 'keep'` leaves index and files as they are; `'follow'` moves them too, and refuses where that
   * would overwrite changes that are not committed.
   */
  moveBranch(
    to: string | null,
    expected: string,
    files: 'keep' | 'follow',
  ): Promise<
    | { readonly kind: 'moved' }
    | { readonly kind: 'elsewhere'; readonly head: string | null }
    | { readonly kind: 'refused'; readonly message: string }
  >;
  /**
   * True where nothing tells that a hook of the clone runs with a commit; then a commit changes no file. Of hooks that
   * settings outside of the repository name it knows nothing. Costs no process.
   */
  hasNoHooks(): Promise<boolean>;
  /** Branches and tags that hold a commit, remote-tracking ones too: full refs. */
  refsWith(commit: string): Promise<readonly string[]>;
  /**
   * All or nothing. With `lease` a ref changes only where the remote still has the object that is given for it
   * (`null`: no such ref), and then also where that is no step forward: the caller checks that. Never prompts.
   */
  push(remote: string, refs: readonly GitRefUpdate[], options?: GitPushOptions): Promise<PushAnswer>;
  /** URL of the remote without credentials; `null` where there is no such remote. */
  remoteUrl(remote: string): Promise<string | null>;
}

export interface GitChange {
  readonly path: string;
  readonly state: 'staged' | 'unstaged' | 'untracked';
}

export interface GitStatus {
  /** `null` in a repository without commits. */
  readonly head: string | null;
  /** `null` on a detached head. */
  readonly branch: string | null;
  /** Short name of the branch that this one follows, e.g. `origin/main`; `null` where it follows none. */
  readonly upstream: string | null;
  /** Commits that only this branch or only its upstream has, as of the last fetch; `null` where that is not known. */
  readonly ahead: number | null;
  readonly behind: number | null;
  readonly changes: readonly GitChange[];
}

/** A branch of a remote, by the name of the remote in this clone. */
export interface GitUpstream {
  readonly remote: string;
  readonly branch: string;
}

export interface GitTag {
  readonly name: string;
  /** The commit that the tag leads to; `null` where it leads to something else. */
  readonly commit: string | null;
  /** The tag object of an annotated tag, else what the tag points at. */
  readonly object: string;
  readonly annotated: boolean;
}

/**
 * Tags by name. Has no prototype: every key is a tag. `commit` is what the tag leads to; for tags of a remote, and for
 * such that are not known to be in the history of head, nobody has looked whether that is a commit.
 */
export interface GitTagMap {
  readonly [name: string]: { readonly commit: string | null; readonly object: string };
}

export interface GitSurveyOptions {
  /** Default: the one that `git.push` takes. `null` leaves the remote alone, as if there were none. */
  readonly remote?: string | null;
  /** Default: the one that `git.push` takes. */
  readonly branch?: string;
  /**
   * Given the names of all tags, those of which it matters whether they are in the history of head; default: all. The
   * way back to the oldest of them is gone, so a few new ones of a long history cost little. Where it costs nothing more,
   * all are asked about. `null`: it matters of none, nor what head is about. `commitOf`: what a tag leads to, `null` where
   * that is not known yet.
   */
  readonly among?: (
    names: readonly string[],
    commitOf: (name: string) => string | null,
  ) => readonly string[] | null | Promise<readonly string[] | null>;
}

export interface GitSurvey {
  /** `null` in a repository without commits. */
  readonly head: string | null;
  /** The branch that is checked out; `null` on a detached head. */
  readonly branch: string | null;
  readonly detached: boolean;
  /** The branch of the remote that a push would go to; `null` where nothing names one. */
  readonly pushBranch: string | null;
  readonly changes: readonly GitChange[];
  readonly shallow: boolean;
  /** First line of the newest commit's message; `null` where there is none, nobody wanted to know, and on a detached head. */
  readonly headSubject: string | null;
  /** Tags of this clone. */
  readonly tags: GitTagMap;
  /** Names of those that stand on head or on a commit before it, as far as somebody wanted to know. */
  readonly tagsMerged: readonly string[];
  /** Names of those of which nobody wanted to know. */
  readonly tagsUnasked: readonly string[];
  /** `null` where the repository has no such remote. */
  readonly remote: GitRemoteState | null;
  readonly relation: GitRelation;
}

/**
 * How head stands to the remote's branch. `unknown`: the remote was not reached, or this clone lacks the remote's
 * commit, so that head is behind it or has diverged: a fetch tells.
 */
export type GitRelation = 'same' | 'ahead' | 'behind' | 'diverged' | 'unknown' | 'no-remote-branch';

export interface GitRemoteState {
  /** As it was asked for, without credentials. */
  readonly name: string;
  readonly reachable: boolean;
  /** What git said, without credentials; `null` where the remote was reached. */
  readonly cause: string | null;
  /** The commit of the branch; `null` where it has none, or was not reached. */
  readonly branch: string | null;
  /** Empty where it was not reached. */
  readonly tags: GitTagMap;
}

export interface GitCommit {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
  readonly author: string;
}

export interface GitLogCommit extends GitCommit {
  readonly parents: readonly string[];
  readonly authorEmail: string;
  /** When it was written, ISO 8601 with the author's own offset. */
  readonly date: string;
}

export interface GitCommitRange {
  /** A tag, object name or full ref whose history is left out; `null`: the whole history. */
  readonly since: string | null;
  /** A tag, object name or full ref; default head. */
  readonly until?: string;
  /** Tags, object names or full refs whose history is left out too. */
  readonly except?: readonly string[];
  /** Only commits that touch these paths. With `firstParent` a merge touches what it brought. */
  readonly paths?: readonly string[];
  readonly limit?: number;
  /** Of a merge, follow only the branch that was merged into. */
  readonly firstParent?: boolean;
}

export interface ChangedLines {
  /** Of a rename there is one for each name. */
  readonly path: string;
  /**
   * First and last line of each stretch, from 1, in ascending order. None where the file only lost lines, was deleted,
   * renamed or given another mode, or is binary.
   */
  readonly lines: readonly (readonly [number, number])[];
}

export interface GitIdentity {
  /** Who writes and commits; default: whom git knows. */
  readonly authorName?: string;
  readonly authorEmail?: string;
}

export interface GitSigning {
  /** `auto` (default): as the settings of git say. `true` demands a signature, `false` makes none. */
  readonly sign?: 'auto' | boolean;
  /** Default: the key that git's settings or the identity name. */
  readonly signingKey?: string;
  /** Default: as the settings of git say, which without any is `openpgp`. */
  readonly signingFormat?: 'openpgp' | 'ssh';
}

export interface GitCommitOptions extends GitSigning, GitIdentity {
  /** Leave out the hooks `pre-commit` and `commit-msg`. */
  readonly noVerify?: boolean;
}

export interface GitMergeOptions extends GitSigning, GitIdentity {
  /** Message of the merge commit; default git's own. */
  readonly message?: string;
  /** `auto` (default): a merge commit only where one is needed. `only`: refuse where one is needed. `never`: always make one. */
  readonly fastForward?: 'auto' | 'only' | 'never';
  readonly noVerify?: boolean;
}

export interface GitFetchOptions {
  /** Branches; default those that the remote is configured to bring. */
  readonly branches?: readonly string[];
  /** Bring all tags; default only those on commits that are brought. */
  readonly tags?: boolean;
  /** Bring the history that a shallow clone lacks; does nothing in a whole one. */
  readonly unshallow?: boolean;
  /** Bring this many commits more of a shallow clone. */
  readonly deepen?: number;
}

export type GitFetchAnswer =
  | { readonly kind: 'fetched' }
  /** Everything but these tags was brought: they are here already on another object. */
  | { readonly kind: 'clash'; readonly tags: readonly string[] }
  /** The remote has no such branch. */
  | { readonly kind: 'absent'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string };

export type GitMoveAnswer =
  | { readonly kind: 'moved'; readonly head: string }
  /** Head was there already. */
  | { readonly kind: 'unchanged'; readonly head: string }
  /** Both sides changed these files. Nothing was changed. */
  | { readonly kind: 'conflict'; readonly files: readonly string[] }
  /** Git would not do it (changes that are not committed stand in the way, a hook refused, …). Nothing was changed. */
  | { readonly kind: 'refused'; readonly message: string };

export interface GitRefUpdate {
  /** Full local ref or object name, e.g. `refs/heads/main`; empty: the ref is deleted on the remote. */
  readonly source: string;
  /** Full ref on the remote. */
  readonly target: string;
}

export interface GitPushOptions {
  /** What the remote must still have, by full ref; `null`: no such ref. */
  readonly lease?: { readonly [ref: string]: string | null };
  /** Leave out the hook `pre-push` of the clone. */
  readonly noVerify?: boolean;
}

export type PushAnswer =
  | { readonly kind: 'pushed'; readonly refs: readonly string[]; readonly upToDate: readonly string[] }
  /** The remote refused, or the hook `pre-push` of the clone did (`hook`): nothing there changed. */
  | {
      readonly kind: 'refused';
      readonly reason: 'behind' | 'protected' | 'exists' | 'hook' | 'no-atomic' | 'other';
      readonly message: string;
    }
  /** The remote could not be reached or would not authenticate. It may still have taken the push: look. */
  | { readonly kind: 'unreachable'; readonly message: string };
