import {
  booleanValue,
  failed,
  type HandlerContext,
  type JsonMap,
  optionalText,
  success,
} from '../../../src/plugin-api/index.ts';
import { pushFailure, strayFailure } from '../push-failure.ts';
import { type PushWish, planOf, targetOf } from '../push-plan.ts';
import { probePush, pushOutputs, pushPlan } from '../push-remote.ts';
import { showCommand } from '../show-command.ts';
import { takeBackPush } from '../take-back-push.ts';
import { type Operation, outputsFor } from './operation.ts';

/** Pushes a branch, and the tags that this run made on it, as `git.push` does. */
export const pushOperation: Operation = {
  keys: ['branch', 'remote', 'push_tags', 'no_verify'],
  required: [],

  async execute(context, git) {
    const plan = await planOf(context, git, wishOf(context));
    if (plan.stray !== null) return failed(strayFailure(context, plan, plan.stray));
    const result = await pushPlan(git, plan, booleanValue(context.config, 'no_verify', false));
    if (result.kind !== 'pushed' && result.kind !== 'up-to-date') {
      return failed(await pushFailure(context, git, plan, result));
    }
    const outputs = await outputsFor(git, 'push', result.kind === 'pushed', remoteOutputs(pushOutputs(plan, result)));
    return success({ ...outputs, commit: plan.head });
  },

  async preview(context, git) {
    const { shown, branch, source } = await targetOf(git, wishOf(context));
    return {
      summary: `pushes ${branch} to ${shown}`,
      commands: [showCommand(['push', '--atomic', shown, `${source}:refs/heads/${branch}`])],
    };
  },

  async probe(context, git) {
    const answer = await probePush(git, await planOf(context, git, wishOf(context)));
    if (answer.kind !== 'done') return answer;
    return { kind: 'done', outputs: await outputsFor(git, 'push', true, remoteOutputs(answer.outputs)) };
  },

  undo: (context, git) =>
    undoPushPart(context.config, context.done.outputs, (remote, done) => takeBackPush(git, remote, done)),
};

function wishOf({ config }: HandlerContext): PushWish {
  return {
    remote: optionalText(config, 'remote'),
    branch: optionalText(config, 'branch'),
    withTags: booleanValue(config, 'push_tags', true),
  };
}

/** What a push gives, under names that do not get in the way of where the own branch stood. */
export function remoteOutputs(pushed: JsonMap): JsonMap {
  const { remote = null, remote_branch = null, tags = [], pushed: refs = [], before = {}, after = {} } = pushed;
  return { remote, remote_branch, tags, pushed: refs, remote_before: before, remote_after: after };
}

/** The way back of a push, from outputs that `remoteOutputs` made. */
export function undoPushPart<T>(
  config: JsonMap,
  outputs: JsonMap,
  takeBack: (remote: JsonMap[string] | undefined, done: JsonMap) => T,
): T {
  const { remote_branch = null, remote_before = null, remote_after = null } = outputs;
  return takeBack(config.remote, { remote_branch, before: remote_before, after: remote_after });
}
