import type { GitAdapter, HandlerContext } from '../../../src/plugin-api/index.ts';
import { placeOfRelease } from '../notes/gather-notes.ts';
import type { EntryWriter } from './entry-writer.ts';
import type { Outline, VersionSection } from './outline.ts';
import { sectionIn, sectionOf } from './section-of.ts';
import { itemsBeside } from './uncommitted-entry.ts';
import { compareVersions, isPreReleaseOf } from './version-order.ts';

/** Items under a pre-release that are not repeated under its release: somebody wrote them, and no commit tells them. */
export interface UntoldItems {
  readonly preRelease: string;
  /** Its heading, from 0. */
  readonly line: number;
  /** The tag after which the commits of the release begin; `null`: with the first. */
  readonly since: string | null;
  readonly items: readonly string[];
}

interface WrittenSection {
  /** Of the changelog that has the section. */
  readonly outline: Outline;
  readonly version: string;
  readonly withEntry: EntryWriter;
}

/** Finds such items when the section of a release was written; git is asked only where its pre-releases say more. */
export async function untoldItems(
  context: HandlerContext,
  { outline, version, withEntry }: WrittenSection,
): Promise<readonly UntoldItems[]> {
  const preReleases = outline.versions.filter((one) => isPreReleaseOf(one.version.version, version));
  const told = sectionIn(outline, version);
  if (preReleases.length === 0 || told === null) return [];
  const { tag, previousTag } = await placeOfRelease(context, { version });
  const found: UntoldItems[] = [];
  for (const section of preReleases.filter((one) => isSince(previousTag, one))) {
    const preRelease = section.version.version;
    const beside = itemsBeside(sectionIn(outline, preRelease) ?? '', told);
    if (beside.length === 0) continue;
    // What a commit told that was taken back since is no more to be told.
    const once = await toldOnce(context, { preRelease, tag: tag.replace(version, () => preRelease), withEntry });
    const items = itemsBeside(beside.map((item) => `- ${item}`).join('\n'), once);
    if (items.length > 0) found.push({ preRelease, line: section.heading.line, since: previousTag, items });
  }
  return found;
}

/** A release that follows its pre-release tells only what came after that. */
function isSince(previousTag: string | null, { version }: VersionSection): boolean {
  const previous = /\d[^@/]*$/.exec(previousTag ?? '')?.[0];
  return previous === undefined || compareVersions(version.version, previous) > 0;
}

/** What the commits up to the tag of a pre-release tell; empty where there is no such tag. */
async function toldOnce(
  context: HandlerContext,
  {
    preRelease,
    tag,
    withEntry,
  }: { readonly preRelease: string; readonly tag: string; readonly withEntry: EntryWriter },
): Promise<string> {
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  const until = (await git?.tagTarget(tag).catch(() => null)) ?? null;
  if (until === null) return '';
  return sectionOf(await withEntry(null, { version: preRelease, tag, until }), preRelease) ?? '';
}
