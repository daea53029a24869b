import type { GitAdapter, ReleaseState } from '../../../src/plugin-api/index.ts';
import { hasVersion, readOutline } from './outline.ts';

/** More commits than these nobody makes to mend what kept a release from its commit. */
const mostOnTop = 8;

/** A changelog of the checkout, and a version that has an entry in it. */
export interface EntryPlace {
  readonly file: string;
  readonly text: string;
  readonly version: string;
}

/** Adds an entry to a changelog without it (`null`: there is none yet); the default is that of the release. */
export type EntryWriter = (
  text: string | null,
  other?: {
    /** Of another version, with its tag where that is known. */
    readonly version?: string;
    readonly tag?: string;
    /** Of the commits up to this one; default: head. */
    readonly until?: string;
  },
) => Promise<string>;

/**
 * The changelog without an entry that is in no commit yet, in the line ends of the checkout; `text` is `null` where there is none.
 * `null`: the entry is committed.
 */
export async function committedBase(
  git: GitAdapter,
  { file, text, version }: EntryPlace,
): Promise<{ readonly text: string | null } | null> {
  const committed = await git.fileAt('HEAD', file).catch(() => null);
  if (committed === null) return { text: null };
  if (hasVersion(readOutline(committed, version), version)) return null;
  const isCrlf = !/(?:^|[^\r])\n/.test(text);
  return { text: isCrlf ? committed.replace(/\r?\n/g, '\r\n') : committed };
}

/** Commits before head up to which a run that failed may have written an entry, newest first. */
export async function earlierHeads(git: GitAdapter, release: ReleaseState): Promise<readonly string[]> {
  const newest: string[] = [];
  await git.eachCommit({ since: release.previousTag, limit: mostOnTop + 1 }, ({ hash }) => newest.push(hash));
  return newest.slice(1);
}

/** What stands in a changelog, but for the heading of one version, which holds a date. */
export function withoutHeading(text: string, version: string): string {
  const at = readOutline(text, version).versions.find((section) => section.version.version === version)?.heading.line;
  return text
    .split('\n')
    .filter((_, line) => line !== at)
    .join('\n');
}
