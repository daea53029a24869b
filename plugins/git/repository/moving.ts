import { type GitMergeOptions, type GitMoveAnswer, PluginFailure } from '../../../src/plugin-api/index.ts';
import { verifying } from './committing.ts';
import { type GitAnswer, type GitCommand, gitFailure, lastWords } from './git-process.ts';
import { identityFailure } from './identity.ts';
import type { Repository } from './repository.ts';
import { signingFailure, signingOf } from './signing.ts';

/** Moves branch, index and files forward to a commit that follows head. */
export async function fastForward(repository: Repository, to: string): Promise<GitMoveAnswer> {
  refuseOdd(to);
  const before = await repository.head();
  const answer = await repository.git.run({ args: ['merge', '--ff-only', '--no-autostash', '--quiet', '--', to] });
  return moveAnswer(repository, before, answer);
}

/** Merges a revision into the branch. */
export async function merge(
  repository: Repository,
  revision: string,
  options: GitMergeOptions = {},
): Promise<GitMoveAnswer> {
  refuseOdd(revision);
  const signing = signingOf(options, 'commit');
  const message = options.message === undefined ? [] : [`--message=${options.message}`];
  const forward = { auto: '--ff', only: '--ff-only', never: '--no-ff' }[options.fastForward ?? 'auto'];
  const steady = ['merge', forward, '--no-edit', '--no-autostash', '--cleanup=whitespace', '--no-squash', '--commit'];
  return whole(repository, {
    args: [...steady, ...message, ...verifying(options.noVerify), ...signing.args, '--', revision],
    settings: signing.settings,
    env: signing.env,
    marker: 'MERGE_HEAD',
  });
}

/** Puts the commits of the branch on top of another commit. */
export async function rebase(repository: Repository, onto: string): Promise<GitMoveAnswer> {
  refuseOdd(onto);
  const args = ['rebase', '--no-autostash', '--quiet', '--', onto];
  return whole(repository, { args, settings: ['rebase.updateRefs=false'], marker: 'REBASE_HEAD' });
}

/** Checks a branch out that is here already. */
export async function switchTo(repository: Repository, branch: string): Promise<GitMoveAnswer> {
  refuseOdd(branch);
  const before = await repository.head();
  repository.forgetCheckout();
  const args = ['switch', '--no-guess', '--quiet', branch];
  return moveAnswer(repository, before, await repository.git.run({ args }));
}

/** Makes a branch without switching to it. */
export async function createBranch(repository: Repository, name: string, at = 'HEAD'): Promise<void> {
  refuseOdd(name);
  const answer = await repository.git.run({ args: ['branch', '--no-track', '--', name, at] });
  if (answer.code === 0) return;
  if (/is not a valid branch name/.test(answer.stderr)) {
    throw new PluginFailure('handler', `\`${name}\` is not a name that git takes for a branch`, { retryable: false });
  }
  throw gitFailure('branch', answer);
}

/** Moves the checked out branch by compare-and-swap. */
export async function moveBranch(
  repository: Repository,
  move: { readonly to: string | null; readonly expected: string; readonly files: 'keep' | 'follow' },
): Promise<
  | { readonly kind: 'moved' }
  | { readonly kind: 'elsewhere'; readonly head: string | null }
  | { readonly kind: 'refused'; readonly message: string }
> {
  const { to, expected, files } = move;
  const head = await repository.head();
  if (head !== expected) return { kind: 'elsewhere', head };
  if (files === 'follow' && to !== null) {
    const answer = await repository.git.run({ args: ['reset', '--keep', '--quiet', to, '--'] });
    return answer.code === 0 ? { kind: 'moved' } : { kind: 'refused', message: lastWords(answer.stderr) };
  }
  const change = to === null ? ['-d', 'HEAD', expected] : ['HEAD', to, expected];
  const answer = await repository.git.run({ args: ['update-ref', '-m', 'taken back', ...change] });
  if (answer.code === 0) return { kind: 'moved' };
  const now = await repository.head();
  if (now !== expected) return { kind: 'elsewhere', head: now };
  throw gitFailure('update-ref', answer);
}

/**
 * Runs a command that can stop half way. A half that is left is put back before anybody hears of it; one that somebody
 * else left before is not touched.
 */
async function whole(
  repository: Repository,
  command: GitCommand & { readonly marker: 'MERGE_HEAD' | 'REBASE_HEAD' },
): Promise<GitMoveAnswer> {
  const [name = ''] = command.args;
  if ((await repository.objectOf(command.marker)) !== null || (await unmerged(repository)).length > 0) {
    return { kind: 'refused', message: 'a merge or rebase of somebody else is under way here: end it first' };
  }
  const before = await repository.head();
  const answer = await repository.git.run(command);
  if (answer.code === 0 || /already a rebase-/.test(answer.stderr)) return moveAnswer(repository, before, answer);
  const files = await unmerged(repository);
  const aborted = await repository.git.run({ args: [name, '--abort'] });
  if (aborted.code !== 0 && !/no rebase in progress|no merge to abort/i.test(aborted.stderr)) {
    throw gitFailure(name, aborted);
  }
  return files.length > 0 ? { kind: 'conflict', files } : moveAnswer(repository, before, answer);
}

async function moveAnswer(repository: Repository, before: string | null, answer: GitAnswer): Promise<GitMoveAnswer> {
  if (answer.code !== 0) {
    const failure = identityFailure(answer.stderr) ?? signingFailure(answer.stderr);
    if (failure !== null) throw failure;
    const message = lastWords(answer.stderr) || lastWords(answer.stdout) || `git ended with code ${answer.code}`;
    return { kind: 'refused', message };
  }
  const head = await repository.head();
  if (head === null) throw new PluginFailure('handler', 'the branch has no commit', { retryable: false });
  return { kind: head === before ? 'unchanged' : 'moved', head };
}

async function unmerged(repository: Repository): Promise<readonly string[]> {
  const args = ['diff', '--name-only', '--diff-filter=U', '-z', '--no-ext-diff', '--relative'];
  const names = (await repository.git.require({ args })).split('\0').filter((name) => name !== '');
  return names.map((name) => repository.base + name);
}

/** What git would take for an option is no revision and no branch. */
function refuseOdd(revision: string): void {
  if (revision !== '' && !revision.startsWith('-')) return;
  throw new PluginFailure('handler', `\`${revision}\` is no name of a branch or commit`, { retryable: false });
}
