import { isPlaceholder, type Version, type VersionScheme } from '../scheme/scheme.ts';
import type { ReleaseFacts, ReleaseTag } from './release-facts.ts';

/** What tells which version there is. */
type VersionFacts = Pick<ReleaseFacts, 'request' | 'scheme' | 'tags' | 'file'>;

/** What is raised: the version of the file in the newest commit, or of the newest tag where no file goes beyond it. */
export function baseOf(facts: VersionFacts): Version | null {
  const { file, scheme, tags } = facts;
  if (file === null) return tags.merged[0]?.version ?? null;
  return tagAheadOfFile(facts)?.version ?? versionIn(file.head ?? file.work, scheme) ?? tags.merged[0]?.version ?? null;
}

/** The newest release to go from: a stable release does not build on pre-releases. */
export function newestRelease(facts: Pick<ReleaseFacts, 'request' | 'scheme' | 'tags'>): ReleaseTag | null {
  const { request, scheme, tags } = facts;
  if (request.prerelease !== null) return tags.merged[0] ?? null;
  return tags.merged.find(({ version }) => !scheme.isPrerelease(version)) ?? null;
}

/** The version that a text says; `null` also where it keeps the place of one. */
export function versionIn(text: string, scheme: VersionScheme): Version | null {
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

/** What is worth saying where the version is counted from a tag; one sentence without a full stop, or none. */
export function lagOf(facts: ReleaseFacts): readonly string[] {
  const { file } = facts;
  const ahead = tagAheadOfFile(facts);
  if (file === null || ahead === null) return [];
  return [`${file.path} says ${file.head ?? file.work} and lags behind ${ahead.name}, from which it is counted`];
}
