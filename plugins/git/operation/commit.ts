import {
  failed,
  filledText,
  type GitAdapter,
  type HandlerContext,
  handlerFailure,
  type JsonMap,
  optionalText,
  showTemplate,
  skipped,
  success,
  templateValue,
  textList,
} from '../../../src/plugin-api/index.ts';
import { newestCommit, sameMessage } from '../commit.ts';
import { refuseMovedBetween } from '../release-standing.ts';
import { pathspecOf } from '../repository/pathspec.ts';
import { recordCommit } from '../run-record.ts';
import { showCommand } from '../show-command.ts';
import { signingFields, signingOptions } from '../signing-fields.ts';
import { addCommand, isClean, keptIndex, stagingResult, takeBackStaging } from '../staging-step.ts';
import { takeBackInOrder } from '../take-back.ts';
import { enterBranch, enteredOutputs, leaveBranch, type Operation, outputsFor, returnBranch } from './operation.ts';

/** Stages what the paths match, by default everything, and commits it; on another branch where one is named. */
export const commitOperation: Operation = {
  keys: ['branch', 'message', 'paths', 'no_verify', ...Object.keys(signingFields)],
  required: ['message'],

  async execute(context, git) {
    const message = messageOf(context);
    if (message === '') {
      return failed(handlerFailure('the commit message is empty: check `message`', { retryable: false }));
    }
    await refuseMovedBetween(context);
    if ((await git.changes()).length === 0) return skipped('nothing has changed, so there is nothing to commit');
    const branch = optionalText(context.config, 'branch');
    const entered = branch === null ? null : await enterBranch(git, branch);
    return commitThere(context, git, message, enteredOutputs(entered));
  },

  async preview(context) {
    const template = templateValue(context.config, 'message');
    const message = template === null ? '' : showTemplate(template).trim();
    const branch = optionalText(context.config, 'branch');
    const enter = branch === null ? [] : [showCommand(['switch', '--create', branch])];
    const where = branch === null ? '' : ` on the branch ${branch}`;
    return {
      summary: `commits ${pathsOf(context).join(', ')}${where} as "${message}"`,
      commands: [...enter, addCommand(pathsOf(context).map(pathspecOf)), showCommand(['commit', '--message', message])],
    };
  },

  async probe(context, git) {
    const newest = await newestCommit(git);
    const branch = optionalText(context.config, 'branch');
    const isThere = branch === null || branch === (await git.checkedOutBranch());
    const isDone = isThere && newest !== null && sameMessage(newest, messageOf(context));
    if (!isDone) return (await git.changes()).length > 0 ? { kind: 'not-done' } : { kind: 'unknown' };
    if ((await git.staged()).length > 0) return { kind: 'unknown' };
    const before = newest.parents[0] ?? null;
    return { kind: 'done', outputs: await outputsFor(git, 'commit', true, { before, message: messageOf(context) }) };
  },

  undo(context, git) {
    const { outputs } = context.done;
    return takeBackInOrder([
      () => returnBranch(git, outputs, 'keep'),
      () => takeBackStaging(git, outputs),
      () => leaveBranch(git, outputs),
    ]);
  },
};

/** A step that fails leaves nothing behind: what it staged and the branch that it entered are taken back. */
async function commitThere(context: HandlerContext, git: GitAdapter, message: string, entered: JsonMap) {
  let staging: JsonMap = {};
  try {
    const status = await git.status();
    const index = await keptIndex(git, status);
    const staged = await git.stage(pathsOf(context), { clean: isClean(status) });
    staging = stagingResult(staged, index);
    if (staged.length === 0) {
      await leaveBranch(git, entered);
      return skipped('nothing that the paths match has changed, so there is nothing to commit');
    }
    const made = { commit: await git.commit(message, signingOptions(context.config)), parent: status.head };
    await recordCommit(context, made);
    const more = { ...staging, ...entered, before: made.parent, message };
    return success(await outputsFor(git, 'commit', true, more));
  } catch (error) {
    await takeBackInOrder([() => takeBackStaging(git, staging), () => leaveBranch(git, entered)]);
    throw error;
  }
}

function messageOf(context: HandlerContext): string {
  return filledText(context.config, 'message');
}

function pathsOf(context: HandlerContext): readonly string[] {
  const paths = textList(context.config, 'paths');
  return paths.length === 0 ? ['*'] : paths;
}
