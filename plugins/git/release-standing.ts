import {
  type GitAdapter,
  type HandlerContext,
  PluginFailure,
  releaseOf,
  releasesOf,
} from '../../src/plugin-api/index.ts';

/**
 * What the release that this run is about leaves to do for a step that makes its commit: nothing, where there is no
 * release or an earlier run made the commit; `open` also where the run is about no release at all.
 */
export type ReleaseStanding =
  | { readonly kind: 'open' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'committed'; readonly commit: string };

export const nothingToRelease = 'nothing to release';

export async function releaseStanding(context: HandlerContext, git: GitAdapter): Promise<ReleaseStanding> {
  const release = await releaseOf(context);
  if (release === null) return { kind: 'open' };
  await refuseMovedBetween(context);
  if (release.outcome === 'new') return { kind: 'open' };
  if (release.outcome === 'nothing') return { kind: 'nothing' };
  const { commit } = release;
  return commit !== null && commit === (await git.head()) ? { kind: 'committed', commit } : { kind: 'open' };
}

/**
 * Each package's version is found out for itself. One that brought the branch up to date before it decided went forward
 * to commits that those before it never saw, and one commit would release these with their versions all the same.
 */
export async function refuseMovedBetween(context: HandlerContext): Promise<void> {
  const releases = await releasesOf(context);
  const passed = releases.filter(
    ({ outcome, commit }) => outcome === 'new' || (outcome === 'continued' && commit === null),
  );
  const moved = releases.find(({ movedFrom }) => movedFrom !== null && passed.some(({ base }) => base === movedFrom));
  if (moved === undefined) return;
  const early = passed.filter(({ base }) => base === moved.movedFrom).map(({ tag, version }) => tag ?? version);
  throw new PluginFailure(
    'handler',
    `behind: the remote went on while versions were found out: ${early.join(', ')} knows nothing of what came after ${moved.movedFrom?.slice(0, 7)}, from where the branch went forward for another one. Take back what this run wrote where its workflow has not done so (vwmp rollback), and start again`,
    { retryable: false, details: { reason: 'behind' } },
  );
}

/** Why a step that stages or commits has nothing to do. */
export function standingText(standing: Exclude<ReleaseStanding, { kind: 'open' }>): string {
  switch (standing.kind) {
    case 'nothing':
      return nothingToRelease;
    case 'committed':
      return 'the release commit exists already';
  }
}
