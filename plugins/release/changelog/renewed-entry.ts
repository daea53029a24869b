import { type GitAdapter, type HandlerContext, releaseOfVersion } from '../../../src/plugin-api/index.ts';
import type { EntryWriter } from './entry-writer.ts';
import { committedBase, earlierHeads, itemsMissing, statesOf, withoutDate } from './uncommitted-entry.ts';

/** A changelog that has the entry of a version already. */
interface EarlierEntry {
  readonly file: string;
  readonly before: string;
  readonly version: string;
  readonly withEntry: EntryWriter;
}

/**
 * The changelog with the entry made anew, where a run that failed before its commit left it, and commits came on top.
 * As it is in all other cases: what somebody has touched is theirs. `lacking`: items that the entry would have now and
 * did not have.
 */
export async function renewed(
  context: HandlerContext,
  { file, before, version, withEntry }: EarlierEntry,
): Promise<{ readonly after: string; readonly lacking?: readonly string[] }> {
  const earlier = await whereFrom(context, { file, before, version });
  if (earlier === null) return { after: before };
  if (earlier.kind === 'committed') return { after: before, lacking: await lackingIn(before, version, withEntry) };
  const present = withoutDate(before, version);
  const isPresent = (text: string) => withoutDate(text, version) === present;
  const anew = await withEntry(earlier.base);
  if (isPresent(anew)) return { after: before };
  const lacking = itemsMissing(before, anew, version).missing;
  for (const commit of earlier.heads) {
    if (isPresent(await withEntry(earlier.base, { until: commit }))) return { after: anew, lacking };
  }
  return { after: before, lacking };
}

/**
 * Items that a committed entry would have if it were made now. Only where a run made it, as what both have in common tells:
 * an entry that people write says what they want it to say.
 */
export async function lackingIn(text: string, version: string, withEntry: EntryWriter): Promise<readonly string[]> {
  const { missing, present } = itemsMissing(text, await withEntry(null), version);
  return present === 0 ? [] : missing;
}

type Origin =
  | { readonly kind: 'committed' }
  /**
   * `base`: the changelog without it (`null`: there is none). `heads`: the commits before head up to which a run that failed
   * may have written it; none where the file was touched since that run staged it.
   */
  | { readonly kind: 'uncommitted'; readonly base: string | null; readonly heads: readonly string[] };

/** Where an entry comes from; `null`: nobody can tell. */
async function whereFrom(
  context: HandlerContext,
  { file, before, version }: Pick<EarlierEntry, 'file' | 'before' | 'version'>,
): Promise<Origin | null> {
  const release = await releaseOfVersion(context);
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  if (git === null || release === null || release.commit !== null) return null;
  const base = await committedBase(git, { file, text: before, version });
  if (base === null) return { kind: 'committed' };
  const states = await statesOf(git, file);
  const isAsStaged = states.length > 0 && states.every((state) => state === 'staged');
  return { kind: 'uncommitted', base: base.text, heads: isAsStaged ? await earlierHeads(git, release) : [] };
}
