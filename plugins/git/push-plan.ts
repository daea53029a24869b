import {
  type GitAdapter,
  type GitRefUpdate,
  type HandlerContext,
  PluginFailure,
  type RemoteHead,
  releaseOf,
} from '../../src/plugin-api/index.ts';
import { refuseMovedBetween } from './release-standing.ts';
import { withoutCredentials } from './repository/git-process.ts';
import { type CommitRecord, recordedCommit, recordedTags } from './run-record.ts';
import { showCommand } from './show-command.ts';

/** A ref that is pushed, and what it has to become on the remote. */
export interface PushedRef extends GitRefUpdate {
  readonly object: string;
}

/** A tag that travels along; `step` made it, `null`: an earlier run of the same release did. */
export interface PushedTag {
  readonly tag: string;
  readonly step: string | null;
}

/** What one push is about. */
export interface PushPlan {
  /** As git takes it. */
  readonly remote: string;
  /** The same for people: a URL may hold credentials. */
  readonly shown: string;
  /** The branch on the remote. */
  readonly branch: string;
  /** The commit that is pushed. */
  readonly head: string;
  /** A commit known to stand right before head, which spares a look at the history; `null`: not known. */
  readonly parent: string | null;
  readonly tags: readonly PushedTag[];
  /** The branch first, then the tags. */
  readonly refs: readonly PushedRef[];
  /**
   * What the remote is known to have if nobody pushed since the release was found out; `null`: it must be looked at.
   */
  readonly expected: { readonly [ref: string]: string | null } | null;
  /**
   * What the remote had before this run pushed, as far as the run itself knows: for a push whose answer nobody saw. Refs
   * of which it knows nothing are left out.
   */
  readonly recalled: { readonly [ref: string]: string | null };
  /** A tag that does not stand on what is pushed, or is gone; then nothing may be pushed. */
  readonly stray: PushedTag | null;
}

/** Where a push goes, before anybody looks at what it holds. */
export interface PushTarget {
  readonly remote: string;
  readonly shown: string;
  readonly branch: string;
  /** The ref that is pushed: the branch where this clone has it, else what is checked out. */
  readonly source: string;
  readonly isCheckedOut: boolean;
}

/** What a step says on it; the rest comes from the adapter's configuration and the checkout. */
export interface PushWish {
  readonly remote: string | null;
  readonly branch: string | null;
  readonly withTags: boolean;
  /** Where nobody names a branch and the own one follows another: go there instead of stopping. */
  readonly followsUpstream?: boolean;
}

/** Rejects where nothing tells to which branch: on a detached head, and where the own one follows another. */
export async function targetOf(git: GitAdapter, named: Omit<PushWish, 'withTags'>): Promise<PushTarget> {
  const settings = await git.settings();
  const remote = named.remote ?? settings.remote;
  if (remote.startsWith('-')) {
    throw new PluginFailure('handler', `\`${remote}\` is no name of a remote`, { retryable: false });
  }
  const checkedOut = await git.checkedOutBranch();
  const branch = named.branch ?? settings.branch ?? (await ownTarget(git, remote, named.followsUpstream === true));
  const ref = `refs/heads/${branch}`;
  const isElsewhere = named.branch !== null && branch !== checkedOut && (await git.branchCommit(branch)) !== null;
  const source = branch === checkedOut || isElsewhere ? ref : 'HEAD';
  return { remote, shown: withoutCredentials(remote), branch, source, isCheckedOut: !isElsewhere };
}

async function ownTarget(git: GitAdapter, remote: string, followsUpstream: boolean): Promise<string> {
  const own = await git.checkedOutBranch();
  if (own === null) throw detachedFailure(null);
  const followed = await otherUpstream(git, remote, own);
  if (followed === null || followsUpstream) return followed ?? own;
  throw new PluginFailure('handler', otherText(remote, followed, own), { retryable: false });
}

/** The branch of the remote that the own one follows under another name; `null`: there is no such thing. */
export async function otherUpstream(git: GitAdapter, remote: string, branch: string | null): Promise<string | null> {
  const upstream = branch === null ? null : await git.upstream(branch);
  return upstream?.remote === remote && upstream.branch !== branch ? upstream.branch : null;
}

/** What is pushed: the branch, and the tags of this run or of the release that it goes on with. */
export async function planOf(context: HandlerContext, git: GitAdapter, wish: PushWish): Promise<PushPlan> {
  await refuseMovedBetween(context);
  const target = await targetOf(git, wish);
  const head = target.isCheckedOut ? await git.head() : await git.branchCommit(target.branch);
  if (head === null) throw nothingFailure(target.source);
  const known = wish.withTags ? await tagsOf(context, git, head) : [];
  // A branch that is not checked out takes along what stands on its end; other tags have nothing to do with it.
  const tags = target.isCheckedOut ? known : known.filter(({ commit }) => commit === head);
  const made = await recordedCommit(context);
  const parent = made?.commit === head ? made.parent : null;
  const release = await releaseOf(context);
  const tagRefs = tags.flatMap(({ tag, object }) => {
    const ref = `refs/tags/${tag}`;
    return object === null ? [] : [{ source: ref, target: ref, object }];
  });
  const refs = [{ source: target.source, target: `refs/heads/${target.branch}`, object: head }, ...tagRefs];
  return {
    ...target,
    head,
    parent,
    tags: tags.map(({ tag, step }) => ({ tag, step })),
    refs,
    recalled: { ...recalledBranch(target, release?.remoteHead ?? null, parent), ...recalledTags(tags, made) },
    expected: release?.outcome === 'new' ? expectedAt(target, parent, release.remoteHead, refs) : null,
    stray: await strayTag(git, head, tags),
  };
}

/** A new commit right on top of what the remote had then, and tags that it did not have. */
function expectedAt(
  { remote, branch }: PushTarget,
  parent: string | null,
  seen: RemoteHead | null,
  refs: readonly PushedRef[],
): PushPlan['expected'] {
  if (seen === null || seen.remote !== remote || seen.branch !== branch || seen.commit !== parent) return null;
  return Object.fromEntries(refs.map(({ target }, at) => [target, at === 0 ? seen.commit : null]));
}

/** Where the branch was seen last, or the commit that the run built on. */
function recalledBranch({ remote, branch }: PushTarget, seen: RemoteHead | null, parent: string | null) {
  const isSeen = seen !== null && seen.remote === withoutCredentials(remote) && seen.branch === branch;
  const before = isSeen ? seen.commit : parent;
  return before === null ? {} : { [`refs/heads/${branch}`]: before };
}

/** No remote had a tag that this run made. */
function recalledTags(tags: readonly KnownTag[], made: CommitRecord | null): PushPlan['recalled'] {
  const own = tags.filter(({ created, commit }) => created || (made !== null && commit === made.commit));
  return Object.fromEntries(own.map(({ tag }) => [`refs/tags/${tag}`, null]));
}

interface KnownTag extends PushedTag {
  readonly created: boolean;
  readonly object: string | null;
  /** Known without a look: nobody has touched the tag since it was recorded. */
  readonly commit: string | null;
}

async function tagsOf(context: HandlerContext, git: GitAdapter, head: string): Promise<readonly KnownTag[]> {
  const tags: KnownTag[] = [];
  for (const { tag, step, object, commit, created } of await recordedTags(context)) {
    const now = await git.tagObject(tag);
    const isSame = now === object;
    tags.push({ tag, step, object: now, commit: isSame ? commit : null, created: isSame && created });
  }
  const release = await releaseOf(context);
  const { tag = null, outcome = null } = release ?? {};
  if (tag === null || outcome !== 'continued' || tags.some((known) => known.tag === tag)) return tags;
  const standing = await git.headAndTag(tag);
  if (standing.target !== head) return tags;
  return [...tags, { tag, step: null, object: await git.tagObject(tag), commit: head, created: false }];
}

async function strayTag(git: GitAdapter, head: string, tags: readonly KnownTag[]): Promise<PushedTag | null> {
  const gone = tags.find(({ object }) => object === null);
  if (gone) return gone;
  const doubtful = tags.filter(({ commit }) => commit !== head).map(({ tag }) => tag);
  const inHistory = await git.tagsInHistory(doubtful);
  return tags.find(({ tag }) => doubtful.includes(tag) && !inHistory.includes(tag)) ?? null;
}

function nothingFailure(source: string): PluginFailure {
  return new PluginFailure(
    'not-found',
    `there is nothing to push: \`${source}\` does not exist in this repository, which has no commit yet`,
    { retryable: false },
  );
}

/** Git itself does not push such a branch without a word on where it goes. */
export function otherText(remote: string, followed: string, branch: string): string {
  return `the branch ${branch} follows ${followed} of ${withoutCredentials(remote)}, so that nobody knows which of the two a push goes to: name it as \`branch\` (of the adapter \`git\` in vwmp_config.yaml), or let ${branch} follow none (${showCommand(['branch', '--unset-upstream', branch])})`;
}

/** `made`: a commit of the release that is here already, so that checking a branch out alone would lose it. */
export function detachedFailure(made: string | null): PluginFailure {
  const command = made === null ? '' : showCommand(['merge', '--ff-only', made]);
  const rescue =
    made === null
      ? ''
      : `. The release is here already, on no branch: bring one to it (git switch <branch>, then ${command}) and start again`;
  return new PluginFailure(
    'handler',
    `the head is detached, so there is no branch to push: check out a branch first (in a job: \`ref\` of actions/checkout), or name one as \`branch\` of the adapter \`git\` in vwmp_config.yaml${rescue}`,
    { retryable: false },
  );
}
