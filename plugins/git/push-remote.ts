import type { GitAdapter, GitRemoteState, JsonMap, ProbeAnswer, PushAnswer } from '../../src/plugin-api/index.ts';
import type { PushedRef, PushPlan } from './push-plan.ts';

/** Objects of the remote by full ref; `null`: it has no such ref. */
export type RemoteObjects = { readonly [ref: string]: string | null };

/** What became of looking at the remote and pushing to it. */
export type PushResult =
  | { readonly kind: 'pushed'; readonly refs: readonly string[]; readonly before: RemoteObjects }
  | { readonly kind: 'up-to-date'; readonly before: RemoteObjects }
  /** The remote's branch has commits that are missing here. `taken`: a tag that it has too. Nothing was pushed. */
  | { readonly kind: 'behind'; readonly there: string; readonly taken: string | null }
  /** The remote has the tag on something else. Nothing was pushed. */
  | { readonly kind: 'taken'; readonly tag: string; readonly there: string | null; readonly here: string }
  | Extract<PushAnswer, { kind: 'refused' | 'unreachable' }>
  | { readonly kind: 'no-remote' };

/**
 * Pushes in one go, and only where the remote still is as it was looked at: by this step, or when the release was found
 * out. So nobody's work is overwritten, also by a push that comes in between.
 */
export async function pushPlan(git: GitAdapter, plan: PushPlan, noVerify: boolean): Promise<PushResult> {
  return (await pushAsExpected(git, plan, noVerify)) ?? pushAsLooked(git, plan, noVerify);
}

/** Spares a question; `null` where there is no expectation or the remote is not as expected, and nothing was pushed. */
async function pushAsExpected(git: GitAdapter, plan: PushPlan, noVerify: boolean): Promise<PushResult | null> {
  const { expected } = plan;
  if (expected === null) return null;
  const answer = await git.push(plan.remote, plan.refs, { lease: expected, noVerify });
  switch (answer.kind) {
    case 'pushed':
      if (answer.refs.length === 0) return { kind: 'up-to-date', before: expected };
      return { kind: 'pushed', refs: answer.refs, before: expected };
    case 'refused':
      return answer.reason === 'behind' || answer.reason === 'exists' ? null : answer;
    case 'unreachable':
      return (await hasAll(git, plan))
        ? { kind: 'pushed', refs: changedRefs(plan, expected), before: expected }
        : answer;
  }
}

async function pushAsLooked(git: GitAdapter, plan: PushPlan, noVerify: boolean): Promise<PushResult> {
  const there = await look(git, plan);
  if (there === null) return { kind: 'no-remote' };
  if (!there.reachable) return { kind: 'unreachable', message: there.cause ?? 'it gave no answer' };
  const before = objectsOf(plan.refs, there);
  if (plan.refs.every(({ target, object }) => before[target] === object)) return { kind: 'up-to-date', before };
  const obstacle = await obstacleTo(git, plan, there);
  if (obstacle !== null) return obstacle;
  const answer = await git.push(plan.remote, plan.refs, { lease: before, noVerify });
  switch (answer.kind) {
    case 'pushed':
      return { kind: 'pushed', refs: answer.refs, before };
    case 'refused':
      return answer.reason === 'behind' ? overtaken(git, plan, answer) : answer;
    case 'unreachable':
      // The answer may have got lost on its way back.
      return (await hasAll(git, plan)) ? { kind: 'pushed', refs: changedRefs(plan, before), before } : answer;
  }
}

/** Somebody pushed between the look and the push: another look tells what. */
async function overtaken(
  git: GitAdapter,
  plan: PushPlan,
  answer: Extract<PushAnswer, { kind: 'refused' }>,
): Promise<PushResult> {
  const there = await look(git, plan);
  if (there === null || !there.reachable) return answer;
  return (await obstacleTo(git, plan, there)) ?? answer;
}

/** What keeps the push from being made. Whoever released the same version first has moved the branch too: that says more. */
async function obstacleTo(
  git: GitAdapter,
  plan: PushPlan,
  there: GitRemoteState,
): Promise<Extract<PushResult, { kind: 'behind' | 'taken' }> | null> {
  const taken = takenTag(plan, there);
  const isBehind = there.branch !== null && !(await isStepForward(git, plan, there.branch));
  return isBehind ? { kind: 'behind', there: there.branch, taken: taken?.tag ?? null } : taken;
}

/** What the remote has of the refs of a plan; rejects never, see `GitRemoteState`. */
export function look(
  git: GitAdapter,
  plan: Pick<PushPlan, 'remote' | 'branch' | 'refs'>,
): Promise<GitRemoteState | null> {
  return git.pushState(plan.remote, plan.branch, tagNames(plan.refs));
}

export function objectsOf(refs: readonly { readonly target: string }[], there: GitRemoteState): RemoteObjects {
  return Object.fromEntries(
    refs.map(({ target }) => {
      const tag = tagNameOf(target);
      return [target, tag === null ? there.branch : (there.tags[tag]?.object ?? null)];
    }),
  );
}

/** Outputs of a push that went well. */
export function pushOutputs(plan: PushPlan, result: Extract<PushResult, { kind: 'pushed' | 'up-to-date' }>): JsonMap {
  return {
    remote: plan.shown,
    remote_branch: plan.branch,
    tags: plan.tags.map(({ tag }) => tag),
    pushed: result.kind === 'pushed' ? result.refs : [],
    status: result.kind,
    before: { ...result.before },
    after: Object.fromEntries(plan.refs.map(({ target, object }) => [target, object])),
  };
}

/** Whether the remote has all of it. Of what it had before the run may know too little: then the way back leaves it alone. */
export async function probePush(git: GitAdapter, plan: PushPlan): Promise<ProbeAnswer> {
  const there = await look(git, plan);
  if (there === null || !there.reachable) return { kind: 'unknown' };
  const now = objectsOf(plan.refs, there);
  const done = plan.stray === null && plan.refs.every(({ target, object }) => now[target] === object);
  if (!done) return { kind: 'not-done' };
  const refs = changedRefs(plan, plan.recalled);
  return { kind: 'done', outputs: pushOutputs(plan, { kind: 'pushed', refs, before: plan.recalled }) };
}

async function hasAll(git: GitAdapter, plan: PushPlan): Promise<boolean> {
  const there = await look(git, plan);
  if (there === null || !there.reachable) return false;
  const now = objectsOf(plan.refs, there);
  return plan.refs.every(({ target, object }) => now[target] === object);
}

function changedRefs(plan: PushPlan, before: RemoteObjects): readonly string[] {
  return plan.refs.filter(({ target, object }) => before[target] !== object).map(({ target }) => target);
}

function takenTag(plan: PushPlan, there: GitRemoteState): Extract<PushResult, { kind: 'taken' }> | null {
  for (const { target, object } of plan.refs) {
    const tag = tagNameOf(target);
    const found = tag === null ? undefined : there.tags[tag];
    if (tag !== null && found !== undefined && found.object !== object) {
      return { kind: 'taken', tag, there: found.commit, here: plan.head };
    }
  }
  return null;
}

async function isStepForward(git: GitAdapter, plan: PushPlan, there: string): Promise<boolean> {
  if (there === plan.head || there === plan.parent) return true;
  const counts = await git.aheadBehind(plan.head, there);
  return counts !== null && counts.behind === 0;
}

function tagNames(refs: readonly Pick<PushedRef, 'target'>[]): readonly string[] {
  return refs.flatMap(({ target }) => tagNameOf(target) ?? []);
}

function tagNameOf(ref: string): string | null {
  return ref.startsWith('refs/tags/') ? ref.slice('refs/tags/'.length) : null;
}
