import { type HandlerContext, type ReleaseState, releaseOfVersion } from '../../src/plugin-api/index.ts';

/** What there is to do for a step that writes a file of the release. */
export type Standing =
  | { readonly kind: 'write'; readonly release: ReleaseState | null }
  /** The release's commit exists: a file that is written now would not be in it. */
  | { readonly kind: 'committed'; readonly release: ReleaseState; readonly reason: string }
  | { readonly kind: 'nothing'; readonly reason: string };

/** Whether the file of a release may still be written. Without a step that finds the version out, it always may. */
export async function standingOf(context: HandlerContext): Promise<Standing> {
  const release = await releaseOfVersion(context);
  if (release === null) return { kind: 'write', release };
  if (release.outcome === 'nothing') return { kind: 'nothing', reason: `nothing to release: ${release.why}` };
  if (release.commit === null) return { kind: 'write', release };
  const reason = `the commit of ${release.version} exists already (${release.commit.slice(0, 7)})`;
  return { kind: 'committed', release, reason };
}
