import { type GitAdapter, PluginFailure } from '../../../../src/plugin-api/index.ts';

type Range = Parameters<GitAdapter['eachCommit']>[0];
type LogCommit = Parameters<Parameters<GitAdapter['eachCommit']>[1]>[0];

/** Commits that are looked at of one change; pull requests show 250. */
const mostCommits = 500;

export interface CommitList {
  /** Newest first. */
  readonly commits: readonly LogCommit[];
  /** True where there are more, which are not in the list. */
  readonly more: boolean;
  /** Where they come from, behind the word "commits": `since v1.2.0`. */
  readonly origin: string;
}

export async function commitsOf(git: GitAdapter, range: Range, origin: string): Promise<CommitList> {
  const commits: LogCommit[] = [];
  await git.eachCommit({ ...range, limit: mostCommits + 1 }, (commit) => {
    commits.push(commit);
  });
  return { commits: commits.slice(0, mostCommits), more: commits.length > mostCommits, origin };
}

/** Commits of a range as a step writes it: `since..until`, or `since` up to head; branches, tags and object names. */
export async function commitsInRange(git: GitAdapter, range: string): Promise<CommitList> {
  const [from = '', to = 'HEAD', ...others] = range.split('..');
  if (from === '' || to === '' || others.length > 0 || [from, to].some((name) => /^[-.]/.test(name))) {
    throw new PluginFailure('configuration', `the range \`${range}\` is none: write \`since..until\` or \`since\``, {
      retryable: false,
    });
  }
  // The log takes object names and tags; the merge base of a revision with another one is an object name for any.
  const since = await git.mergeBase(from, to);
  const until = to === 'HEAD' ? null : await git.mergeBase(to, to);
  return commitsOf(git, { since, ...(until === null ? {} : { until }) }, `of ${range}`);
}
