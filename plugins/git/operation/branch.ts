import { booleanValue, optionalText, requiredText, success } from '../../../src/plugin-api/index.ts';
import { showCommand } from '../show-command.ts';
import { enterBranch, enteredOutputs, leaveBranch, type Operation, outputsFor } from './operation.ts';

/** Makes a branch where it is missing, and checks it out. */
export const branchOperation: Operation = {
  keys: ['branch', 'from', 'switch'],
  required: ['branch'],

  async execute({ config }, git) {
    const name = requiredText(config, 'branch');
    const at = optionalText(config, 'from') ?? undefined;
    if (booleanValue(config, 'switch', true)) {
      const entered = await enterBranch(git, name, at);
      return success(await outputsFor(git, 'branch', entered !== null, enteredOutputs(entered)));
    }
    const isThere = (await git.branchCommit(name)) !== null;
    if (!isThere) await git.createBranch(name, at);
    const made = isThere ? null : await git.branchCommit(name);
    // `entered_branch` without a previous one: the way back has only the branch to delete.
    const more = made === null ? {} : { entered_branch: name, branch_made_at: made };
    return success(await outputsFor(git, 'branch', made !== null, more));
  },

  async preview({ config }) {
    const name = requiredText(config, 'branch');
    const from = optionalText(config, 'from');
    const at = from === null ? [] : [from];
    const enters = booleanValue(config, 'switch', true);
    return {
      summary: enters ? `checks out the branch ${name}, made where it is missing` : `makes the branch ${name}`,
      commands: [showCommand(enters ? ['switch', '--create', name, ...at] : ['branch', name, ...at])],
    };
  },

  /** Whether this step made the branch is not known any more, so that the way back will keep it. */
  async probe({ config }, git) {
    const name = requiredText(config, 'branch');
    const enters = booleanValue(config, 'switch', true);
    const isDone = enters ? (await git.checkedOutBranch()) === name : (await git.branchCommit(name)) !== null;
    return isDone ? { kind: 'done', outputs: await outputsFor(git, 'branch', true) } : { kind: 'not-done' };
  },

  undo: (context, git) => leaveBranch(git, context.done.outputs),
};
