import { mentionsVersion } from '../../../src/plugin-api/index.ts';
import { baseOf, newestRelease } from './base-version.ts';
import { exactVersion, nextVersion } from './next-version.ts';
import { finishedAfter, isOfThisRun, releaseAtHead, releasedAtHead, tagAtHead } from './release-at-head.ts';
import { type Decision, type ReleaseFacts, stop } from './release-facts.ts';
import { unreadableTags } from './unreadable-tags.ts';

/**
 * Decides what is released, from facts alone (docs/decisions/0008-one-release-from-any-start.md). A release that an
 * earlier run began is finished before another one begins: how far it came is told by the world, by files, commits,
 * tags and the remote, not by anybody's memory.
 */
export function decideRelease(facts: ReleaseFacts): Decision {
  return (
    unreadableTags(facts) ??
    uncommitted(facts) ??
    committed(facts) ??
    tagged(facts) ??
    behind(facts) ??
    unchanged(facts) ??
    exactVersion(facts) ??
    nextVersion(facts)
  );
}

/** An earlier run raised the version in the workspace and ended before its commit. */
function uncommitted(facts: ReleaseFacts): Decision | null {
  const { file, scheme } = facts;
  if (file === null || file.head === null || file.work === file.head) return null;
  const expected = nextVersion(facts);
  const raised = scheme.parse(file.work);
  const isExpected = expected.kind === 'release' && raised?.text === expected.version;
  if (!isExpected && facts.request.exact !== null && raised?.text === scheme.parse(facts.request.exact)?.text)
    return null;
  const before = scheme.parse(file.head);
  const isRaised = raised !== null && before !== null && scheme.compare(raised, before) > 0;
  const remote = isExpected || isRaised ? behind(facts) : null;
  if (remote !== null) return interrupted(file.path, file.work, remote);
  if (isExpected) return { ...expected, outcome: 'continued', why: `${expected.why}; ${file.path} says it already` };
  const wanted = expected.kind === 'release' ? `, and this run would make ${expected.version}` : '';
  return stop(
    'uncommitted-version',
    `${file.path} says ${file.work} where the newest commit says ${file.head}${wanted}: commit the change, take it back (${takeBack(file.path)}), or ask for the version with \`version\``,
  );
}

/** What a run wrote that ended before its commit is made without the commits that are missing here, and in their way. */
function interrupted(path: string, version: string, remote: Decision): Decision {
  const place = remote.kind === 'behind' ? `${remote.remote}/${remote.branch}` : 'the remote';
  return stop(
    'diverged',
    `behind: ${place} has commits that are missing here, and ${path} says ${version}, which knows nothing of them and is not committed: take it back (${takeBack(path)}), or commit it if you wrote it yourself, and start again`,
  );
}

/** A run that failed has written more than the version. */
function takeBack(path: string): string {
  return `\`vwmp rollback\` of the run that wrote it takes all of it back; by hand: ${path}, and the changelog with its new entry`;
}

/** An earlier run committed a release, and it is not finished as far as tag and remote tell. */
function committed(facts: ReleaseFacts): Decision | null {
  const { survey, names } = facts;
  const version = releaseAtHead(facts);
  if (survey === null || survey.head === null || version === null || isOfThisRun(facts)) return null;
  const tag = names.tagFor(version.text);
  const here = survey.tags[tag];
  const there = survey.remote?.tags[tag];
  const isTaken = there !== undefined && there.commit !== survey.head;
  // A fetch brings the remote's tag, which says no more than it does there.
  if (here && here.commit !== survey.head && !(isTaken && here.commit === there.commit)) {
    return elsewhere(tag, here.commit, survey.head, 'in this clone');
  }
  if (!isTaken) {
    if (isFinished(facts, here !== undefined, there !== undefined)) return null;
    if (here === undefined && survey.relation === 'same' && isDirty(facts)) return null;
  }
  // Whether the remote went on beside this commit or after it, its commits tell.
  if (survey.relation === 'unknown') {
    const question = behind(facts);
    if (question?.kind === 'behind') return { ...question, how: 'fetch' };
  }
  // Also where somebody else released the same version beside this commit: then this one has to go.
  if (survey.relation === 'diverged') {
    return there && !isTaken ? null : { kind: 'unwind', version: version.text, tag, commit: survey.head };
  }
  if (isTaken) return elsewhere(tag, there.commit, survey.head, 'on the remote');
  return {
    kind: 'release',
    outcome: 'continued',
    version: version.text,
    tag,
    commit: survey.head,
    ...finishedAfter(facts, version),
    why: `an earlier run committed ${version.text} (${survey.head.slice(0, 7)}) and did not finish it`,
  };
}

/** Whether tag and branch are where a finished release has them. What lies about in the workspace says nothing of that. */
function isFinished(facts: ReleaseFacts, taggedHere: boolean, taggedThere: boolean): boolean {
  const { survey } = facts;
  if (survey === null || (!taggedHere && !taggedThere)) return false;
  if (survey.remote === null || !survey.remote.reachable || survey.pushBranch === null) return true;
  return taggedThere && survey.relation !== 'ahead' && survey.relation !== 'no-remote-branch';
}

function elsewhere(tag: string, commit: string | null, head: string, where: string): Decision {
  return stop(
    'tag-elsewhere',
    `the newest commit ${head.slice(0, 7)} is a release, but its tag \`${tag}\` stands ${where} on another commit, ${commit ?? 'unknown'}: delete the tag if it was made by mistake (git push --delete origin ${tag}; git tag --delete ${tag}) and start again, or release another version`,
  );
}

/** The same where tags alone say which version there is: one that left this clone, or that nothing came beside, needs no care. */
function tagged({ file, survey, tags, headSubject }: ReleaseFacts): Decision | null {
  if (file !== null || survey === null || survey.relation !== 'diverged' || headSubject === null) return null;
  const at = tagAtHead({ survey, tags });
  if (at === undefined || survey.head === null || survey.remote?.tags[at.name] !== undefined) return null;
  if (!mentionsVersion(headSubject, at.version.text)) return null;
  return { kind: 'unwind', version: at.version.text, tag: at.name, commit: survey.head };
}

/** The remote went on: what is here must be brought up to it before anything is decided. */
function behind({ survey, request }: ReleaseFacts): Decision | null {
  const remote = survey?.remote;
  if (!survey || !remote?.reachable || remote.branch === null || survey.pushBranch === null) return null;
  if (request.exact !== null && survey.detached) return null;
  if (survey.relation === 'behind' || survey.relation === 'unknown') {
    return {
      kind: 'behind',
      remote: remote.name,
      branch: survey.pushBranch,
      commit: remote.branch,
      how: 'go-forward',
    };
  }
  if (survey.relation !== 'diverged') return null;
  return stop(
    'diverged',
    `behind: ${remote.name}/${survey.pushBranch} has commits that are missing here, and this clone has commits that are missing there: put yours on top (git pull --rebase ${remote.name} ${survey.pushBranch}) and start again`,
  );
}

/** Nothing has changed since the newest release, or nothing but what releases commit. */
function unchanged(facts: ReleaseFacts): Decision | null {
  const { request } = facts;
  if (request.allowEmpty || request.exact !== null || isDirty(facts)) return null;
  return releasedAtHead(facts) ?? openedNext(facts);
}

/** A release may end with a commit that opens the next version: another release would be empty. */
function openedNext(facts: ReleaseFacts): Decision | null {
  const [newest, base] = [newestRelease(facts), baseOf(facts)];
  if (!facts.onlyReleases || newest === null || base === null) return null;
  const why = `nothing has changed since ${newest.name} but by commits of a release`;
  return { kind: 'nothing', version: base.text, previousTag: newest.name, why };
}

/** State folders of the engine are no work of anybody. */
function isDirty({ survey }: ReleaseFacts): boolean {
  return (survey?.changes.length ?? 0) > 0;
}
