import { type GitSurvey, mentionsVersion } from '../../../src/plugin-api/index.ts';
import { partFor } from '../commits/part-for.ts';
import { isPlaceholder, isSameVersion, type Result, type Version, type VersionScheme } from '../scheme/scheme.ts';
import { type Predecessor, predecessorOf, releaseBefore } from './release-before.ts';
import type { Decision, ReleaseFacts, ReleaseTag, StopReason } from './release-facts.ts';
import { uncountedRelease, unreadableTags } from './unreadable-tags.ts';

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

/** What tells which version there is. */
type VersionFacts = Pick<ReleaseFacts, 'request' | 'scheme' | 'tags' | 'file'>;

/** The newest release to go from: a stable release does not build on pre-releases. */
export function newestRelease(facts: Pick<ReleaseFacts, 'request' | 'scheme' | 'tags'>): ReleaseTag | null {
  const { request, scheme, tags } = facts;
  if (request.prerelease !== null) return tags.merged[0] ?? null;
  return tags.merged.find(({ version }) => !scheme.isPrerelease(version)) ?? null;
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

/** The same where tags alone say which version there is: one that left this clone, or that nothing came beside, needs no care. */
function tagged({ file, survey, tags, headSubject }: ReleaseFacts): Decision | null {
  if (file !== null || survey === null || survey.relation !== 'diverged' || headSubject === null) return null;
  const at = tagAtHead({ survey, tags });
  if (at === undefined || survey.head === null || survey.remote?.tags[at.name] !== undefined) return null;
  if (!mentionsVersion(headSubject, at.version.text)) return null;
  return { kind: 'unwind', version: at.version.text, tag: at.name, commit: survey.head };
}

/** The version that the newest commit raised; a commit that does not name it was made by somebody else. */
function releaseAtHead({ file, scheme, headSubject }: ReleaseFacts): Version | null {
  if (file === null || file.head === null || file.parent === null || file.head === file.parent) return null;
  const [raised, before] = [scheme.parse(file.head), scheme.parse(file.parent)];
  if (raised === null || before === null || scheme.compare(raised, before) <= 0) return null;
  return headSubject !== null && mentionsVersion(headSubject, file.head) ? raised : null;
}

/** Whether tag and branch are where a finished release has them. What lies about in the workspace says nothing of that. */
function isFinished(facts: ReleaseFacts, taggedHere: boolean, taggedThere: boolean): boolean {
  const { survey } = facts;
  if (survey === null || (!taggedHere && !taggedThere)) return false;
  if (survey.remote === null || !survey.remote.reachable || survey.pushBranch === null) return true;
  return taggedThere && survey.relation !== 'ahead' && survey.relation !== 'no-remote-branch';
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

/** The release that stands on the newest commit, whatever else lies about in the workspace. */
function releasedAtHead(facts: ReleaseFacts): Decision | null {
  const at = tagAtHead(facts);
  if (
    at === undefined ||
    isOfThisRun(facts) ||
    (facts.scheme.isPrerelease(at.version) && !asksForPrerelease(facts, at.version))
  )
    return null;
  return releasedAs(facts, at, `nothing has changed since ${at.name}, which stands on the newest commit`);
}

/** A step before this one has released what stands on the newest commit: another version is asked for. */
function isOfThisRun({ survey, ownCommit }: ReleaseFacts): boolean {
  return ownCommit !== null && ownCommit === survey?.head;
}

function tagAtHead({ survey, tags }: Pick<ReleaseFacts, 'survey' | 'tags'>): ReleaseTag | undefined {
  return tags.merged.find(({ commit }) => commit === survey?.head);
}

/** Otherwise the pre-release on the newest commit is there to become a stable release. */
function asksForPrerelease({ request, scheme, today }: ReleaseFacts, base: Version): boolean {
  if (request.prerelease !== null) return true;
  const { increment, build, keepBuild } = request;
  if (!scheme.increments.includes(increment)) return false;
  const next = scheme.raise(base, { increment, prerelease: null, build, keepBuild, today });
  return next.ok && scheme.isPrerelease(next.value);
}

function releasedAs(facts: ReleaseFacts, at: ReleaseTag, why: string): Decision | null {
  const { survey, scheme, file } = facts;
  if (survey === null) return null;
  const written = scheme.parse(file?.head ?? file?.work ?? '');
  if (written !== null && scheme.compare(written, at.version) !== 0) return null;
  const isPushed = isOnRemote(survey, at.name);
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

/** As far as anybody can tell from here. */
function isOnRemote({ remote, pushBranch }: GitSurvey, tag: string): boolean {
  return remote === null || !remote.reachable || pushBranch === null || remote.tags[tag] !== undefined;
}

/** What came before a release that is committed: the commit before says what was raised, unless it lagged behind. */
function finishedAfter(facts: ReleaseFacts, version: Version): Predecessor & { readonly old: string | null } {
  const { scheme, file } = facts;
  const raised = file === null || file.parent === file.head ? null : versionIn(file.parent ?? '', scheme);
  const before = releaseBefore(facts, version)?.version ?? null;
  const isAhead = before === null || (raised !== null && scheme.compare(raised, before) > 0);
  const old = (isAhead ? raised : before)?.text ?? null;
  return { ...predecessorOf(facts, version, old), old };
}

function exactVersion(facts: ReleaseFacts): Decision | null {
  const { request, scheme } = facts;
  if (request.exact === null) return null;
  const version = scheme.parse(request.exact);
  if (version === null) {
    return stop('version', `\`version: ${request.exact}\` is no version of ${scheme.title}`);
  }
  if (request.prerelease !== null && !scheme.isPrerelease(version)) {
    return stop(
      'version',
      `\`version: ${request.exact}\` is no pre-release, so \`prerelease: ${request.prerelease}\` cannot stand beside it: leave one of them out`,
    );
  }
  const same = facts.tags.merged.find((one) => isSameVersion(scheme, one.version, version));
  if (same !== undefined && same.commit === facts.survey?.head) {
    // A later step may have failed: it is waiting for this run.
    const released = releasedAs(facts, same, `\`version\` asks for ${same.name}, which stands on the newest commit`);
    if (released !== null) return released;
  }
  const base = baseOf(facts);
  if (base !== null && scheme.compare(version, base) < 0) {
    return stop('version', `\`version: ${request.exact}\` comes before ${base.text}, which is there already`);
  }
  return made(facts, version, base, '`version` asks for it');
}

function nextVersion(facts: ReleaseFacts): Decision {
  const { request, commits, scheme } = facts;
  const base = baseOf(facts);
  const explained = (reason: string) => [reason, ...lagOf(facts)].join('; ');
  if (request.increment !== 'auto' || commits === null) {
    return base === null ? firstVersion(facts) : raised(facts, base, request.increment, explained(asked(facts)));
  }
  const given = uncountedRelease(facts) ?? forcedVersion(facts, base, explained);
  if (given !== null) return given;
  if (base === null) return firstVersion(facts);
  const why = explained(commits.why);
  const part = commits.increment === null ? null : partFor(commits.increment, scheme);
  if (part !== null) return writtenAhead(facts, part, why) ?? raised(facts, base, part, why);
  // Where the newest commit is a release, its later steps may be waiting for this run.
  const released = request.allowEmpty ? null : releasedAtHead(facts);
  if (released !== null) return released;
  const previousTag = newestRelease(facts)?.name ?? null;
  return { kind: 'nothing', version: base.text, previousTag, why: [commits.why, ...outOfStep(facts)].join('; ') };
}

/** A tag on the newest commit that the file knows nothing of: somebody made it by hand, and wonders. */
function outOfStep({ file, survey, scheme, tags }: ReleaseFacts): readonly string[] {
  const at = tagAtHead({ survey, tags });
  const written = file === null ? null : scheme.parse(file.head ?? file.work);
  if (at === undefined || file === null || written === null || scheme.compare(written, at.version) === 0) return [];
  const lacks = survey?.remote?.reachable === true && survey.remote.tags[at.name] === undefined;
  const there = lacks ? `, and ${survey.remote.name} does not have the tag` : '';
  return [`${at.name} stands on the newest commit, where ${file.path} says ${written.text}${there}`];
}

/**
 * The version that the file says already, where it was never released and the commits ask for no more: somebody wrote
 * it for this release, or committed by hand what a run that failed had left.
 */
function writtenAhead(facts: ReleaseFacts, part: string, why: string): Decision | null {
  const { file, scheme, request, today } = facts;
  const written = file === null ? null : scheme.parse(file.head ?? file.work);
  const released = newestRelease(facts);
  if (file === null || written === null || released === null || request.prerelease !== null) return null;
  if (scheme.isPrerelease(written) || scheme.compare(written, released.version) <= 0) return null;
  const { build, keepBuild } = request;
  const due = scheme.raise(released.version, { increment: part, prerelease: null, build, keepBuild, today });
  if (!due.ok || scheme.compare(due.value, written) > 0) return null;
  return made(facts, written, released.version, `${why}; ${file.path} says ${written.text}, which is not released yet`);
}

/** What is raised: the version of the file in the newest commit, or of the newest tag where no file goes beyond it. */
export function baseOf(facts: VersionFacts): Version | null {
  const { file, scheme, tags } = facts;
  if (file === null) return tags.merged[0]?.version ?? null;
  return tagAheadOfFile(facts)?.version ?? versionIn(file.head ?? file.work, scheme) ?? tags.merged[0]?.version ?? null;
}

/** The version that a text says; `null` also where it keeps the place of one. */
function versionIn(text: string, scheme: VersionScheme): Version | null {
  const version = scheme.parse(text);
  return version === null || isPlaceholder(scheme, version) ? null : version;
}

/**
 * Where versions lived in tags alone, a file says some `0.0.0` for ever: to count from that would go back. A file whose
 * version was released was in step with the tags once, and one that has gone ahead of it may be a mistake.
 */
function tagAheadOfFile(facts: VersionFacts): ReleaseTag | null {
  const { file, scheme, tags } = facts;
  const written = file === null ? null : scheme.parse(file.head ?? file.work);
  const released = newestRelease(facts);
  if (written === null || released === null) return null;
  if (tags.merged.some(({ version }) => scheme.compare(version, written) === 0)) return null;
  return scheme.compare(written, released.version) < 0 ? released : null;
}

function lagOf(facts: ReleaseFacts): readonly string[] {
  const { file } = facts;
  const ahead = tagAheadOfFile(facts);
  if (file === null || ahead === null) return [];
  return [`${file.path} says ${file.head ?? file.work} and lags behind ${ahead.name}, from which it is counted`];
}

function firstVersion(facts: ReleaseFacts): Decision {
  const { request, scheme, today, file, commits } = facts;
  // With a placeholder in its place, a version waits for commits that release something.
  if (file !== null && commits !== null && commits.increment === null) {
    return { kind: 'nothing', version: file.head ?? file.work, previousTag: null, why: commits.why };
  }
  const { prerelease, build } = request;
  const first = scheme.first(request.initial, { prerelease, build, today });
  if (first.ok) return made(facts, first.value, null, 'there is no release before it');
  return stop('version', `there is no release yet: ${first.error}`);
}

/** What a footer asks for, until that is released: a pre-release of it comes first where one is asked for. */
function forcedVersion(
  facts: ReleaseFacts,
  base: Version | null,
  explained: (reason: string) => string,
): Decision | null {
  const { scheme, request, tags } = facts;
  const footer = facts.commits?.releaseAs ?? null;
  if (footer === null) return null;
  const why = `the footer \`Release-As: ${footer.version}\` of ${footer.hash.slice(0, 7)} sets the version`;
  const version = scheme.parse(footer.version.replace(/^[vV](?=\d)/, ''));
  if (version !== null && tags.merged.some((one) => isSameVersion(scheme, one.version, version))) return null;
  if (version === null || (base !== null && scheme.compare(version, base) <= 0)) {
    const after = base === null ? '' : ` after ${base.text}`;
    return stop('version', `${explained(why)}, but that is no version of ${scheme.title}${after}`);
  }
  if (request.prerelease === null || scheme.isPrerelease(version)) return made(facts, version, base, explained(why));
  const asked = `${why}, and \`prerelease: ${request.prerelease}\` asks for a pre-release of it`;
  const early = preReleaseOf(version, facts, base);
  return early.ok ? made(facts, early.value, base, explained(asked)) : stop('scheme', `${asked}: ${early.error}`);
}

/** The first pre-release of a version, or the one after `base` where that is one already. */
function preReleaseOf(version: Version, facts: ReleaseFacts, base: Version | null): Result<Version, string> {
  const { scheme, today, request } = facts;
  const { prerelease, build, keepBuild } = request;
  const first = scheme.first(version.text, { prerelease, build, today });
  const part = partFor('patch', scheme);
  if (!first.ok || part === null || base === null || scheme.compare(first.value, base) > 0) return first;
  return scheme.raise(base, { increment: part, prerelease, build, keepBuild, today });
}

function raised(facts: ReleaseFacts, base: Version, increment: string, why: string): Decision {
  const { request, scheme, today } = facts;
  const { prerelease, build, keepBuild } = request;
  if (!scheme.increments.includes(increment)) {
    return stop(
      'scheme',
      `${base.text} is a version of ${scheme.title}, and \`increment_type: ${increment}\` raises none of its parts: write ${alternatives([...new Set([...scheme.increments, 'auto'])])}`,
    );
  }
  const next = scheme.raise(base, { increment, prerelease, build, keepBuild, today });
  if (!next.ok) return stop('scheme', next.error);
  return backward(facts, next.value) ?? made(facts, next.value, base, why);
}

/** A version never goes back behind a release that the newest commit is built on. */
function backward(facts: ReleaseFacts, next: Version): Decision | null {
  const { scheme, file } = facts;
  const newest = newestRelease(facts);
  if (newest === null || file === null || scheme.compare(next, newest.version) >= 0) return null;
  const { name, version } = newest;
  return stop(
    'tag-ahead',
    `${file.path} says ${file.head ?? file.work}, and ${next.text} would come before \`${name}\`, which is released: write ${version.text} into ${file.path} and commit it, delete the tag if it was made by mistake (git push --delete origin ${name}; git tag --delete ${name}), ask for the version with \`version\`, or set \`tag_template\` if such tags are not those of this project`,
  );
}

/** A version is made only where its tag is free, here and on the remote: found out before the first file is written. */
function made(facts: ReleaseFacts, version: Version, base: Version | null, why: string): Decision {
  const { names, survey } = facts;
  const tag = names.tagFor(version.text);
  const takenBy = tagOf(facts, version);
  if (takenBy !== null) {
    const here = survey?.tags[takenBy];
    const there = survey?.remote?.tags[takenBy];
    const commit = (here ?? there)?.commit ?? 'unknown';
    const remote = survey?.remote?.name ?? '';
    const where = [...(there ? [`on the remote ${remote}`.trimEnd()] : []), ...(here ? ['in this clone'] : [])];
    const ways = [
      ...(there ? [`git push --delete ${remote} ${takenBy}`] : []),
      ...(here ? [`git tag --delete ${takenBy}`] : []),
    ];
    return stop(
      'tag-exists',
      `${why}, which makes ${version.text}, but the tag \`${takenBy}\` exists already ${where.join(' and ')}, on commit ${commit}: ${takenBack(facts, takenBy, version)}release another version, or delete the tag if it was made by mistake (${ways.join('; ')})`,
    );
  }
  const old = base?.text ?? null;
  return {
    kind: 'release',
    outcome: 'new',
    version: version.text,
    tag,
    commit: null,
    ...predecessorOf(facts, version, old),
    old,
    why,
  };
}

/** Where the newest commit is built on that release, the file was taken back behind it. */
function takenBack({ file, tags }: ReleaseFacts, tag: string, version: Version): string {
  const isBehind = file !== null && tags.merged.some(({ name }) => name === tag);
  return isBehind ? `write ${version.text} into ${file.path} and commit it if that was released, ` : '';
}

/** The tag that the version has already, in this spelling or in another one, here or on the remote. */
function tagOf({ names, survey, scheme }: ReleaseFacts, version: Version): string | null {
  const here = survey?.tags ?? {};
  const there = survey?.remote?.tags ?? {};
  const usual = names.tagFor(version.text);
  if (here[usual] || there[usual]) return usual;
  const isIt = (tag: string) => {
    const read = scheme.parse(names.versionIn(tag) ?? '');
    return read !== null && isSameVersion(scheme, read, version);
  };
  return Object.keys(here).find(isIt) ?? Object.keys(there).find(isIt) ?? null;
}

function asked({ request }: ReleaseFacts): string {
  return request.prerelease === null
    ? `\`increment_type: ${request.increment}\` asks for it`
    : `\`increment_type: ${request.increment}\` and \`prerelease: ${request.prerelease}\` ask for it`;
}

function elsewhere(tag: string, commit: string | null, head: string, where: string): Decision {
  return stop(
    'tag-elsewhere',
    `the newest commit ${head.slice(0, 7)} is a release, but its tag \`${tag}\` stands ${where} on another commit, ${commit ?? 'unknown'}: delete the tag if it was made by mistake (git push --delete origin ${tag}; git tag --delete ${tag}) and start again, or release another version`,
  );
}

/** State folders of the engine are no work of anybody. */
function isDirty({ survey }: ReleaseFacts): boolean {
  return (survey?.changes.length ?? 0) > 0;
}

function stop(reason: StopReason, message: string): Decision {
  return { kind: 'stop', reason, message };
}

function alternatives(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
