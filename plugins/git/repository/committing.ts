import { type GitCommitOptions, PluginFailure } from '../../../src/plugin-api/index.ts';
import { gitFailure, lastWords } from './git-process.ts';
import { identityFailure } from './identity.ts';
import type { Repository } from './repository.ts';
import { signingFailure, signingOf } from './signing.ts';
import { listed } from './staging.ts';

/** Commits the index or paths, with hooks; gives the object name of the new commit. */
export async function commit(repository: Repository, message: string, options: GitCommitOptions = {}): Promise<string> {
  const signing = signingOf(options, 'commit');
  const { args, stdin } = contentOf(repository, message, options.only);
  const answer = await repository.git.run({
    args: [...args, ...verifying(options.noVerify), ...signing.args],
    settings: signing.settings,
    env: signing.env,
    stdin,
  });
  if (answer.code !== 0) {
    throw identityFailure(answer.stderr) ?? signingFailure(answer.stderr) ?? refused(gitFailure('commit', answer));
  }
  if (answer.stderr.trim() !== '') repository.context.log('info', lastWords(answer.stderr));
  const head = await repository.head();
  if (head === null) throw new PluginFailure('handler', 'git made a commit, but there is no head after it');
  return head;
}

/** Only blanks at the ends of the message are tidied: by default git would drop lines that begin with `#`. */
function contentOf(
  repository: Repository,
  message: string,
  only: readonly string[] | undefined,
): { readonly args: readonly string[]; readonly stdin: string } {
  const args = ['commit', '--cleanup=whitespace'];
  if (only === undefined) return { args: [...args, '--file=-'], stdin: message };
  const listing = ['--only', '--pathspec-from-file=-', '--pathspec-file-nul'];
  return {
    args: ['--literal-pathspecs', ...args, `--message=${message}`, ...listing],
    stdin: listed(repository, only),
  };
}

export function verifying(noVerify: boolean | undefined): readonly string[] {
  return noVerify === true ? ['--no-verify'] : [];
}

/** A hook that refuses will refuse again. */
function refused(failure: PluginFailure): PluginFailure {
  const { kind, message, exitCode } = failure.failure;
  return new PluginFailure(kind, message, { ...(exitCode === undefined ? {} : { exitCode }), retryable: false });
}
