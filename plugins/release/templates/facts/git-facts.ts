import type { GitAdapter, TemplateContext } from '../../../../src/plugin-api/index.ts';
import { type HostKind, hostLinks } from '../../notes/host-links.ts';
import { carriesFailure } from './file-text.ts';

/** What git tells of the repository. */
export interface GitFacts {
  /** The branch that releases are made from, and how that is known; `null` where nothing tells. */
  readonly branch: { readonly name: string; readonly why: string } | null;
  /** Names of all tags. */
  readonly tags: readonly string[];
  readonly remote: { readonly name: string; readonly url: string; readonly host: HostKind | null } | null;
  /** How many of the newest commits have messages of Conventional Commits; merges and releases left out. */
  readonly commits: { readonly looked: number; readonly conventional: number };
}

const none: GitFacts = { branch: null, tags: [], remote: null, commits: { looked: 0, conventional: 0 } };
const mostCommits = 100;
const usualBranches = ['main', 'master', 'trunk'];

/** Everything is missing where the workspace is in no repository. */
export async function gitFacts(context: TemplateContext): Promise<GitFacts> {
  try {
    const git = await context.adapter<GitAdapter>('git');
    return {
      branch: await branchOf(git),
      tags: (await git.tags()).map(({ name }) => name),
      remote: await remoteOf(git),
      commits: await commitHabit(git),
    };
  } catch (error) {
    if (carriesFailure(error)) return none;
    throw error;
  }
}

async function branchOf(git: GitAdapter): Promise<GitFacts['branch']> {
  const { remote, branch } = await git.settings();
  if (branch !== null) return { name: branch, why: 'the configuration of the adapter git names it' };
  const name = await git.defaultBranch(remote);
  if (name !== null) return { name, why: `it is the default branch of ${remote}` };
  for (const usual of usualBranches) {
    if ((await git.branchCommit(usual)) !== null) return { name: usual, why: 'there is a branch of this name' };
  }
  const current = await git.checkedOutBranch();
  return current === null ? null : { name: current, why: 'it is checked out' };
}

async function remoteOf(git: GitAdapter): Promise<GitFacts['remote']> {
  const { remote: name } = await git.settings();
  const url = await git.remoteUrl(name);
  return url === null ? null : { name, url, host: hostLinks(url)?.kind ?? null };
}

async function commitHabit(git: GitAdapter): Promise<GitFacts['commits']> {
  let looked = 0;
  let conventional = 0;
  if ((await git.head()) === null) return { looked, conventional };
  await git.eachCommit({ since: null, limit: mostCommits }, ({ subject, parents }) => {
    if (parents.length > 1 || /^(?:chore\(release\)|release\b|v?\d+\.\d)/i.test(subject)) return;
    looked++;
    if (/^[A-Za-z][\w-]{0,49}(?:\([^()]{0,100}\))?!?: \S/.test(subject)) conventional++;
  });
  return { looked, conventional };
}
