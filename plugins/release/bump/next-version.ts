import { withoutV } from '../../../src/plugin-api/index.ts';
import { partFor } from '../commits/part-for.ts';
import { isSameVersion, type Result, type Version } from '../scheme/scheme.ts';
import { baseOf, lagOf, newestRelease } from './base-version.ts';
import { made } from './made-version.ts';
import { lacksTag, releasedAs, releasedAtHead, tagAtHead } from './release-at-head.ts';
import { type Decision, type ReleaseFacts, stop } from './release-facts.ts';
import { uncountedRelease } from './unreadable-tags.ts';

/** The version that somebody asks for by `version`; `null` where nobody does. */
export function exactVersion(facts: ReleaseFacts): Decision | null {
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

/** The version that comes next, as the increment or the commits ask for, or why there is none. */
export function nextVersion(facts: ReleaseFacts): Decision {
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
  const remote = survey?.remote ?? null;
  const there = lacksTag(remote, at.name) ? `, and ${remote?.name} does not have the tag` : '';
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
  const version = scheme.parse(withoutV(footer.version));
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

function asked({ request }: ReleaseFacts): string {
  return request.prerelease === null
    ? `\`increment_type: ${request.increment}\` asks for it`
    : `\`increment_type: ${request.increment}\` and \`prerelease: ${request.prerelease}\` ask for it`;
}

function alternatives(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
