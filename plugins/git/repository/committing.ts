import { Buffer } from 'node:buffer';
import { type GitCommitOptions, PluginFailure } from '../../../src/plugin-api/index.ts';
import { type GitAnswer, type GitCommand, gitFailure, lastWords } from './git-process.ts';
import { identityFailure } from './identity.ts';
import type { Repository } from './repository.ts';
import { signingFailure, signingOf } from './signing.ts';

/** Commits the index, with hooks; gives the object name of the new commit. */
export async function commit(repository: Repository, message: string, options: GitCommitOptions = {}): Promise<string> {
  return accepted(repository, await runCommit(repository, { args: ['--file=-'], stdin: message }, options));
}

/** Commits paths as they stand in the folder, whatever is staged; `null` where they differ from head in the index alone. */
export async function commitPaths(
  repository: Repository,
  message: string,
  paths: readonly string[],
  options: GitCommitOptions = {},
): Promise<string | null> {
  const answer = await runCommit(repository, onlyPaths(repository, message, paths), options);
  return isEmpty(answer) ? null : accepted(repository, answer);
}

type CommitArguments = Required<Pick<GitCommand, 'args' | 'stdin'>>;

/** What Linux takes for one argument is 128 KiB. */
const longestArgument = 100_000;

/**
 * Of message and paths the one that may be longer goes through the input. Each path says itself that it is no pattern:
 * the option of git for all of them would hold for the commands of hooks too.
 */
function onlyPaths(repository: Repository, message: string, paths: readonly string[]): CommitArguments {
  const own = paths.map((path) => `:(literal)${repository.insidePath(path)}`);
  if (Buffer.byteLength(message) > longestArgument) {
    return { args: ['--only', '--file=-', '--', ...own], stdin: message };
  }
  const listing = ['--only', '--pathspec-from-file=-', '--pathspec-file-nul'];
  return { args: [...listing, `--message=${message}`], stdin: own.map((path) => `${path}\0`).join('') };
}

async function runCommit(
  repository: Repository,
  content: CommitArguments,
  options: GitCommitOptions,
): Promise<GitAnswer> {
  const signing = signingOf(options, 'commit');
  // Only blanks at the ends of the message are tidied: by default git would drop lines that begin with `#`.
  const args = ['commit', '--cleanup=whitespace', ...verifying(options.noVerify), ...signing.args];
  return repository.git.run({
    args: [...args, ...content.args],
    settings: signing.settings,
    env: signing.env,
    stdin: content.stdin,
  });
}

function isEmpty({ code, stdout }: GitAnswer): boolean {
  return code !== 0 && /nothing (?:added )?to commit|no changes added/.test(stdout);
}

async function accepted(repository: Repository, answer: GitAnswer): Promise<string> {
  if (isEmpty(answer)) {
    const message =
      'git has nothing to commit, although something was staged: somebody else has committed it or taken it out meanwhile. Look at it (git status, git log) and start again';
    throw new PluginFailure('handler', message, { retryable: false });
  }
  if (answer.code !== 0) {
    throw identityFailure(answer.stderr) ?? signingFailure(answer.stderr) ?? refused(gitFailure('commit', answer));
  }
  if (answer.stderr.trim() !== '') repository.context.log('info', lastWords(answer.stderr));
  const head = await repository.head();
  if (head === null) throw new PluginFailure('handler', 'git made a commit, but there is no head after it');
  return head;
}

export function verifying(noVerify: boolean | undefined): readonly string[] {
  return noVerify === true ? ['--no-verify'] : [];
}

/** A hook that refuses will refuse again. */
function refused(failure: PluginFailure): PluginFailure {
  const { kind, message, exitCode } = failure.failure;
  return new PluginFailure(kind, message, { ...(exitCode === undefined ? {} : { exitCode }), retryable: false });
}
