import {
  type GitAdapter,
  type HandlerContext,
  lineText,
  releaseOfVersion,
  visibleLines,
} from '../../../src/plugin-api/index.ts';
import type { ChangelogHeading } from './changelog-headings.ts';
import { isTitle } from './heading-name.ts';
import type { Outline } from './outline.ts';

/** Items above the newest version, under a heading that names none and is no usual one for what comes: no release has them. */
export interface PassedOver {
  readonly heading: ChangelogHeading;
  readonly items: number;
}

interface ChangelogText {
  readonly file: string;
  /** Of the changelog with the section of the release. */
  readonly outline: Outline;
}

/** Finds such headings. What the release before had there already stands there for good, as a table of contents does. */
export async function passedOver(
  context: HandlerContext,
  { file, outline }: ChangelogText,
): Promise<readonly PassedOver[]> {
  const found = headingsWithItems(outline);
  if (found.length === 0) return [];
  const known = await knownLines(context, file);
  return found.flatMap(({ heading, items }) => {
    const news = items.filter((item) => !known.has(item)).length;
    return news === 0 ? [] : [{ heading, items: news }];
  });
}

function headingsWithItems(outline: Outline) {
  const { document, headings, versions, unreleased, waiting, oldestFirst } = outline;
  const [newest] = versions;
  if (newest === undefined || oldestFirst) return [];
  const known = [unreleased, ...waiting].map((section) => section?.heading);
  const beside = headings.filter(({ level, line }) => level <= newest.heading.level && line < newest.start);
  const visible = visibleLines(document);
  return beside.flatMap((heading, at) => {
    const isOther = heading.level === newest.heading.level && !known.includes(heading) && !isTitle(heading, headings);
    const end = beside[at + 1]?.line ?? newest.start;
    const items = isOther ? itemsBetween(outline, visible, { start: heading.end, end }) : [];
    return items.length === 0 ? [] : [{ heading, items }];
  });
}

function itemsBetween(
  { document }: Outline,
  visible: readonly boolean[],
  { start, end }: { readonly start: number; readonly end: number },
): readonly string[] {
  const lines = Array.from({ length: end - start }, (_, at) => start + at);
  const texts = lines.flatMap((at) => (visible[at] === true ? [lineText(document, at).trim()] : []));
  return texts.filter((text) => /^[-*+] /.test(text));
}

async function knownLines(context: HandlerContext, file: string): Promise<ReadonlySet<string>> {
  const previousTag = (await releaseOfVersion(context))?.previousTag ?? null;
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  const text = previousTag === null ? null : ((await git?.fileAt(previousTag, file).catch(() => null)) ?? null);
  return new Set((text ?? '').split('\n').map((line) => line.trim()));
}
