import {
  type GitPushOptions,
  type GitRefUpdate,
  PluginFailure,
  type PushAnswer,
} from '../../../src/plugin-api/index.ts';
import { verifying } from './committing.ts';
import { pushAnswerOf } from './push-answer.ts';
import { refuseOption } from './remote.ts';
import type { Repository } from './repository.ts';

/** One push, all or nothing. */
export async function push(
  repository: Repository,
  remote: string,
  refs: readonly GitRefUpdate[],
  options: GitPushOptions = {},
): Promise<PushAnswer> {
  refuseOption(remote);
  const leases = Object.entries(options.lease ?? {}).map(
    ([ref, expected]) => `--force-with-lease=${ref}:${expected ?? ''}`,
  );
  // Tags of other origin must not travel along, and no submodule is pushed, whatever the user's settings say.
  const steady = ['--atomic', '--porcelain', '--no-follow-tags', '--recurse-submodules=no'];
  const pairs = refs.map((ref) => `${ref.source}:${ref.target}`);
  const args = ['push', ...steady, ...leases, ...verifying(options.noVerify), '--', remote, ...pairs];
  const answer = await repository.git.run({ args });
  const missing = /src refspec (\S+) does not match any/.exec(answer.stderr)?.[1];
  if (answer.code !== 0 && missing) {
    throw new PluginFailure('not-found', `there is nothing to push: \`${missing}\` does not exist in this repository`, {
      retryable: false,
    });
  }
  return pushAnswerOf(answer);
}
