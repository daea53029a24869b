import {
  headings,
  lineText,
  parseText,
  type TextDocument,
  type TextLine,
  visibleLines,
} from '../../../src/plugin-api/index.ts';
import { type Outline, separatorLine, type UnreleasedSection } from './outline.ts';

/** Lines under one sub-heading; the first part of a section has none. */
export interface SectionPart {
  /** Text of the sub-heading; `null` for what stands before the first. */
  readonly title: string | null;
  /** The lines of the heading itself. */
  readonly head: readonly TextLine[];
  /** Without blank lines around them. */
  readonly lines: readonly TextLine[];
  /** Heading and lines as they stand. */
  readonly whole: readonly TextLine[];
}

/** What an unreleased section keeps and what goes into the version. */
export interface CarryOver {
  /** The remark at its top, and sub-headings that wait for their first item, with the comments below them. */
  readonly kept: readonly TextLine[];
  readonly moved: readonly SectionPart[];
  /** The first line after what was looked at: a line between this section and the next stays where it is. */
  readonly end: number;
}

export function carryOver(outline: Outline, unreleased: UnreleasedSection): CarryOver {
  const { bodyStart } = unreleased;
  const end = separatorLine(outline, unreleased) ?? unreleased.textEnd;
  const document = { ...outline.document, lines: outline.document.lines.slice(bodyStart, end) };
  const { remark, rest } = splitRemark(document);
  const parts = sectionParts({ ...document, lines: rest });
  const isEmpty = (part: SectionPart) => part.lines.length === 0 || (part.title !== null && hasOnlyComments(part));
  const moved = parts.filter((part) => !isEmpty(part));
  const empty = parts.filter((part) => part.title !== null && isEmpty(part));
  const blank = { text: '', end: document.eol };
  const kept = [remark, ...empty.map((part) => part.whole)].filter((lines) => lines.length > 0);
  return { kept: kept.flatMap((lines, at) => (at === 0 ? lines : [blank, ...lines])), moved, end };
}

/** The parts of a section's text by its highest sub-headings. */
export function sectionParts(document: TextDocument): readonly SectionPart[] {
  const all = headings(document);
  const highest = Math.min(...all.map((heading) => heading.level));
  const own = all.filter((heading) => heading.level === highest);
  const starts = own.map((heading) => heading.line);
  const introLines = trimmed(document.lines.slice(0, starts[0] ?? document.lines.length));
  const intro = { title: null, head: [], lines: introLines, whole: introLines };
  const parts = own.map((heading, at) => {
    const underlined = !/^ {0,3}#/.test(lineText(document, heading.line));
    const bodyStart = heading.line + (underlined ? 2 : 1);
    const end = starts[at + 1] ?? document.lines.length;
    return {
      title: heading.text,
      head: document.lines.slice(heading.line, bodyStart),
      lines: trimmed(document.lines.slice(bodyStart, end)),
      whole: trimmed(document.lines.slice(heading.line, end)),
    };
  });
  return [intro, ...parts];
}

function hasOnlyComments(part: SectionPart): boolean {
  const pieces = part.lines
    .map((line) => line.text.trim())
    .join('\n')
    .split('-->');
  return pieces.every((piece, at) => (at < pieces.length - 1 ? /^\s*<!--/.test(piece) : piece.trim() === ''));
}

/** The order of Keep a Changelog, for sections that hold nothing else. */
const kinds = ['added', 'changed', 'deprecated', 'removed', 'fixed', 'security'];

/**
 * The lines of a version's section: what was written by hand comes first, also under a sub-heading that both have. A
 * line that says the same as one by hand is left out.
 */
export function mergedLines(moved: readonly SectionPart[], body: string, eol: string): readonly TextLine[] {
  const document = parseText(body);
  const lines = document.lines.map((line) => ({ ...line, end: eol }));
  const generated = sectionParts({ ...document, lines });
  const merged = moved.map((part) =>
    joinParts(
      part,
      generated.find((other) => sameTitle(part, other)),
      eol,
    ),
  );
  const own = generated.filter((part) => !moved.some((other) => sameTitle(part, other)));
  const intro = [...merged, ...own].filter((part) => part.title === null);
  const titled = [...merged, ...own].filter((part) => part.title !== null);
  const inOrder = titled.every((part) => kindOf(part) !== -1)
    ? titled.toSorted((one, other) => kindOf(one) - kindOf(other))
    : titled;
  const blank = { text: '', end: eol };
  return [...intro, ...inOrder]
    .filter((part) => part.head.length + part.lines.length > 0)
    .flatMap((part, at) => {
      const below =
        part.head.length > 0 && part.lines.length > 0
          ? [...part.head, blank, ...part.lines]
          : [...part.head, ...part.lines];
      return (at === 0 ? below : [blank, ...below]).map((line) => ended(line, eol));
    });
}

function joinParts(hand: SectionPart, generated: SectionPart | undefined, eol: string): SectionPart {
  if (!generated) return hand;
  const known = new Set(hand.lines.map((line) => line.text));
  // Only whole items: a line of code or an indented one may well occur twice.
  const isKnown = (line: TextLine) => /^[-*+] /.test(line.text) && known.has(line.text);
  const added = generated.lines.filter((line) => !isKnown(line));
  const bothLists = isItem(hand.lines.at(-1)) && isItem(added[0]);
  const between = bothLists || added.length === 0 || hand.lines.length === 0 ? [] : [{ text: '', end: eol }];
  return { ...hand, lines: [...hand.lines.map((line) => ended(line, eol)), ...between, ...added] };
}

/** A list goes on after an item or its indented lines. */
function isItem(line: TextLine | undefined): boolean {
  return line !== undefined && /^(?:[-*+] | {2,}\S)/.test(line.text);
}

function sameTitle(one: SectionPart, other: SectionPart): boolean {
  return one.title?.toLowerCase() === other.title?.toLowerCase();
}

function kindOf(part: SectionPart): number {
  return kinds.indexOf(part.title?.toLowerCase() ?? '');
}

/** Comments at the top tell people how to write here: they stay. */
function splitRemark(document: TextDocument): { remark: readonly TextLine[]; rest: readonly TextLine[] } {
  const visible = visibleLines(document);
  const start = document.lines.findIndex((line) => line.text.trim() !== '');
  if (start === -1 || !document.lines[start]?.text.trimStart().startsWith('<!--')) {
    return { remark: [], rest: document.lines };
  }
  const seen = document.lines.findIndex((line, at) => at >= start && visible[at] === true && line.text.trim() !== '');
  const end = seen === -1 ? document.lines.length : seen;
  return { remark: trimmed(document.lines.slice(start, end)), rest: document.lines.slice(end) };
}

function trimmed(lines: readonly TextLine[]): readonly TextLine[] {
  const isText = (line: TextLine) => line.text.trim() !== '';
  const first = lines.findIndex(isText);
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(isText) + 1);
}

function ended(line: TextLine, eol: string): TextLine {
  return line.end === '' ? { ...line, end: eol } : line;
}
