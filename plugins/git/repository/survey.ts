import {
  type GitRelation,
  type GitSurvey,
  type GitSurveyOptions,
  PluginFailure,
} from '../../../src/plugin-api/index.ts';
import { aheadBehind } from './history.ts';
import { pushState } from './remote.ts';
import type { Repository } from './repository.ts';
import { readStatus } from './status.ts';
import { surveyTags } from './survey-tags.ts';
import { tagMap } from './tags.ts';

/** What is asked, settings applied; see `GitSurveyOptions`. */
interface SurveyQuestion {
  readonly remote: string | null;
  readonly branch: string | null;
  readonly among: NonNullable<GitSurveyOptions['among']>;
}

/** What a release has to know before it writes anything. The questions are asked side by side. */
export async function survey(
  repository: Repository,
  { remote, branch: configuredBranch, among }: SurveyQuestion,
): Promise<GitSurvey> {
  await refuseUnderWay(repository);
  const { branch } = await repository.checkout();
  const pushBranch = configuredBranch ?? branch;
  const [there, status, tags, shallow] = await Promise.all([
    remote === null ? null : pushState(repository, { remote, branch: pushBranch }),
    readStatus(repository),
    surveyTags(repository, branch, among),
    repository.isShallow(),
  ]);
  return {
    head: status.head,
    branch: status.branch,
    detached: status.branch === null,
    pushBranch,
    changes: status.changes,
    shallow,
    headSubject: tags.headSubject,
    tags: tagMap(tags.tags),
    tagsMerged: tags.merged,
    tagsUnasked: tags.unasked,
    remote: there,
    relation: await relationOf(repository, { head: status.head, there, shallow }),
  };
}

/** A commit would end what somebody has begun, and hold all that it brings. */
export async function refuseUnderWay(repository: Repository): Promise<void> {
  const kind = await repository.underWay();
  if (kind === null) return;
  throw new PluginFailure(
    'handler',
    `a ${kind} is under way in this repository, and all that it brings would go into the release: end it (git ${kind} --continue) or give it up (git ${kind} --abort), and start again`,
    { retryable: false, details: { reason: 'under-way', operation: kind } },
  );
}

async function relationOf(
  repository: Repository,
  known: { readonly head: string | null; readonly there: GitSurvey['remote']; readonly shallow: boolean },
): Promise<GitRelation> {
  const { head, there, shallow } = known;
  if (there === null || !there.reachable) return 'unknown';
  if (there.branch === null) return 'no-remote-branch';
  if (head === null) return 'behind';
  if (head === there.branch) return 'same';
  const counts = await aheadBehind(repository, head, there.branch);
  if (counts === null) return 'unknown';
  if (counts.behind === 0) return 'ahead';
  if (counts.ahead === 0) return 'behind';
  // Where history is cut off, commits that both have may count for one side alone.
  return shallow ? 'unknown' : 'diverged';
}
