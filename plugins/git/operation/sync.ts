import {
  booleanValue,
  failed,
  type GitAdapter,
  type HandlerContext,
  type JsonMap,
  optionalText,
  PluginFailure,
  success,
} from '../../../src/plugin-api/index.ts';
import { noRemoteFailure, pushFailure, unreachableFailure } from '../push-failure.ts';
import { type PushTarget, planOf, targetOf } from '../push-plan.ts';
import { pushOutputs, pushPlan } from '../push-remote.ts';
import { showCommand } from '../show-command.ts';
import { takeBackInOrder } from '../take-back.ts';
import { takeBackPush } from '../take-back-push.ts';
import { movedTo, type Operation, outputsFor, returnBranch } from './operation.ts';
import { remoteOutputs, undoPushPart } from './push.ts';

/** Brings the branch up to date with the remote, and the remote with the branch. */
export const syncOperation: Operation = {
  keys: ['branch', 'remote', 'strategy', 'push', 'no_verify'],
  required: [],

  async execute(context, git) {
    const target = await targetFor(context, git);
    const before = await git.head();
    const there = await fetchedCommit(git, target);
    if (there.kind === 'failed') return failed(there.failure);
    const moved = there.commit === null ? false : await bringForward(context, git, target, there.commit);
    const local = { before, ...(there.commit === null ? {} : { source_commit: there.commit }) };
    if (!booleanValue(context.config, 'push', true)) {
      return success(await outputsFor(git, 'sync', moved, { ...local, branch_moved: moved }));
    }
    return pushLocal(context, git, { ...local, branch_moved: moved });
  },

  async preview(context, git) {
    const { shown, branch, source } = await targetFor(context, git);
    const pushed = source === 'HEAD' ? `HEAD:refs/heads/${branch}` : branch;
    const pull = showCommand(['pull', strategyOf(context) === 'rebase' ? '--rebase' : '--ff-only', shown, branch]);
    const push = booleanValue(context.config, 'push', true);
    return {
      summary: `brings ${branch} up to date with ${shown}${push ? ', and pushes it' : ''}`,
      commands: push ? [pull, showCommand(['push', shown, pushed])] : [pull],
    };
  },

  /** Doing it again is harmless; what it has moved so far nobody can tell. */
  probe: async () => ({ kind: 'unknown' }),

  undo(context, git) {
    const { outputs } = context.done;
    return takeBackInOrder([
      () => undoPushPart(context.config, outputs, (remote, done) => takeBackPush(git, remote, done)),
      () => returnBranch(git, { ...outputs, changed: outputs.branch_moved ?? true }, 'follow'),
    ]);
  },
};

async function targetFor(context: HandlerContext, git: GitAdapter): Promise<PushTarget> {
  const [remote, branch] = [optionalText(context.config, 'remote'), optionalText(context.config, 'branch')];
  const checkedOut = await git.checkedOutBranch();
  if (branch !== null && checkedOut !== null && branch !== checkedOut) {
    throw new PluginFailure(
      'handler',
      `only the branch that is checked out can be brought up to date, which is ${checkedOut}: check out ${branch} first (\`operation: branch\`)`,
      { retryable: false },
    );
  }
  return targetOf(git, { remote, branch, followsUpstream: true });
}

type Fetched =
  | { readonly kind: 'fetched'; readonly commit: string | null }
  | { readonly kind: 'failed'; readonly failure: Awaited<ReturnType<typeof unreachableFailure>> };

/** The commit of the remote's branch, brought here; `null` where the remote has no such branch yet. */
async function fetchedCommit(git: GitAdapter, target: PushTarget): Promise<Fetched> {
  const { remote, branch, shown } = target;
  const state = await git.remoteState(remote, branch, []);
  if (state === null) return { kind: 'failed', failure: noRemoteFailure(shown) };
  if (!state.reachable) return { kind: 'failed', failure: await unreachableFailure(git, target, state.cause ?? '') };
  if (state.branch === null) return { kind: 'fetched', commit: null };
  const answer = await git.fetch(remote, { branches: [branch] });
  if (answer.kind === 'unreachable' || answer.kind === 'absent') {
    return { kind: 'failed', failure: await unreachableFailure(git, target, answer.message) };
  }
  return { kind: 'fetched', commit: state.branch };
}

/** True where the branch moved. */
async function bringForward(
  context: HandlerContext,
  git: GitAdapter,
  { shown, branch }: PushTarget,
  there: string,
): Promise<boolean> {
  const head = await git.head();
  const counts = head === null ? null : await git.aheadBehind(head, there);
  if (counts?.behind === 0) return false;
  if (counts === null || counts.ahead === 0) {
    return movedTo(await git.fastForward(there), `moving ${branch} forward to that of ${shown}`).changed;
  }
  if (strategyOf(context) === 'rebase') {
    return movedTo(await git.rebase(there), `putting ${branch} on top of that of ${shown}`).changed;
  }
  throw new PluginFailure(
    'handler',
    `${branch} and that of ${shown} have gone different ways (${counts.ahead} commits here, ${counts.behind} there), and \`strategy: fast-forward\` moves forward only: set \`strategy: rebase\`, or merge by hand`,
    { retryable: false, details: { reason: 'diverged', ...counts } },
  );
}

/** Where the push fails, the branch goes back to where it stood: a step that failed has changed nothing. */
async function pushLocal(context: HandlerContext, git: GitAdapter, local: JsonMap) {
  const wish = { remote: optionalText(context.config, 'remote'), branch: optionalText(context.config, 'branch') };
  const plan = await planOf(context, git, { ...wish, withTags: false, followsUpstream: true });
  const result = await pushPlan(git, plan, booleanValue(context.config, 'no_verify', false));
  if (result.kind !== 'pushed' && result.kind !== 'up-to-date') {
    const before = optionalText(local, 'before');
    if (before !== null && before !== plan.head) await git.moveBranch(before, plan.head, 'follow');
    return failed(await pushFailure(context, git, plan, result));
  }
  const changed = local.branch_moved === true || result.kind === 'pushed';
  return success(await outputsFor(git, 'sync', changed, { ...local, ...remoteOutputs(pushOutputs(plan, result)) }));
}

function strategyOf(context: HandlerContext): 'rebase' | 'fast-forward' {
  return context.config.strategy === 'fast-forward' ? 'fast-forward' : 'rebase';
}
