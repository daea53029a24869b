import { PluginFailure, requiredText, success } from '../../../src/plugin-api/index.ts';
import { showCommand } from '../show-command.ts';
import { movedTo, type Operation, outputsFor, returnBranch } from './operation.ts';

/** Puts the commits of the branch that is checked out on top of another branch. */
export const rebaseOperation: Operation = {
  keys: ['branch'],
  required: ['branch'],

  async execute({ config }, git) {
    const branch = requiredText(config, 'branch');
    const source = await git.commitOf(branch);
    if (source === null) {
      throw new PluginFailure('not-found', `this clone has no branch or commit \`${branch}\`: fetch it first`, {
        retryable: false,
      });
    }
    const before = await git.head();
    const { changed } = movedTo(await git.rebase(branch), `putting the branch on top of ${branch}`);
    return success(await outputsFor(git, 'rebase', changed, { before, source_commit: source }));
  },

  async preview({ config }) {
    const branch = requiredText(config, 'branch');
    return {
      summary: `puts the commits of the branch that is checked out on top of ${branch}`,
      commands: [showCommand(['rebase', branch])],
    };
  },

  /** Where the branch stood before is not known any more, so that the way back will leave it alone. */
  async probe({ config }, git) {
    const isDone = await git.isAncestor(requiredText(config, 'branch'), 'HEAD').catch(() => false);
    return isDone ? { kind: 'done', outputs: await outputsFor(git, 'rebase', true) } : { kind: 'not-done' };
  },

  undo: (context, git) => returnBranch(git, context.done.outputs, 'follow'),
};
