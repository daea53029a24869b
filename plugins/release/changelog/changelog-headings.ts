import { type Heading, headings, lineText, type TextDocument, visibleLines } from '../../../src/plugin-api/index.ts';
import { isVersionLine, namedVersion, withoutTags } from './heading-name.ts';

/** A heading as changelogs write it, not only with `#`. */
export interface ChangelogHeading extends Heading {
  /** `line`: the line is a heading by what it says, or in HTML; its text is the whole line. */
  readonly marker: 'hashes' | 'underline' | 'line';
  /** Its first line, `<details>` above it for example. */
  readonly first: number;
  /** The first line below it. */
  readonly end: number;
}

/** The headings of Markdown and of HTML, in order. */
export function changelogHeadings(document: TextDocument): readonly ChangelogHeading[] {
  const marked = headings(document).map((heading): ChangelogHeading => {
    const underlined = !/^ {0,3}#/.test(lineText(document, heading.line));
    const end = heading.line + (underlined ? 2 : 1);
    return { ...heading, marker: underlined ? 'underline' : 'hashes', first: heading.line, end };
  });
  const visible = visibleLines(document);
  const inHtml = document.lines.flatMap(({ text }, line) => {
    const level = visible[line] ? /^ {0,3}<h([1-6])(?:\s[^<>]*)?>.*<\/h[1-6]>\s*$/i.exec(text)?.[1] : undefined;
    return level === undefined ? [] : [lineHeading(document, line, Number(level))];
  });
  return merged(marked, inHtml);
}

/**
 * The headings of a changelog together with lines that are headings by what they say, for a changelog that has no other
 * ones for its versions: `**1.2.0** (2024-01-05)`, `v1.2.0 - January 5, 2024`, `<summary>1.2.0</summary>`.
 */
export function withVersionLines(
  document: TextDocument,
  all: readonly ChangelogHeading[],
  version: string,
): readonly ChangelogHeading[] {
  const visible = visibleLines(document);
  const known = new Set(all.flatMap(({ line, end }) => [line, end - 1]));
  const isFree = (at: number) => visible[at] === true && !known.has(at);
  const lines = document.lines.flatMap((_, at) =>
    isFree(at) && standsAlone(document, at, known) && isNameLine(lineText(document, at), version)
      ? [lineHeading(document, at, 2)]
      : [],
  );
  return lines.some(({ text }) => namedVersion(withoutTags(text), version) !== null) ? merged(all, lines) : all;
}

/** The line of `</details>` that closes what the heading has opened; `null` where it opened nothing. */
export function closingLine(
  document: TextDocument,
  visible: readonly boolean[],
  heading: ChangelogHeading,
  end: number,
): number | null {
  if (!/^\s*<details\b/i.test(lineText(document, heading.first))) return null;
  let depth = 0;
  for (let at = heading.first; at < end; at++) {
    if (!visible[at]) continue;
    for (const [tag] of lineText(document, at).matchAll(/<\/?details\b/gi)) depth += tag.startsWith('</') ? -1 : 1;
    if (depth <= 0) return at === heading.first ? null : at;
  }
  return null;
}

function lineHeading(document: TextDocument, line: number, level: number): ChangelogHeading {
  const text = lineText(document, line).trim();
  const folded = /^<summary\b/i.test(text) && /^\s*<details\b[^<>]*>\s*$/i.test(lineText(document, line - 1));
  return { line, level, text, marker: 'line', first: folded ? line - 1 : line, end: line + 1 };
}

function merged(some: readonly ChangelogHeading[], others: readonly ChangelogHeading[]): readonly ChangelogHeading[] {
  return others.length === 0 ? some : [...some, ...others].toSorted((one, other) => one.line - other.line);
}

/** A paragraph of its own; what is marked up may have its text right below it. */
function standsAlone(document: TextDocument, at: number, headingLines: ReadonlySet<number>): boolean {
  const text = lineText(document, at);
  if (!/^ {0,3}[^\s>|#+-]/.test(text) || /^ {0,3}\*\s/.test(text)) return false;
  const above = lineText(document, at - 1);
  const opens =
    above.trim() === '' || headingLines.has(at - 1) || /^\s*(?:<|\*{3,}\s*$|-{3,}\s*$|\([\w.-]+\)=)/.test(above);
  const below = lineText(document, at + 1);
  // What is above an underline is a heading of Markdown, or would be one as soon as it stands apart from a list.
  if (/^ {0,3}(?:=+|-{2,})[ \t]*$/.test(below)) return false;
  return opens && (/^\s*(?:\*\*|__|<)/.test(text) || /^\s*$|^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/.test(below));
}

function isNameLine(text: string, version: string): boolean {
  const plain = withoutTags(text);
  const named = namedVersion(plain, version);
  if (named !== null) return isVersionLine(text, named);
  return /^\s*(?:\*\*|__|<)/.test(text) && /^[^\p{L}\p{N}]*(?:unreleased|upcoming)[^\p{L}\p{N}]*$/iu.test(plain);
}
