import {
  filledText,
  type GitMergeOptions,
  type HandlerContext,
  optionalText,
  PluginFailure,
  requiredText,
  showTemplate,
  success,
  templateValue,
} from '../../../src/plugin-api/index.ts';
import { showCommand } from '../show-command.ts';
import { signingFields, signingOptions } from '../signing-fields.ts';
import { takeBackInOrder } from '../take-back.ts';
import {
  enterBranch,
  enteredOutputs,
  leaveBranch,
  movedTo,
  type Operation,
  outputsFor,
  returnBranch,
} from './operation.ts';

/** Merges a branch into the one that is checked out, or into another one. */
export const mergeOperation: Operation = {
  keys: ['branch', 'into', 'message', 'fast_forward', 'no_verify', ...Object.keys(signingFields)],
  required: ['branch'],

  async execute(context, git) {
    const branch = requiredText(context.config, 'branch');
    const source = await git.commitOf(branch);
    if (source === null) throw missing(branch);
    const into = optionalText(context.config, 'into');
    if (into !== null && (await git.branchCommit(into)) === null) throw missing(into);
    const entered = enteredOutputs(into === null ? null : await enterBranch(git, into));
    const before = await git.head();
    try {
      const { changed } = movedTo(await git.merge(branch, optionsOf(context)), `merging ${branch}`);
      const more = { ...entered, before, source_commit: source };
      return success(await outputsFor(git, 'merge', changed, more));
    } catch (error) {
      await leaveBranch(git, entered);
      throw error;
    }
  },

  async preview({ config }) {
    const branch = requiredText(config, 'branch');
    const into = optionalText(config, 'into');
    const template = templateValue(config, 'message');
    const message = template === null ? [] : ['--message', showTemplate(template).trim()];
    return {
      summary: `merges ${branch} into ${into ?? 'the branch that is checked out'}`,
      commands: [
        ...(into === null ? [] : [showCommand(['switch', into])]),
        showCommand(['merge', '--no-edit', ...message, branch]),
      ],
    };
  },

  /** Where the branch stood before is not known any more, so that the way back will leave it alone. */
  async probe({ config }, git) {
    const into = optionalText(config, 'into');
    if (into !== null && into !== (await git.checkedOutBranch())) return { kind: 'not-done' };
    const isDone = await git.isAncestor(requiredText(config, 'branch'), 'HEAD').catch(() => false);
    return isDone ? { kind: 'done', outputs: await outputsFor(git, 'merge', true) } : { kind: 'not-done' };
  },

  undo(context, git) {
    const { outputs } = context.done;
    return takeBackInOrder([() => returnBranch(git, outputs, 'follow'), () => leaveBranch(git, outputs)]);
  },
};

function optionsOf(context: HandlerContext): GitMergeOptions {
  const message = filledText(context.config, 'message');
  const forward = context.config.fast_forward;
  return {
    ...signingOptions(context.config),
    ...(message === '' ? {} : { message }),
    ...(forward === 'only' || forward === 'never' ? { fastForward: forward } : {}),
  };
}

function missing(branch: string): PluginFailure {
  return new PluginFailure('not-found', `this clone has no branch or commit \`${branch}\`: fetch it first`, {
    retryable: false,
  });
}
