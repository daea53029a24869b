import {
  type Failure,
  type GitAdapter,
  type HandlerContext,
  handlerFailure,
  type PushAnswer,
} from '../../src/plugin-api/index.ts';
import type { PushPlan } from './push-plan.ts';
import { showCommand } from './show-command.ts';
import type { TagRecord } from './tag-record.ts';

type Refusal = Extract<PushAnswer, { kind: 'refused' }>;

/** A tag beside the branch (somebody rebased since) would stay on the remote as an orphan. */
export function strayFailure(context: HandlerContext, plan: PushPlan, { tag, step }: TagRecord): Failure {
  return handlerFailure(
    `the tag \`${tag}\` of this run does not stand on ${plan.branch} any more, so nothing was pushed. ${moveTag(context, tag, step)}`,
    { retryable: false, details: { tag, step } },
  );
}

/** Trying again changes nothing here: somebody has to act first. */
export function refusedFailure(context: HandlerContext, plan: PushPlan, answer: Refusal): Failure {
  const what = plan.refs.map((ref) => ref.target.replace(/^refs\/(?:heads|tags)\//, '')).join(', ');
  const who = answer.reason === 'hook' ? `the hook pre-push of this clone, asked about ${plan.shown},` : plan.shown;
  return handlerFailure(
    `${who} refused the push of ${what}, and nothing changed there: ${answer.message}. ${adviceFor(context, plan, answer.reason)}`,
    {
      retryable: false,
      details: { reason: answer.reason, remote: plan.shown, refs: plan.refs.map((ref) => ref.target) },
    },
  );
}

function adviceFor(context: HandlerContext, plan: PushPlan, reason: Refusal['reason']): string {
  const resume = `vwmp resume ${context.run.id}`;
  switch (reason) {
    case 'behind':
      return `The remote has commits that are missing here: put the release on top of them (${showCommand(['pull', '--rebase', plan.shown, plan.branch])}). ${afterRebase(context, plan)}`;
    case 'protected':
      return `The rules of the branch forbid this push: use a token that may bypass them, or push to a branch that takes pull requests; then resume the run (${resume})`;
    case 'exists':
      return `The remote has a tag of this name on something else: delete it there if it was made by mistake and resume the run (${resume}), or release another version`;
    case 'hook':
      return `Do what the hook asks for, then resume the run (${resume}): the commit and the tags are still here`;
    case 'other':
      return `Do what the remote asks for, then resume the run (${resume}): the commit and the tags are still here`;
  }
}

function afterRebase(context: HandlerContext, plan: PushPlan): string {
  const [first] = plan.tags;
  if (first) return moveTag(context, first.tag, first.step);
  return `Resume the run then: vwmp resume ${context.run.id} --accept-changes`;
}

/** A tag stays where it was made when its commit is made anew. */
function moveTag(context: HandlerContext, tag: string, step: string): string {
  const again = `vwmp resume ${context.run.id} --from ${step} --accept-changes`;
  return `Take the tag off the old commit (${showCommand(['tag', '--delete', tag])}) and have it made and pushed anew: ${again}`;
}

/** Where nobody answers, trying again may help; where the remote is missing or shuts the door it does not. */
export async function unreachableFailure(git: GitAdapter, plan: PushPlan, message: string): Promise<Failure> {
  const url = await git.remoteUrl(plan.remote).catch(() => null);
  if (url === null && !/[/:]/.test(plan.remote)) {
    return {
      kind: 'not-found',
      message: `the repository has no remote \`${plan.shown}\`: add it (git remote add ${plan.shown} <url>), or set \`remote\``,
      retryable: false,
    };
  }
  const where = url === null ? plan.shown : `${plan.shown} (${url})`;
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
