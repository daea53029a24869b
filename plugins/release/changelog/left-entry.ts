import { type GitAdapter, type HandlerContext, type ReleaseState, releasesOf } from '../../../src/plugin-api/index.ts';
import { readOutline } from './outline.ts';
import { committedBase, type EntryWriter, earlierHeads, withoutHeading } from './uncommitted-entry.ts';
import { compareVersions } from './version-order.ts';

/**
 * An entry for a version that nobody releases any more: the run that wrote it failed before its commit, and what came
 * since asks for another version. `untouched`: as that run wrote it, so that the changelog of the newest commit (`base`;
 * `null`: there is none) can take its place. `touched`: somebody has changed it, or wrote it.
 */
export type LeftEntry =
  | { readonly kind: 'untouched'; readonly version: string; readonly base: string | null }
  | { readonly kind: 'touched'; readonly version: string };

interface Question {
  readonly file: string;
  readonly before: string;
  /** The version that is released. */
  readonly version: string;
  readonly withEntry: EntryWriter;
}

/** Finds such an entry. Git is asked only where the changelog has one for a version after the release before. */
export async function leftEntry(context: HandlerContext, asked: Question): Promise<LeftEntry | null> {
  const { file, before, withEntry } = asked;
  const release = (await releasesOf(context)).find((one) => one.version === asked.version);
  if (release === undefined || release.previous === null || release.commit !== null) return null;
  const [version, ...others] = unreleasedIn(before, release.version, release.previous);
  if (version === undefined || others.length > 0) return null;
  // Packages that are released together may share a changelog.
  if ((await context.changedFiles()).includes(file)) return null;
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  const base = git === null ? null : await committedBase(git, { file, text: before, version });
  if (git === null || base === null) return null;
  const other = { version, ...tagOf(release, version) };
  const present = withoutHeading(before, version);
  for (const until of [undefined, ...(await earlierHeads(git, release))]) {
    const written = await withEntry(base.text, { ...other, ...(until !== undefined && { until }) });
    if (withoutHeading(written, version) === present) return { kind: 'untouched', version, base: base.text };
  }
  return { kind: 'touched', version };
}

function unreleasedIn(text: string, version: string, previous: string): readonly string[] {
  return readOutline(text, version)
    .versions.map((section) => section.version.version)
    .filter((found) => found !== version && compareVersions(found, previous) > 0);
}

/** Named like that of the release, as far as anybody can tell. */
function tagOf({ tag, version }: ReleaseState, other: string): { readonly tag?: string } {
  return tag?.includes(version) ? { tag: tag.replace(version, () => other) } : {};
}
