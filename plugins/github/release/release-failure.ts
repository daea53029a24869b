import { PluginFailure } from '../../../src/plugin-api/index.ts';
import { hasFieldError, isRefusedFor } from '../client/refusal.ts';
import type { ReleaseFields } from './release-store.ts';

/** Says of a refusal what it means for this release and what to do; other errors as they are. */
export function explained(error: unknown, { tag, target }: ReleaseFields): unknown {
  if (isRefusedFor(error, /used by an immutable release/i)) {
    return refusal(
      `the tag ${tag} belonged to an immutable release that was deleted, and GitHub never takes such a name again: release the next version`,
    );
  }
  if (hasFieldError(error, 'target_commitish', 'invalid')) {
    return refusal(
      `GitHub has no commit ${target ?? ''} to put the tag ${tag} on: push the commit (git.push) before this step, or set \`target\` to one that is there`,
    );
  }
  if (isRefusedFor(error, /rule violations|creations being restricted/i)) {
    return refusal(
      `the rules of the repository do not let this token make the tag ${tag}: let the token bypass the rule for tags, or push the tag with one that may (git.push) before this step`,
      'permission',
    );
  }
  if (hasFieldError(error, 'tag_name', 'already_exists')) {
    return new PluginFailure(
      'handler',
      `another release of the tag ${tag} was published meanwhile: run this step again, it goes on from what is there`,
      { retryable: true },
    );
  }
  if (isRefusedFor(error, /tag_name is not (?:a valid tag|well-formed)/i)) {
    return refusal(`GitHub does not take \`${tag}\` for a tag: check \`tag_template\``);
  }
  if (isRefusedFor(error, /discussion/i)) {
    return refusal(
      `GitHub refuses the discussion about ${tag}: turn discussions on for the repository and name one of its categories as \`discussion_category\``,
    );
  }
  return error;
}

function refusal(message: string, kind: 'handler' | 'permission' = 'handler'): PluginFailure {
  return new PluginFailure(kind, message, { retryable: false });
}
