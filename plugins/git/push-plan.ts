import {
  booleanValue,
  type GitAdapter,
  type GitRefUpdate,
  type HandlerContext,
  optionalText,
  PluginFailure,
} from '../../src/plugin-api/index.ts';
import { withoutCredentials } from './git-process.ts';
import { recordedTags, type TagRecord } from './tag-record.ts';

/** What one push is about. */
export interface PushPlan {
  /** As git takes it. */
  readonly remote: string;
  /** The same for people: a URL may hold credentials. */
  readonly shown: string;
  readonly branch: string;
  readonly tags: readonly TagRecord[];
  readonly refs: readonly GitRefUpdate[];
}

/** The branch first, then the tags of this run. Rejects on a detached head. */
export async function planOf(context: HandlerContext, git: GitAdapter): Promise<PushPlan> {
  const settings = await git.settings();
  const remote = optionalText(context.config, 'remote') ?? settings.remote;
  if (remote.startsWith('-')) {
    throw new PluginFailure('handler', `\`${remote}\` is no name of a remote`, { retryable: false });
  }
  const checkedOut = await git.checkedOutBranch();
  const branch = settings.branch ?? checkedOut;
  if (branch === null) throw detachedFailure();
  const source = branch === checkedOut ? `refs/heads/${branch}` : 'HEAD';
  const tags = booleanValue(context.config, 'push_tags', true) ? await recordedTags(context) : [];
  const tagRefs = tags.map(({ tag }) => ({ source: `refs/tags/${tag}`, target: `refs/tags/${tag}` }));
  const shown = withoutCredentials(remote);
  return { remote, shown, branch, tags, refs: [{ source, target: `refs/heads/${branch}` }, ...tagRefs] };
}

function detachedFailure(): PluginFailure {
  return new PluginFailure(
    'handler',
    'the head is detached, so there is no branch to push: check out a branch first (in a job: `ref` of actions/checkout), or name one as `branch` of the adapter `git` in vwmp_config.yaml',
    { retryable: false },
  );
}
