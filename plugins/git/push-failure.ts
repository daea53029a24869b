import { type Failure, type GitAdapter, type HandlerContext, handlerFailure } from '../../src/plugin-api/index.ts';
import { noRemoteText } from './no-remote-text.ts';
import type { PushedTag, PushPlan } from './push-plan.ts';
import type { PushResult } from './push-remote.ts';
import { showCommand } from './show-command.ts';

type Refusal = Extract<PushResult, { kind: 'refused' }>;

/** The failure for a push that did not go well. */
export async function pushFailure(
  context: HandlerContext,
  git: GitAdapter,
  plan: PushPlan,
  result: Exclude<PushResult, { kind: 'pushed' | 'up-to-date' }>,
): Promise<Failure> {
  switch (result.kind) {
    case 'behind':
      return behindFailure(context, plan, result);
    case 'taken':
      return takenFailure(context, plan, result);
    case 'refused':
      return refusedFailure(context, plan, result);
    case 'unreachable':
      return unreachableFailure(git, plan, result.message);
    case 'no-remote':
      return noRemoteFailure(plan.shown);
  }
}

/** A tag beside the branch (somebody rebased since) would stay on the remote as an orphan. */
export function strayFailure(context: HandlerContext, plan: PushPlan, { tag, step }: PushedTag): Failure {
  return handlerFailure(
    `the tag \`${tag}\` of this run does not stand on ${plan.branch} any more, so nothing was pushed. ${moveTag(context, tag, step)}`,
    { retryable: false, details: { reason: 'stray', tag, step } },
  );
}

/** Somebody else was faster. Nothing is lost, and nothing was pushed. */
function behindFailure(
  context: HandlerContext,
  plan: PushPlan,
  { there, taken }: { readonly there: string | null; readonly taken: string | null },
): Failure {
  const at = there === null ? '' : ` (it is at ${there.slice(0, 7)}, this run at ${plan.head.slice(0, 7)})`;
  const keep =
    taken === null
      ? `To keep this one, put it on top of them (${showCommand(['pull', '--rebase', plan.shown, plan.branch])}). ${afterRebase(context, plan)}`
      : `The tag \`${taken}\` is there too: somebody released this version first`;
  return handlerFailure(
    `behind: the branch ${plan.branch} of ${plan.shown} has commits that are missing here${at}, so nothing of ${shownRefs(plan)} was pushed, and nothing changed there. A new run on the newest commit (vwmp run, or the job again) plans the release anew. ${keep}`,
    {
      retryable: false,
      details: {
        reason: 'behind',
        remote: plan.shown,
        branch: plan.branch,
        remote_commit: there,
        head: plan.head,
        refs: plan.refs.map((ref) => ref.target),
      },
    },
  );
}

/** The remote has a tag of this name already, made by somebody else or left by a push that went half way. */
function takenFailure(context: HandlerContext, plan: PushPlan, taken: Extract<PushResult, { kind: 'taken' }>): Failure {
  const { tag, there, here } = taken;
  const deletion = showCommand(['push', plan.shown, '--delete', `refs/tags/${tag}`]);
  return handlerFailure(
    `the tag \`${tag}\` exists already on ${plan.shown}, on commit ${there ?? 'unknown'}, but this run has it on commit ${here}; nothing changed there. ${existsAdvice(context, deletion)}`,
    {
      retryable: false,
      details: {
        reason: 'exists',
        remote: plan.shown,
        tag,
        tagged_commit: there,
        head: here,
        where: 'remote',
        refs: plan.refs.map((ref) => ref.target),
      },
    },
  );
}

/** Trying again changes nothing here: somebody has to act first. */
function refusedFailure(context: HandlerContext, plan: PushPlan, answer: Refusal): Failure {
  if (answer.reason === 'behind') return behindFailure(context, plan, { there: null, taken: null });
  const who = answer.reason === 'hook' ? `the hook pre-push of this clone, asked about ${plan.shown},` : plan.shown;
  return handlerFailure(
    `${who} refused the push of ${shownRefs(plan)}, and nothing changed there${answer.message === '' ? '' : `: ${answer.message}`}. ${adviceFor(context, answer.reason)}`,
    {
      retryable: false,
      details: { reason: answer.reason, remote: plan.shown, refs: plan.refs.map((ref) => ref.target) },
    },
  );
}

function adviceFor(context: HandlerContext, reason: Exclude<Refusal['reason'], 'behind'>): string {
  // A job has no other way; where the run is at hand, it keeps what it has.
  const again = `start the job again, or resume the run (vwmp resume ${context.run.id})`;
  switch (reason) {
    case 'protected':
      return `The rules of the branch forbid this push: use a token that may bypass them, or push to a branch that takes pull requests; then ${again}`;
    case 'exists':
      return existsAdvice(context, null);
    case 'no-atomic':
      return 'Without that, branch and tags could come apart half way: push to a remote that can, or push by hand';
    case 'hook':
      return `Do what the hook asks for, then ${again}`;
    case 'other':
      return `Do what the remote asks for, then ${again}`;
  }
}

function existsAdvice(context: HandlerContext, deletion: string | null): string {
  const command = deletion === null ? '' : ` (${deletion})`;
  return `The remote has a tag of this name on something else: delete it there if it was made by mistake${command} and resume the run (vwmp resume ${context.run.id}), or release another version`;
}

function afterRebase(context: HandlerContext, plan: PushPlan): string {
  const [first] = plan.tags;
  if (first) return moveTag(context, first.tag, first.step);
  return `Resume the run then: vwmp resume ${context.run.id} --accept-changes`;
}

/** A tag stays where it was made when its commit is made anew. */
function moveTag(context: HandlerContext, tag: string, step: string | null): string {
  const from = step === null ? '' : ` --from ${step}`;
  const again = `vwmp resume ${context.run.id}${from} --accept-changes`;
  return `Take the tag off the old commit (${showCommand(['tag', '--delete', tag])}) and have it made and pushed anew: ${again}`;
}

function shownRefs(plan: PushPlan): string {
  return plan.refs.map((ref) => ref.target.replace(/^refs\/(?:heads|tags)\//, '')).join(', ');
}

export function noRemoteFailure(remote: string): Failure {
  return {
    kind: 'not-found',
    message: noRemoteText(remote),
    retryable: false,
  };
}

/** Where nobody answers, trying again may help; where the remote shuts the door it does not. */
export async function unreachableFailure(
  git: GitAdapter,
  remote: { readonly remote: string; readonly shown: string },
  message: string,
): Promise<Failure> {
  const url = await git.remoteUrl(remote.remote).catch(() => null);
  const where = url === null ? remote.shown : `${remote.shown} (${url})`;
  if (
    /authentication failed|could not read (?:username|password)|permission (?:to .* )?denied|returned error: 40[13]/i.test(
      message,
    )
  ) {
    return {
      kind: 'permission',
      message: `${where} does not let this run push: ${message}. Give the job \`permissions: contents: write\`, or credentials that may push`,
      retryable: false,
    };
  }
  return handlerFailure(`${where} cannot be reached: ${message}`, { retryable: true });
}
