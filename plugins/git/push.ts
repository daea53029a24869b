import {
  booleanValue,
  failed,
  type GitAdapter,
  type HandlerContext,
  type Outcome,
  optionalText,
  releaseOf,
  releasesOf,
  type StepHandler,
  skipped,
  success,
} from '../../src/plugin-api/index.ts';
import { noRemoteText } from './no-remote-text.ts';
import { noRemoteFailure, pushFailure, strayFailure, unreachableFailure } from './push-failure.ts';
import { detachedFailure, type PushWish, planOf, targetOf } from './push-plan.ts';
import { probePush, pushOutputs, pushPlan } from './push-remote.ts';
import { nothingToRelease } from './release-standing.ts';
import { withoutCredentials } from './repository/git-process.ts';
import { isRemoteName } from './repository/repository.ts';
import { recordedCommit, recordedTags } from './run-record.ts';
import { showCommand } from './show-command.ts';
import { noVerifyField } from './signing-fields.ts';
import { takeBackPush } from './take-back-push.ts';

export const push: StepHandler = {
  title: 'Push to remote',
  description:
    'Pushes the branch and the tags that this run made in one push that is all or nothing, and only where the remote is still as it was looked at.',
  icon: '🚀',
  category: 'git',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      push_tags: {
        type: 'boolean',
        default: true,
        description: 'Push the tags of `git.create_tag` steps of this run too; other local tags stay where they are.',
      },
      remote: {
        type: 'string',
        minLength: 1,
        description: 'Name or URL of the remote; where it is not set, `remote` of the adapter `git` (origin).',
      },
      no_verify: noVerifyField,
    },
  },
  outputs: {
    remote: { type: 'string', description: 'Where it was pushed to.' },
    remote_branch: { type: 'string', description: 'The branch on the remote.' },
    tags: { type: 'array', items: { type: 'string' }, description: 'Tags of this run that are on the remote now.' },
    pushed: { type: 'array', items: { type: 'string' }, description: 'Refs that changed on the remote.' },
    status: { type: 'string', enum: ['pushed', 'up-to-date'], description: 'Whether anything changed there.' },
    before: { type: 'object', description: 'What the remote had before, by full ref; null: no such ref.' },
    after: { type: 'object', description: 'What it has since, by full ref.' },
  },
  retry: { enabled: true, maxAttempts: 3, backoff: 'exponential' },
  permissions: ['processes', 'network'],
  rollback: 'undo-with-care',

  async execute(context) {
    if (await isIdle(context)) return skipped(nothingToRelease);
    const git = await context.adapter<GitAdapter>('git');
    const settled = await settledWithoutBranch(context, git);
    if (settled !== null) return settled;
    const plan = await planOf(context, git, wishOf(context));
    if (plan.stray !== null) return failed(strayFailure(context, plan, plan.stray));
    const result = await pushPlan(git, plan, booleanValue(context.config, 'no_verify', false));
    if (result.kind === 'up-to-date') context.log('info', `${plan.shown} has everything already`);
    if (result.kind !== 'pushed' && result.kind !== 'up-to-date') {
      return failed(await pushFailure(context, git, plan, result));
    }
    // An earlier attempt may have pushed it all and lost the answer: what is there now was not there before.
    const isDoubtful = result.kind === 'up-to-date' && context.step.attempt > 1;
    return success(pushOutputs(plan, isDoubtful ? { ...result, before: plan.recalled } : result));
  },

  async preview(context) {
    if (await isIdle(context)) return { summary: nothingToRelease, diffs: [], commands: [] };
    const wish = wishOf(context);
    const git = await context.adapter<GitAdapter>('git');
    const { remote, shown, branch, source } = await targetOf(git, wish);
    const missing = isRemoteName(remote) && (await git.remoteUrl(remote)) === null;
    if (missing) return { summary: `would fail: ${noRemoteText(shown)}`, diffs: [], commands: [] };
    const tags = wish.withTags ? await foreseenTags(context) : [];
    const refs = [`${source}:refs/heads/${branch}`, ...tags.map((tag) => `refs/tags/${tag}`)];
    const releases = await releasesOf(context);
    const mayBeDone =
      releases.length > 0 && releases.every(({ outcome, commit }) => outcome === 'nothing' || commit !== null);
    return {
      summary: `pushes ${listed([branch, ...tags])} to ${shown}, all or nothing${mayBeDone ? ', where it lacks them' : ''}`,
      diffs: [],
      commands: [showCommand(['push', '--atomic', shown, ...refs])],
      outputs: { remote: shown, remote_branch: branch, tags },
    };
  },

  async probe(context) {
    const git = await context.adapter<GitAdapter>('git');
    const plan = await planOf(context, git, wishOf(context));
    return probePush(git, plan);
  },

  async undo(context) {
    return takeBackPush(await context.adapter<GitAdapter>('git'), context.config.remote, context.done.outputs);
  },
};

/** Where nothing is released and this run made nothing, commits of somebody else are not this step's to publish. */
async function isIdle(context: HandlerContext): Promise<boolean> {
  if ((await releaseOf(context))?.outcome !== 'nothing') return false;
  return (await recordedCommit(context)) === null && (await recordedTags(context)).length === 0;
}

/**
 * Without a branch nothing can be pushed, and nothing has to be where a finished release is checked out by its tag.
 * Whether it is finished the remote tells: without a branch to look for, whoever found it out could not see that.
 */
async function settledWithoutBranch(context: HandlerContext, git: GitAdapter): Promise<Outcome | null> {
  const settings = await git.settings();
  if ((settings.branch ?? (await git.checkedOutBranch())) !== null) return null;
  const release = await releaseOf(context);
  const made = (await recordedCommit(context))?.commit ?? release?.commit ?? null;
  if (release?.outcome !== 'released' || release.tag === null) throw detachedFailure(made);
  const remote = wishOf(context).remote ?? settings.remote;
  const shown = withoutCredentials(remote);
  const there = await git.pushState(remote, null, [release.tag]);
  if (there === null) return failed(noRemoteFailure(shown));
  if (!there.reachable) return failed(await unreachableFailure(git, { remote, shown }, there.cause ?? ''));
  if (there.tags[release.tag]?.commit !== release.commit) throw detachedFailure(made);
  return skipped(`${release.version} is released already`);
}

/** Tags that the steps before would make. */
async function foreseenTags(context: HandlerContext): Promise<readonly string[]> {
  const steps = await context.upstream('git.create_tag');
  const tags = steps.flatMap(({ outputs }) => optionalText(outputs, 'tag') ?? []);
  return [...new Set(tags)];
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function wishOf({ config }: HandlerContext): PushWish {
  return { remote: optionalText(config, 'remote'), branch: null, withTags: booleanValue(config, 'push_tags', true) };
}
