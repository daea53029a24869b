import { type GitSurvey, mentionsVersion } from '../../../src/plugin-api/index.ts';
import type { Version } from '../scheme/scheme.ts';
import { versionIn } from './base-version.ts';
import { type Predecessor, predecessorOf, releaseBefore } from './release-before.ts';
import type { Decision, ReleaseFacts, ReleaseTag } from './release-facts.ts';

/** The release that stands on the newest commit, whatever else lies about in the workspace. */
export function releasedAtHead(facts: ReleaseFacts): Decision | null {
  const at = tagAtHead(facts);
  if (at === undefined || isOfThisRun(facts)) return null;
  if (facts.scheme.isPrerelease(at.version) && !asksForPrerelease(facts, at.version)) return null;
  return releasedAs(facts, at, `nothing has changed since ${at.name}, which stands on the newest commit`);
}

/** The release of a tag on the newest commit; `null` where the file says that another version is meant. */
export function releasedAs(facts: ReleaseFacts, at: ReleaseTag, why: string): Decision | null {
  const { survey, scheme, file } = facts;
  if (survey === null) return null;
  const written = scheme.parse(file?.head ?? file?.work ?? '');
  if (written !== null && scheme.compare(written, at.version) !== 0) return null;
  const isPushed = survey.pushBranch === null || !lacksTag(survey.remote, at.name);
  return {
    kind: 'release',
    outcome: isPushed ? 'released' : 'continued',
    version: at.version.text,
    tag: at.name,
    commit: survey.head,
    ...finishedAfter(facts, at.version),
    why: isPushed ? why : `an earlier run made ${at.name} and did not push it`,
  };
}

/** The version that the newest commit raised; a commit that does not name it was made by somebody else. */
export function releaseAtHead({ file, scheme, headSubject }: ReleaseFacts): Version | null {
  if (file === null || file.head === null || file.parent === null || file.head === file.parent) return null;
  const [raised, before] = [scheme.parse(file.head), scheme.parse(file.parent)];
  if (raised === null || before === null || scheme.compare(raised, before) <= 0) return null;
  return headSubject !== null && mentionsVersion(headSubject, file.head) ? raised : null;
}

/** A step before this one has released what stands on the newest commit: another version is asked for. */
export function isOfThisRun({ survey, ownCommit }: ReleaseFacts): boolean {
  return ownCommit !== null && ownCommit === survey?.head;
}

/** The greatest of the releases that stand on the newest commit. */
export function tagAtHead({ survey, tags }: Pick<ReleaseFacts, 'survey' | 'tags'>): ReleaseTag | undefined {
  return tags.merged.find(({ commit }) => commit === survey?.head);
}

/** What came before a release that is committed: the commit before says what was raised, unless it lagged behind. */
export function finishedAfter(facts: ReleaseFacts, version: Version): Predecessor & { readonly old: string | null } {
  const { scheme, file } = facts;
  const raised = file === null || file.parent === file.head ? null : versionIn(file.parent ?? '', scheme);
  const before = releaseBefore(facts, version)?.version ?? null;
  const isAhead = before === null || (raised !== null && scheme.compare(raised, before) > 0);
  const old = (isAhead ? raised : before)?.text ?? null;
  return { ...predecessorOf(facts, version, old), old };
}

/** Whether the remote is sure not to have a tag. */
export function lacksTag(remote: GitSurvey['remote'], tag: string): boolean {
  return remote?.reachable === true && remote.tags[tag] === undefined;
}

/** Otherwise the pre-release on the newest commit is there to become a stable release. */
function asksForPrerelease({ request, scheme, today }: ReleaseFacts, base: Version): boolean {
  if (request.prerelease !== null) return true;
  const { increment, build, keepBuild } = request;
  if (!scheme.increments.includes(increment)) return false;
  const next = scheme.raise(base, { increment, prerelease: null, build, keepBuild, today });
  return next.ok && scheme.isPrerelease(next.value);
}
