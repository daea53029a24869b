import type { GitAdapter, GitChange, GitCommitOptions, GitStatus, HandlerContext } from '../../src/plugin-api/index.ts';
import { named } from './name-paths.ts';
import { isClean, stagedIn } from './staging-step.ts';
import { writtenFiles } from './written-files.ts';

/** A commit that is about to be made. */
export interface PlannedCommit {
  readonly message: string;
  readonly files: readonly string[];
  /** The repository before it. */
  readonly status: GitStatus;
  /** The index before it as a tree; `null` where nothing of it can be lost. */
  readonly index: string | null;
  readonly options: GitCommitOptions;
}

/** What a commit is made of. */
export interface CommitContent {
  /** Why there is no commit where no file belongs to it. */
  readonly empty: string;
  /** Whether the commit itself stages the files, so that taking it back has to take them out of the index. */
  readonly stages: boolean;
  /** The files as they stand before the commit. */
  files(context: HandlerContext, git: GitAdapter, status: GitStatus): Promise<readonly string[]>;
  /** Files that still wait for a commit. */
  waiting(context: HandlerContext, git: GitAdapter): Promise<readonly string[]>;
  /** Whether the commit drops a state of a file that is staged and stands nowhere else. */
  losesStaged(status: GitStatus, files: readonly string[]): boolean;
  /** What is changed and does not go into it. */
  rest(status: GitStatus, files: readonly string[]): readonly GitChange[];
  /** In words and as arguments of `git commit`, as far as it is known before the run. */
  foreseen(context: HandlerContext): Promise<{ readonly text: string; readonly args: readonly string[] }>;
  /** Gives the object name of the commit; `null` where no file differs from head after all. */
  commit(git: GitAdapter, planned: PlannedCommit): Promise<string | null>;
  /** Brings the index up to a commit that hooks worked on. `changed`: what it changes. */
  afterHooks(git: GitAdapter, changed: readonly string[]): Promise<void>;
}

export function contentOf(context: HandlerContext): CommitContent {
  return context.config.written === true ? writtenContent : indexContent;
}

const indexContent: CommitContent = {
  empty: 'nothing is staged, so there is nothing to commit',
  stages: false,
  files: async (_context, _git, status) => stagedIn(status),
  waiting: (_context, git) => git.staged(),
  losesStaged: () => false,
  rest: ({ changes }) => changes.filter(({ state }) => state !== 'staged'),
  foreseen: async () => ({ text: 'what is staged by then', args: [] }),
  async commit(git, { message, index, options }) {
    try {
      return await git.commit(message, options);
    } catch (error) {
      if (index !== null) await takeBackIndex(git, index).catch(() => undefined);
      throw error;
    }
  },
  afterHooks: async () => undefined,
};

/** A hook that refused the commit may have staged more before. */
async function takeBackIndex(git: GitAdapter, index: string): Promise<void> {
  if ((await git.indexTree()) !== index) await git.readIndex(index);
}

const writtenContent: CommitContent = {
  empty: 'no file that this run wrote has changed, so there is nothing to commit',
  stages: true,

  /** To be asked to stage the others makes git say why it does not see them: ignored, in a submodule. */
  async files(context, git, status) {
    const { changed, others } = await writtenFiles(context, status);
    if (others.length > 0) await git.stage(others, { literal: true, clean: isClean(status) });
    return changed;
  },

  waiting: async (context, git) => (await writtenFiles(context, await git.status())).changed,

  losesStaged(status, files) {
    const staged = new Set(stagedIn(status));
    return files.some((path) => staged.has(path));
  },

  rest({ changes }, files) {
    const committed = new Set(files);
    return changes.filter(({ path }) => !committed.has(path));
  },

  async foreseen(context) {
    const files = await context.changedFiles();
    if (files.length === 0) return { text: 'the files that this run has written by then', args: ['--only'] };
    return { text: named(files), args: ['--only', '--', ...files] };
  },

  /** Git takes a file by its name only where it knows it: a new one is staged before, and taken out where it all fails. */
  async commit(git, { message, files, status, index, options }) {
    const untracked = new Set(status.changes.flatMap(({ path, state }) => (state === 'untracked' ? [path] : [])));
    const fresh = files.filter((path) => untracked.has(path));
    try {
      if (fresh.length > 0) await git.stage(fresh, { literal: true, clean: isClean(status) });
      return await git.commitPaths(message, files, options);
    } catch (error) {
      await git.unstage(fresh, index);
      throw error;
    }
  },

  /** What hooks staged stands in the commit, and of all paths but its own the index still has what was before. */
  afterHooks: (git, changed) => git.unstage(changed, null),
};
