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
  if (now !== commit) return leftUnder(git, move, now);
  const published = move.isOurs === false ? [] : await publishedAt(git, move);
  if (published.length > 0) {
    const reason = `the commit ${commit} was pushed: ${published.join(', ')} holds it`;
    const enter = isHere ? [] : entering(move);
    return { kind: 'left', reason, commands: [...enter, ...(await revertOf(git, move))] };
  }
  if (!isHere) return left(`${branch ?? 'the detached head'} is not checked out any more`, move);
  const answer = await git.moveBranch(before, commit, files);
  switch (answer.kind) {
    case 'moved':
      return { kind: 'undone' };
    case 'elsewhere':
      return leftUnder(git, move, answer.head);
    case 'refused':
      return left(`git does not take the branch back: ${answer.message}`, move);
  }
}

/** Where a clone on this machine, or the remote itself, has the commit by now. */
async function publishedAt(git: GitAdapter, { branch, commit }: BranchMove): Promise<readonly string[]> {
  const known = (await git.refsWith(commit)).filter((ref) => ref.startsWith('refs/remotes/'));
  if (known.length > 0 || branch === null) return known.map((ref) => ref.slice('refs/remotes/'.length));
  // The clone hears nothing of a push whose process was killed.
  const { remote } = await git.settings();
  const there = await git.pushState(remote, branch, []);
  return there?.branch === commit ? [`${there.name}/${branch}`] : [];
}

/** Only while nothing stands on the commit: to move the branch back would drop what does. */
function left(reason: string, move: BranchMove): UndoOutcome {
  const { commit, before, files } = move;
  const command =
    before === null
      ? showCommand(['update-ref', '-d', 'HEAD', commit])
      : showCommand(['reset', files === 'keep' ? '--soft' : '--keep', before]);
  return { kind: 'left', reason, commands: [...entering(move), command] };
}

/** Others have built on the commit, or put something else in its place: their work stays where it is. */
async function leftUnder(git: GitAdapter, move: BranchMove, now: string | null): Promise<UndoOutcome> {
  const reason = `the branch has moved on from ${move.commit} to ${now ?? 'nothing'}`;
  const isUnder = now !== null && (await git.isAncestor(move.commit, now).catch(() => false));
  if (!isUnder || move.isOurs === false) return { kind: 'left', reason, commands: [] };
  return { kind: 'left', reason, commands: [...entering(move), ...(await revertOf(git, move))] };
}

function entering({ branch }: BranchMove): readonly string[] {
  return branch === null ? [] : [showCommand(['switch', branch])];
}

/** What reverts a move on top of what came since; none for one that put commits in the place of others. */
async function revertOf(git: GitAdapter, { commit, before }: BranchMove): Promise<readonly string[]> {
  const parents: string[] = [];
  await git.eachCommit({ since: null, until: commit, limit: 1 }, (found) => parents.push(...found.parents));
  const isOne = (parents[0] ?? null) === before;
  if (isOne) return [showCommand(['revert', '--no-edit', ...(parents.length > 1 ? ['--mainline', '1'] : []), commit])];
  const isRow = before !== null && (await git.isAncestor(before, commit).catch(() => false));
  return isRow ? [showCommand(['revert', '--no-edit', `${before}..${commit}`])] : [];
}

/** Deletes a tag that is still the one that a step made, and that the remote has not by now. */
export async function takeBackTag(git: GitAdapter, tag: string, object: string): Promise<UndoOutcome> {
  const { remote } = await git.settings();
  const there = await git.pushState(remote, null, [tag]);
  if (there?.tags[tag]?.object === object) {
    const reason = `the tag ${tag} is on ${there.name} by now, and belongs to a release there`;
    return { kind: 'left', reason, commands: [] };
  }
  switch (await git.deleteTag(tag, object)) {
    case 'deleted':
      return { kind: 'undone' };
    case 'absent':
      return { kind: 'undone', message: `the tag ${tag} is gone already` };
    case 'changed':
      // Somebody made it, or a fetch brought it: it may be that of a release.
      return { kind: 'left', reason: `the tag ${tag} is not the one that this run made any more`, commands: [] };
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
