import { type HandlerContext, PluginFailure, releasesOf } from '../../../src/plugin-api/index.ts';
import type { BumpSettings } from './bump-settings.ts';
import type { SettledRelease } from './settle-release.ts';

/** A tag names one version of one package: two that share it could not be told apart by any later start. */
export async function refuseSharedTag(
  context: HandlerContext,
  { decision }: Pick<SettledRelease, 'decision'>,
  { paths }: Pick<BumpSettings, 'paths'>,
): Promise<void> {
  if (decision.kind === 'nothing' || decision.outcome !== 'new' || paths.length === 0) return;
  const other = (await releasesOf(context)).find(
    (release) => release.tag === decision.tag && release.paths.length > 0 && release.paths.join() !== paths.join(),
  );
  if (other === undefined) return;
  throw new PluginFailure(
    'handler',
    `the tag ${decision.tag} is that of another package of this run, too, whose commits touch ${other.paths.join(', ')}: give each package a \`tag_template\` of its own, such as \`NAME@{version}\``,
    { retryable: false, details: { reason: 'shared-tag', tag: decision.tag } },
  );
}
