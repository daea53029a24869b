import { type Finding, type HandlerContext, type Outcome, skipped } from '../../../src/plugin-api/index.ts';
import type { Release } from './release.ts';
import type { ReleaseSearch } from './release-store.ts';
import { nothingToRelease, releasePlace } from './release-work.ts';

/**
 * A release that broke between its push and its publication is finished by the next start, unless somebody has pushed
 * since: then a start looks at what came after it, and would be green over a release that nobody publishes.
 */
export async function openDraftFindings(
  context: Pick<HandlerContext, 'upstream'>,
  { newest }: Pick<ReleaseSearch, 'newest'>,
  tag: string | null,
): Promise<readonly Finding[]> {
  const own = new Set([tag, ...(await tagsOfRun(context))]);
  return newest
    .filter((release) => release.draft && release.mark !== null && !own.has(release.tag))
    .map((release) => ({ level: 'warning', message: messageOf(release), rule: 'open-draft' }));
}

/** The answer of a step that has nothing to publish. What GitHub cannot tell right now is not missed. */
export async function skippedWithLook(context: HandlerContext): Promise<Outcome> {
  const remarks = (await findingsOf(context).catch(() => [])).map(({ message }) => message);
  return skipped([nothingToRelease, ...remarks].join('; '));
}

async function findingsOf(context: HandlerContext): Promise<readonly Finding[]> {
  const { github, store } = await releasePlace(context, { hasty: true });
  // Drafts are shown to those who may write.
  if ((await github.settings()).token === 'none') return [];
  return openDraftFindings(context, { newest: await store.newest() }, null);
}

/** Of several packages that are released together, each has its own. */
async function tagsOfRun(context: Pick<HandlerContext, 'upstream'>): Promise<readonly unknown[]> {
  return (await context.upstream('release.version_bump')).map(({ outputs }) => outputs.tag_name);
}

function messageOf({ tag, url }: Release): string {
  return `the release ${tag} is still a draft: if no other run is at it, check out its tag and run the steps that are missing, or delete it (${url})`;
}
