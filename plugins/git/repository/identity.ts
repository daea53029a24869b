import { type GitIdentity, PluginFailure } from '../../../src/plugin-api/index.ts';
import { lastWords } from './git-process.ts';
import type { Repository } from './repository.ts';

/** Who writes and commits, as git takes it from the environment, where it goes before every setting. */
export function identityEnvironment({ authorName, authorEmail }: GitIdentity): { readonly [name: string]: string } {
  return {
    ...(authorName === undefined ? {} : { GIT_AUTHOR_NAME: authorName, GIT_COMMITTER_NAME: authorName }),
    ...(authorEmail === undefined ? {} : { GIT_AUTHOR_EMAIL: authorEmail, GIT_COMMITTER_EMAIL: authorEmail }),
  };
}

/** What git says where it does not know who would write or commit; `null` where it knows both. */
export async function identityFault(repository: Repository, identity: GitIdentity): Promise<string | null> {
  const env = identityEnvironment(identity);
  for (const name of ['GIT_COMMITTER_IDENT', 'GIT_AUTHOR_IDENT']) {
    const answer = await repository.git.run({ args: ['var', name], env });
    if (answer.code !== 0) return identityFailure(answer.stderr)?.failure.message ?? lastWords(answer.stderr);
  }
  return null;
}

/** The failure for what git says when nobody told it a name; `null` where it said something else. */
export function identityFailure(stderr: string): PluginFailure | null {
  if (!/identity unknown|tell me who you are|empty ident name|auto-detect email|no email was given/i.test(stderr))
    return null;
  return new PluginFailure(
    'handler',
    'git does not know who is committing: set `git config user.name` and `git config user.email`, or `author_name` and `author_email` of the step, or GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL in its `env`',
    { retryable: false },
  );
}
