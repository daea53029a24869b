import { parseText, visibleLines } from '../../../src/plugin-api/index.ts';
import { updateBadges } from '../readme/version-badge.ts';
import { absent, refused, type Search } from './search.ts';
import type { SettledTarget } from './settle-target.ts';
import type { TextPlace } from './text-place.ts';

/** Stands for the version when the places of badges are looked for; Unicode gives it no meaning. */
const mark = '\uFDD0';

/** More badges in one image are no page for readers, and would take long. */
const mostBadges = 100;

/**
 * The version badges that readers of a Markdown page see. A place is one image with its alternative text: from
 * `![` or `<img` to the next image or the end of the line.
 */
export function findBadges(target: SettledTarget, content: string): Search {
  const places: TextPlace[] = [];
  const document = parseText(content);
  const visible = visibleLines(document);
  let lineStart = document.bom ? 1 : 0;
  for (const [at, line] of document.lines.entries()) {
    if (visible[at]) {
      for (const image of imagesOf(line.text)) {
        const place = badgePlace(lineStart + image.start, image.text);
        if (place === 'unclear') {
          return refused(
            `line ${at + 1} of ${target.path} has badges side by side whose versions differ or cannot be read`,
          );
        }
        if (place !== null) places.push(place);
      }
    }
    lineStart += line.text.length + line.end.length;
  }
  if (places.length === 0) return absent(`${target.path} has no badge whose label is \`version\` or \`release\``);
  return { kind: 'found', places, what: 'version badges', usual: 'some' };
}

function imagesOf(line: string): readonly { readonly start: number; readonly text: string }[] {
  const starts = [0, ...[...line.matchAll(/\[?!\[|<img\b/gi)].map((match) => match.index).filter((start) => start > 0)];
  return starts.map((start, at) => ({ start, text: line.slice(start, starts[at + 1]) }));
}

function badgePlace(start: number, image: string): TextPlace | 'unclear' | null {
  const signs = image.match(/\/badge\/|message=/gi)?.length ?? 0;
  if (signs === 0) return null;
  if (signs > mostBadges || image.includes(mark)) return 'unclear';
  const update = updateBadges(image, mark);
  if (update.kind !== 'updated') return null;
  const version = versionOf(image, update.line);
  if (version === null) return 'unclear';
  return { start, end: start + image.length, text: version, badge: image };
}

/** The version that the badge shows already: the one with which its own rules leave it as it is. */
function versionOf(image: string, marked: string): string | null {
  const tail = marked.slice(marked.lastIndexOf(mark) + 1);
  const head = marked.slice(0, marked.lastIndexOf(mark));
  const lead = head.slice(head.lastIndexOf(mark) + 1);
  const end = image.length - tail.length;
  const raw = image.slice(image.lastIndexOf(lead, end) + lead.length, end);
  const candidates = [raw.replaceAll('--', '-').replaceAll('__', '_'), raw].flatMap((text) => [
    text.replace(/%2B/gi, '+'),
    text,
  ]);
  return candidates.find((text) => updateBadges(image, text).kind === 'current') ?? null;
}
