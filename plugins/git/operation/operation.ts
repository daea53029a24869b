import {
  type GitAdapter,
  type GitMoveAnswer,
  type HandlerContext,
  type JsonMap,
  type Outcome,
  optionalText,
  PluginFailure,
  type ProbeAnswer,
  requiredText,
  type UndoContext,
  type UndoOutcome,
} from '../../../src/plugin-api/index.ts';
import { type BranchMove, takeBackMove, takeBackSwitch, unknownPast } from '../take-back.ts';

/** One of the things that `git.operation` can do. */
export interface Operation {
  /** Keys of the configuration that belong to it, beside `operation`. */
  readonly keys: readonly string[];
  readonly required: readonly string[];
  execute(context: HandlerContext, git: GitAdapter): Promise<Outcome>;
  preview(
    context: HandlerContext,
    git: GitAdapter,
  ): Promise<{ readonly summary: string; readonly commands: readonly string[] }>;
  probe(context: HandlerContext, git: GitAdapter): Promise<ProbeAnswer>;
  undo(context: UndoContext, git: GitAdapter): Promise<UndoOutcome>;
}

/** What every operation gives. */
export async function outputsFor(
  git: GitAdapter,
  operation: string,
  changed: boolean,
  more: JsonMap = {},
): Promise<JsonMap> {
  return { operation, commit: await git.head(), branch: await git.checkedOutBranch(), changed, ...more };
}

/** Gives where the branch is now. A conflict or refusal of git is a failure: nothing was changed then. */
export function movedTo(answer: GitMoveAnswer, what: string): { readonly head: string; readonly changed: boolean } {
  switch (answer.kind) {
    case 'moved':
      return { head: answer.head, changed: true };
    case 'unchanged':
      return { head: answer.head, changed: false };
    case 'conflict':
      throw new PluginFailure(
        'handler',
        `${what} stops at conflicts in ${answer.files.join(', ')}, and everything was put back as it was: settle them by hand, or take other commits`,
        { retryable: false, details: { reason: 'conflict', files: answer.files } },
      );
    case 'refused':
      throw new PluginFailure('handler', `git refused, and nothing was changed: ${what}: ${answer.message}`, {
        retryable: false,
        details: { reason: 'refused' },
      });
  }
}

/** A branch that was entered for a step. */
export interface Entered {
  /** The branch before; `null`: the head was detached. */
  readonly from: string | null;
  readonly to: string;
  /** Where the branch was made; `null`: it was there. */
  readonly madeAt: string | null;
}

/** Checks a branch out, and makes it first where this clone lacks it. `null`: it is checked out already. */
export async function enterBranch(git: GitAdapter, name: string, at?: string): Promise<Entered | null> {
  const from = await git.checkedOutBranch();
  if (from === name) return null;
  const isThere = (await git.branchCommit(name)) !== null;
  if (!isThere) await git.createBranch(name, at);
  const madeAt = isThere ? null : await git.branchCommit(name);
  const answer = await git.switch(name);
  if (madeAt !== null && answer.kind !== 'moved' && answer.kind !== 'unchanged') await git.deleteBranch(name, madeAt);
  movedTo(answer, `checking out ${name}`);
  return { from, to: name, madeAt };
}

/** The outputs by which `leaveBranch` finds back. */
export function enteredOutputs(entered: Entered | null): JsonMap {
  if (entered === null) return {};
  const made = entered.madeAt === null ? {} : { branch_made_at: entered.madeAt };
  return { previous_branch: entered.from, entered_branch: entered.to, ...made };
}

/** Goes back to the branch that was checked out before the step, where the step entered another one. */
export async function leaveBranch(git: GitAdapter, outputs: JsonMap): Promise<UndoOutcome> {
  const to = optionalText(outputs, 'entered_branch');
  if (to === null) return { kind: 'undone' };
  const from = optionalText(outputs, 'previous_branch');
  return takeBackSwitch(git, { from, to, madeAt: optionalText(outputs, 'branch_made_at') });
}

/** Takes the branch back to where it stood before the step, with index and files or without. */
export async function returnBranch(
  git: GitAdapter,
  outputs: JsonMap,
  files: BranchMove['files'],
): Promise<UndoOutcome> {
  if (outputs.changed === false) return { kind: 'undone', message: 'the step changed nothing' };
  if (outputs.before === undefined) return unknownPast('where the branch stood before');
  const before = optionalText(outputs, 'before');
  const commit = requiredText(outputs, 'commit');
  // A branch that was moved to a commit of somebody else makes nothing of ours public.
  const isOurs = commit !== optionalText(outputs, 'source_commit');
  return takeBackMove(git, { branch: optionalText(outputs, 'branch'), commit, before, files, isOurs });
}
