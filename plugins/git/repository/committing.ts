import { type GitCommitOptions, PluginFailure } from '../../../src/plugin-api/index.ts';
import { gitFailure, lastWords } from './git-process.ts';
import { identityFailure } from './identity.ts';
import type { Repository } from './repository.ts';
import { signingFailure, signingOf } from './signing.ts';

/** Commits the index, with hooks; gives the object name of the new commit. */
export async function commitIndex(
  repository: Repository,
  message: string,
  options: GitCommitOptions = {},
): Promise<string> {
  const signing = signingOf(options, 'commit');
  const answer = await repository.git.run({
    // Only blanks at the ends are tidied: by default git would drop lines that begin with `#`.
    args: ['commit', '--cleanup=whitespace', '--file=-', ...verifying(options.noVerify), ...signing.args],
    settings: signing.settings,
    env: signing.env,
    stdin: message,
  });
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
