import {
  type AdapterContext,
  type ChangedLines,
  type GitAdapter,
  type GitChange,
  type GitCommit,
  type GitCommitOptions,
  type GitCommitRange,
  type GitFetchAnswer,
  type GitFetchOptions,
  type GitIdentity,
  type GitLogCommit,
  type GitMergeOptions,
  type GitMoveAnswer,
  type GitPushOptions,
  type GitRefUpdate,
  type GitRemoteState,
  type GitSigning,
  type GitStatus,
  type GitSurvey,
  type GitSurveyOptions,
  type GitTag,
  type GitUpstream,
  optionalText,
  PluginFailure,
  type PushAnswer,
} from '../../../src/plugin-api/index.ts';
import { changedLines } from './changed-lines.ts';
import { commit, commitPaths } from './committing.ts';
import { fileAt, filesAt } from './file-texts.ts';
import { aheadBehind, changedBy, commitsSince, eachCommit, isAncestor, mergeBase, refsWith } from './history.ts';
import { identityFault } from './identity.ts';
import { createBranch, fastForward, merge, moveBranch, rebase, switchTo } from './moving.ts';
import { push } from './pushing.ts';
import { defaultBranch, fetch, pushState, remoteRefs, remoteState, remoteUrl } from './remote.ts';
import { Repository } from './repository.ts';
import { indexTree, readIndex, stage, stagedPaths, unstage } from './staging.ts';
import { readStatus } from './status.ts';
import { refuseUnderWay, survey } from './survey.ts';
import { createTag, deleteRef, deleteTag, headAndTag, lastTag, listTags } from './tags.ts';

/** Git by its command line: the contract, put together from one file a subject. */
export class ProcessGit implements GitAdapter {
  readonly #context: AdapterContext;
  readonly #repository: Repository;

  constructor(context: AdapterContext) {
    this.#context = context;
    this.#repository = new Repository(context);
  }

  async settings(): Promise<{ readonly remote: string; readonly branch: string | null }> {
    const { config } = this.#context;
    const remote = optionalText(config, 'remote') ?? (await this.#repository.usualRemote());
    return { remote, branch: optionalText(config, 'branch') };
  }

  async branch(): Promise<string | null> {
    const { branch } = await this.settings();
    return branch ?? (await this.checkedOutBranch()) ?? this.#repository.branchOfEvent();
  }

  async checkedOutBranch(): Promise<string | null> {
    return (await this.#repository.checkout()).branch;
  }

  isShallow(): Promise<boolean> {
    return this.#repository.isShallow();
  }

  head(): Promise<string | null> {
    return this.#repository.head();
  }

  status(): Promise<GitStatus> {
    return readStatus(this.#repository);
  }

  async survey(options: GitSurveyOptions = {}): Promise<GitSurvey> {
    const settings = await this.settings();
    const remote = options.remote === undefined ? settings.remote : options.remote;
    return survey(this.#repository, {
      remote,
      branch: options.branch ?? settings.branch,
      among: options.among ?? ((names) => names),
    });
  }

  async changes(): Promise<readonly GitChange[]> {
    return (await this.status()).changes;
  }

  staged(patterns?: readonly string[]): Promise<readonly string[]> {
    return stagedPaths(this.#repository, patterns);
  }

  refuseUnderWay(): Promise<void> {
    return refuseUnderWay(this.#repository);
  }

  fileAt(revision: string, path: string): Promise<string | null> {
    return fileAt(this.#repository, { revision, path });
  }

  filesAt(
    wanted: readonly { readonly revision: string; readonly path: string }[],
  ): Promise<readonly (string | null)[]> {
    return filesAt(this.#repository, wanted);
  }

  changedLines(base: string): Promise<readonly ChangedLines[]> {
    return changedLines(this.#repository, base);
  }

  stage(
    patterns: readonly string[],
    options: { readonly literal?: boolean; readonly clean?: boolean } = {},
  ): Promise<readonly string[]> {
    return stage(this.#repository, patterns, options);
  }

  unstage(paths: readonly string[], tree: string | null): Promise<void> {
    return unstage(this.#repository, paths, tree);
  }

  indexTree(): Promise<string> {
    return indexTree(this.#repository);
  }

  readIndex(tree: string): Promise<void> {
    return readIndex(this.#repository, tree);
  }

  commit(message: string, options?: GitCommitOptions): Promise<string> {
    return commit(this.#repository, message, options);
  }

  commitPaths(message: string, paths: readonly string[], options?: GitCommitOptions): Promise<string | null> {
    return commitPaths(this.#repository, message, paths, options);
  }

  tagTarget(tag: string): Promise<string | null> {
    return this.#repository.commitOf(`refs/tags/${tag}`);
  }

  headAndTag(tag: string): Promise<{ readonly head: string | null; readonly target: string | null }> {
    return headAndTag(this.#repository, tag);
  }

  async tagsInHistory(tags: readonly string[]): Promise<readonly string[]> {
    const found = await listTags(this.#repository, { merged: true, names: tags });
    return tags.filter((tag) => found.some(({ name }) => name === tag));
  }

  async tagObject(tag: string): Promise<string | null> {
    const ref = `refs/tags/${tag}`;
    return (await this.#repository.readRef(ref)) ?? this.#repository.objectOf(ref);
  }

  tags(options?: { readonly merged?: boolean }): Promise<readonly GitTag[]> {
    return listTags(this.#repository, options);
  }

  changedBy(commit: string): Promise<readonly string[]> {
    return changedBy(this.#repository, commit);
  }

  async createTag(
    tag: string,
    message: string | null,
    options: GitSigning & GitIdentity = {},
  ): Promise<{ readonly created: boolean; readonly tag: GitTag }> {
    const commit = await this.head();
    if (commit === null) {
      throw new PluginFailure('handler', `there is no commit for the tag \`${tag}\` yet: commit first`, {
        retryable: false,
      });
    }
    return createTag(this.#repository, { ...options, tag, message, commit });
  }

  deleteTag(tag: string, expectedObject: string): Promise<'deleted' | 'absent' | 'changed'> {
    return deleteTag(this.#repository, tag, expectedObject);
  }

  lastTag(before?: string): Promise<string | null> {
    return lastTag(this.#repository, before);
  }

  commits(since: string | null, limit: number): Promise<readonly GitCommit[]> {
    return commitsSince(this.#repository, since, limit);
  }

  eachCommit(range: GitCommitRange, visit: (commit: GitLogCommit) => void): Promise<void> {
    return eachCommit(this.#repository, range, visit);
  }

  isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    return isAncestor(this.#repository, ancestor, descendant);
  }

  mergeBase(a: string, b: string): Promise<string | null> {
    return mergeBase(this.#repository, a, b);
  }

  aheadBehind(a: string, b: string): Promise<{ readonly ahead: number; readonly behind: number } | null> {
    return aheadBehind(this.#repository, a, b);
  }

  commitOf(revision: string): Promise<string | null> {
    return this.#repository.commitOf(revision);
  }

  async branchCommit(name: string): Promise<string | null> {
    const ref = `refs/heads/${name}`;
    return (await this.#repository.readRef(ref)) ?? this.#repository.commitOf(ref);
  }

  defaultBranch(remote: string): Promise<string | null> {
    return defaultBranch(this.#repository, remote);
  }

  async folder(): Promise<string> {
    return (await this.#repository.checkout()).prefix.replace(/\/$/, '');
  }

  identityFault(identity: GitIdentity = {}): Promise<string | null> {
    return identityFault(this.#repository, identity);
  }

  hasNoHooks(): Promise<boolean> {
    return this.#repository.hasNoHooks();
  }

  refsWith(commit: string): Promise<readonly string[]> {
    return refsWith(this.#repository, commit);
  }

  remoteRefs(remote: string, refs: readonly string[]): Promise<{ readonly [ref: string]: string | null }> {
    return remoteRefs(this.#repository, remote, refs);
  }

  remoteState(remote: string, branch: string | null, tags?: readonly string[]): Promise<GitRemoteState | null> {
    return remoteState(this.#repository, { remote, branch, tags });
  }

  pushState(remote: string, branch: string | null, tags?: readonly string[]): Promise<GitRemoteState | null> {
    return pushState(this.#repository, { remote, branch, tags });
  }

  upstream(branch: string): Promise<GitUpstream | null> {
    return this.#repository.upstreamOf(branch);
  }

  remoteUrl(remote: string): Promise<string | null> {
    return remoteUrl(this.#repository, remote);
  }

  fetch(remote: string, options?: GitFetchOptions): Promise<GitFetchAnswer> {
    return fetch(this.#repository, remote, options);
  }

  fastForward(to: string): Promise<GitMoveAnswer> {
    return fastForward(this.#repository, to);
  }

  rebase(onto: string): Promise<GitMoveAnswer> {
    return rebase(this.#repository, onto);
  }

  merge(revision: string, options?: GitMergeOptions): Promise<GitMoveAnswer> {
    return merge(this.#repository, revision, options);
  }

  createBranch(name: string, at?: string): Promise<void> {
    return createBranch(this.#repository, name, at);
  }

  switch(branch: string): Promise<GitMoveAnswer> {
    return switchTo(this.#repository, branch);
  }

  deleteBranch(name: string, expected: string): Promise<'deleted' | 'absent' | 'changed'> {
    return deleteRef(this.#repository, `refs/heads/${name}`, expected);
  }

  moveBranch(to: string | null, expected: string, files: 'keep' | 'follow'): ReturnType<GitAdapter['moveBranch']> {
    return moveBranch(this.#repository, { to, expected, files });
  }

  push(remote: string, refs: readonly GitRefUpdate[], options?: GitPushOptions): Promise<PushAnswer> {
    return push(this.#repository, remote, refs, options);
  }
}
