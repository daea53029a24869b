import type { GitAdapter, UndoOutcome } from '../../src/plugin-api/index.ts';
import { showCommand } from './show-command.ts';

/** A commit that a step made, or a move of the branch that a step did. */
export interface BranchMove {
  /** The branch that the step worked on; `null`: the head was detached. */
  readonly branch: string | null;
  readonly commit: string;
  /** Where the branch stood before; `null`: it had no commit. */
  readonly before: string | null;
  /** `keep`: index and files stay as they are; `follow`: they go back too. */
  readonly files: 'keep' | 'follow';
  /** False where the branch was only moved to a commit that somebody else had made; default true. */
  readonly isOurs?: boolean;
}

/** Takes the branch back where it still stands on the commit and nobody else has it. */
export async function takeBackMove(git: GitAdapter, move: BranchMove): Promise<UndoOutcome> {
  const { branch, commit, before, files } = move;
  const isHere = (await git.checkedOutBranch()) === branch;
  const now = isHere || branch === null ? await git.head() : await git.branchCommit(branch);
  if (now === before || now === null) return { kind: 'undone', message: 'the commit is not on its branch any more' };
  if (!isHere) return left(`${branch ?? 'the detached head'} is not checked out any more`, move);
  if (now !== commit) return left(`the branch has moved on from ${commit} to ${now}`, move);
  const holders = move.isOurs === false ? [] : await git.refsWith(commit);
  const published = holders.filter((ref) => ref.startsWith('refs/remotes/'));
  if (published.length > 0) {
    const where = published.map((ref) => ref.slice('refs/remotes/'.length)).join(', ');
    return {
      kind: 'left',
      reason: `the commit ${commit} was pushed: ${where} holds it`,
      commands: [showCommand(['revert', '--no-edit', commit])],
    };
  }
  const answer = await git.moveBranch(before, commit, files);
  switch (answer.kind) {
    case 'moved':
      return { kind: 'undone' };
    case 'elsewhere':
      return left(`the branch has moved on from ${commit} to ${answer.head ?? 'nothing'}`, move);
    case 'refused':
      return left(`git does not take the branch back: ${answer.message}`, move);
  }
}

function left(reason: string, { branch, commit, before, files }: BranchMove): UndoOutcome {
  const enter = branch === null ? [] : [showCommand(['switch', branch])];
  const command =
    before === null
      ? showCommand(['update-ref', '-d', 'HEAD', commit])
      : showCommand(['reset', files === 'keep' ? '--soft' : '--keep', before]);
  return { kind: 'left', reason, commands: [...enter, command] };
}

/** Deletes a tag that is still the one that a step made. */
export async function takeBackTag(git: GitAdapter, tag: string, object: string): Promise<UndoOutcome> {
  switch (await git.deleteTag(tag, object)) {
    case 'deleted':
      return { kind: 'undone' };
    case 'absent':
      return { kind: 'undone', message: `the tag ${tag} is gone already` };
    case 'changed':
      return {
        kind: 'left',
        reason: `the tag ${tag} is not the one that this run made any more`,
        commands: [showCommand(['tag', '--delete', tag])],
      };
  }
}

/** Checks out the branch that was checked out before, and deletes one that a step made. */
export async function takeBackSwitch(
  git: GitAdapter,
  change: {
    readonly from: string | null;
    readonly to: string;
    /** Where the step made the branch; `null`: it was there already. */
    readonly madeAt: string | null;
  },
): Promise<UndoOutcome> {
  const { from, to, madeAt } = change;
  const deletion = madeAt === null ? [] : [showCommand(['branch', '--delete', to])];
  if ((await git.checkedOutBranch()) === to && from !== to) {
    if (from === null) {
      const commands = [showCommand(['switch', '--detach']), ...deletion];
      return { kind: 'left', reason: 'the head was detached before, and is left on the branch', commands };
    }
    const answer = await git.switch(from);
    if (answer.kind === 'refused' || answer.kind === 'conflict') {
      const why = answer.kind === 'refused' ? answer.message : answer.files.join(', ');
      const commands = [showCommand(['switch', from]), ...deletion];
      return { kind: 'left', reason: `git does not go back to the branch ${from}: ${why}`, commands };
    }
  }
  if (madeAt === null) return { kind: 'undone' };
  const deleted = await git.deleteBranch(to, madeAt);
  if (deleted !== 'changed') return { kind: 'undone' };
  return { kind: 'left', reason: `the branch ${to} has other commits by now`, commands: deletion };
}

/** The first of several ways back that does not end in `undone` ends all: what stands under it must stay. */
export async function takeBackInOrder(ways: readonly (() => Promise<UndoOutcome>)[]): Promise<UndoOutcome> {
  for (const way of ways) {
    const outcome = await way();
    if (outcome.kind !== 'undone') return outcome;
  }
  return { kind: 'undone' };
}

/** A probe finds out that something was done, but not what was there before; then it is left as it is. */
export function unknownPast(what: string): UndoOutcome {
  return { kind: 'left', reason: `nothing says ${what}, so that it cannot be taken back`, commands: [] };
}
