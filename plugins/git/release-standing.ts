import { type GitAdapter, type HandlerContext, releaseOf } from '../../src/plugin-api/index.ts';

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
  if (release === null || release.outcome === 'new') return { kind: 'open' };
  if (release.outcome === 'nothing') return { kind: 'nothing' };
  const { commit } = release;
  return commit !== null && commit === (await git.head()) ? { kind: 'committed', commit } : { kind: 'open' };
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
