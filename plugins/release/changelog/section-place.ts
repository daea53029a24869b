import {
  frontMatterEnd,
  insertLines,
  lineText,
  type TextDocument,
  type TextLine,
  visibleLines,
} from '../../../src/plugin-api/index.ts';
import { endBeforeReferences, type Outline, type VersionSection } from './outline.ts';
import { compareVersions } from './version-order.ts';

/** The section next to which that of a version goes, as the newest before it; `null` where there is none. */
export function newestBefore(outline: Outline, version: string): VersionSection | null {
  // What waits for a later version keeps its place on the side of the newest.
  const passed = outline.waiting.filter((one) => compareVersions(one.version.version, version) < 0);
  const all = [...outline.versions, ...passed].toSorted((one, other) => one.start - other.start);
  return (outline.oldestFirst ? all.at(-1) : all[0]) ?? null;
}

/** The number of the line before which the section of a version goes. */
export function placeOf(outline: Outline, version: string): number {
  const { document, oldestFirst, unreleased, waiting } = outline;
  const newest = newestBefore(outline, version);
  if (newest !== null && !oldestFirst) return newest.start;
  const above = [...waiting, ...(unreleased === null ? [] : [unreleased])].map(({ end }) => end);
  return visiblePlace(document, newest?.end ?? (above.length === 0 ? freePlace(outline) : Math.max(...above)));
}

/** Without any version in the file: above the first section that is not the title, else at the end. */
function freePlace({ document, headings }: Outline): number {
  const title = headings.find((heading) => heading.level === 1);
  const next = headings.find((heading) => heading !== title);
  if (next && next.line > (title?.line ?? -1)) return next.first;
  return Math.max(endBeforeReferences(document), frontMatterEnd(document));
}

/** Above code or a comment that nobody closed: a heading in there would be none. */
function visiblePlace(document: TextDocument, place: number): number {
  const shows = (at: number) => {
    const probed = insertLines(document, at, ['', '# probe']);
    return visibleLines(probed)[at + 1] === true;
  };
  if (shows(place)) return place;
  const visible = visibleLines(document);
  let at = place;
  while (at > 0 && visible[at - 1] !== true) at--;
  // A comment may open at the end of a line that is seen itself.
  return shows(at) ? at : Math.max(0, at - 1);
}

/** A block with one blank line on either side. */
export function insertBlock(document: TextDocument, at: number, block: readonly TextLine[]): TextDocument {
  const blank = { text: '', end: document.eol };
  const before = document.lines.slice(0, at);
  const last = before.at(-1);
  if (last && last.end === '') before[before.length - 1] = { ...last, end: document.eol };
  const above = at > 0 && lineText(document, at - 1).trim() !== '' ? [blank] : [];
  const below = at < document.lines.length && lineText(document, at).trim() !== '' ? [blank] : [];
  return { ...document, lines: [...before, ...above, ...block, ...below, ...document.lines.slice(at)] };
}
