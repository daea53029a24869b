import {
  type GitAdapter,
  type HandlerContext,
  type ReleaseState,
  releaseOfVersion,
} from '../../../src/plugin-api/index.ts';
import type { EntryWriter } from './entry-writer.ts';
import type { Outline } from './outline.ts';
import {
  committedBase,
  earlierHeads,
  entriesIn,
  itemsMissing,
  lineOf,
  statesOf,
  withoutDate,
} from './uncommitted-entry.ts';
import { compareVersions } from './version-order.ts';

/**
 * An entry for a version that nobody releases any more: the run that wrote it failed before its commit, and what came since
 * asks for another version. `untouched`: the changelog is just as that run left it, so that the one of the newest commit
 * (`base`; `null`: there is none) can take its place. `touched`: somebody has changed it, or wrote the entry. `committed`: the
 * newest commit has it.
 */
export type LeftEntry = UncommittedEntry | { readonly kind: 'committed'; readonly version: string };

interface UncommittedEntry {
  readonly kind: 'untouched' | 'touched';
  readonly version: string;
  readonly base: string | null;
}

/** Where there are more, versions go without tags by intent. */
const mostLeft = 4;

interface Question {
  readonly file: string;
  readonly before: string;
  /** Of the changelog as it is before. */
  readonly outline: Outline;
  /** The version that is released. */
  readonly version: string;
  readonly withEntry: EntryWriter;
}

/** Finds such entries. Git is asked only where the changelog has one for a version after the release before. */
export async function leftEntries(context: HandlerContext, asked: Question): Promise<readonly LeftEntry[]> {
  const { file, before, outline } = asked;
  const release = await releaseOfVersion(context);
  const previous = release?.previous ?? null;
  if (release?.version !== asked.version || previous === null || release.commit !== null) return [];
  const versions = unreleasedIn(outline, release.version, previous);
  if (versions.length === 0 || versions.length > mostLeft) return [];
  // Packages that are released together may share a changelog.
  if ((await context.changedFiles()).includes(file)) return [];
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  if (git === null) return [];
  const left: LeftEntry[] = [];
  for (const version of versions) {
    const { tag } = tagOf(release, version);
    if (tag !== undefined && (await git.tagTarget(tag)) !== null) continue;
    const base = await committedBase(git, { file, text: before, version });
    if (base !== null) left.push({ kind: 'touched', version, base: base.text });
    // One that is planned for later may stand there already.
    else if (compareVersions(version, release.version) < 0 && (await isOfThisRelease(asked, version))) {
      left.push({ kind: 'committed', version });
    }
  }
  const [only, ...others] = left;
  if (only === undefined || only.kind === 'committed' || others.length > 0 || lineOf(outline, release.version) !== null)
    return left;
  return (await isUntouched(git, release, asked, only)) ? [{ ...only, kind: 'untouched' }] : left;
}

/**
 * Whether a committed entry says what this release is made of: then a run wrote it that failed. What people write before a
 * release, or let stand after they took one back, says other things.
 */
async function isOfThisRelease({ before, outline, withEntry }: Question, version: string): Promise<boolean> {
  const heading = outline.versions.find((section) => section.version.version === version)?.heading.text ?? '';
  if (/yanked/i.test(heading)) return false;
  return itemsMissing(before, await withEntry(null, { version }), version).present > 0;
}

function unreleasedIn(outline: Outline, version: string, previous: string): readonly string[] {
  return entriesIn(outline)
    .map((entry) => entry.version)
    .filter((found) => found !== version && compareVersions(found, previous) > 0);
}

/** Whether the changelog is just as a run left it, with commits up to head or to one before. */
async function isUntouched(
  git: GitAdapter,
  release: ReleaseState,
  { file, before, withEntry }: Question,
  { version, base }: UncommittedEntry,
): Promise<boolean> {
  // What is staged and not in the file is in nothing else.
  const states = await statesOf(git, file);
  if (states.includes('staged') && states.length > 1) return false;
  const present = withoutDate(before, version);
  const other = { version, ...tagOf(release, version) };
  for (const until of [undefined, ...(await earlierHeads(git, release))]) {
    const written = await withEntry(base, { ...other, ...(until !== undefined && { until }) });
    if (withoutDate(written, version) === present) return true;
  }
  return false;
}

/** Named like that of the release, as far as anybody can tell. */
function tagOf({ tag, version }: ReleaseState, other: string): { readonly tag?: string } {
  return tag?.includes(version) ? { tag: tag.replace(version, () => other) } : {};
}
