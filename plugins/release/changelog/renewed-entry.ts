import { type GitAdapter, type HandlerContext, releaseOf } from '../../../src/plugin-api/index.ts';
import { sectionOf } from './section-of.ts';
import { committedBase, type EntryWriter, earlierHeads, withoutHeading } from './uncommitted-entry.ts';

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
  const waiting = await uncommittedEntry(context, { file, before, version });
  if (waiting === null) return { after: before };
  const present = withoutHeading(before, version);
  const isPresent = (text: string) => withoutHeading(text, version) === present;
  const anew = await withEntry(waiting.base);
  if (isPresent(anew)) return { after: before };
  const lacking = itemsMissing(before, anew, version);
  for (const commit of waiting.earlier) {
    if (isPresent(await withEntry(waiting.base, { until: commit }))) return { after: anew, lacking };
  }
  return { after: before, lacking };
}

/**
 * Of an entry that is in no commit yet: the changelog without it (`null`: there is none), and the commits before head up to
 * which a run that failed may have written it; none where the file was touched since that run staged it. `null`: the entry is
 * committed, or nobody can tell.
 */
async function uncommittedEntry(
  context: HandlerContext,
  { file, before, version }: Pick<EarlierEntry, 'file' | 'before' | 'version'>,
): Promise<{ readonly base: string | null; readonly earlier: readonly string[] } | null> {
  const release = await releaseOf(context);
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  if (git === null || release === null || release.commit !== null) return null;
  const base = await committedBase(git, { file, text: before, version });
  if (base === null) return null;
  const states = (await git.changes()).flatMap(({ path, state }) => (path === file ? [state] : []));
  const isAsStaged = states.length > 0 && states.every((state) => state === 'staged');
  return { base: base.text, earlier: isAsStaged ? await earlierHeads(git, release) : [] };
}

/** Items that the entry for a version would have. */
function itemsMissing(text: string, anew: string, version: string): readonly string[] {
  const linesOf = (content: string) => (sectionOf(content, version) ?? '').split('\n').map((line) => line.trim());
  const there = new Set(linesOf(text));
  return linesOf(anew).filter((line) => /^[-*] /.test(line) && !there.has(line));
}
