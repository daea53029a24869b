import { lineText, type TextDocument, type TextLine } from '../../../src/plugin-api/index.ts';
import { mergedLines, sectionParts } from './carry-over.ts';
import { type Outline, separatorLine, type VersionSection } from './outline.ts';
import { bodyUnder } from './section-body.ts';
import type { SectionHeading } from './section-heading.ts';

/** What a section that waited for its release gets. */
export interface DatedSection {
  readonly heading: SectionHeading;
  /** The heading's lines. */
  readonly lines: readonly string[];
  /** Markdown without heading; may be empty. */
  readonly body: string;
}

/** The changelog where a section that waited bears its date, and has what is new below what was written by hand. */
export function dateSection(outline: Outline, waiting: VersionSection, dated: DatedSection): TextDocument {
  const { document } = outline;
  const { eol } = document;
  const line = (text: string): TextLine => ({ text, end: eol });
  const end = lastTextLine(document, waiting.bodyStart, separatorLine(outline, waiting) ?? waiting.textEnd);
  const parts = sectionParts({ ...document, lines: document.lines.slice(waiting.bodyStart, end) });
  const body = mergedLines(parts, bodyUnder(dated.body, dated.heading.level), eol);
  const section = [...dated.lines.map(line), ...(body.length === 0 ? [] : [line(''), ...body])];
  const above = document.lines.slice(0, waiting.heading.first);
  const below = document.lines.slice(end);
  // A heading without signs of its own is one only as a paragraph of its own.
  const gapAbove = dated.heading.marker !== 'hashes' && isText(above.at(-1)) ? [line('')] : [];
  const gapBelow = (dated.heading.marker === 'line' || body.length > 0) && isText(below[0]) ? [line('')] : [];
  return { ...document, lines: [...above, ...gapAbove, ...section, ...gapBelow, ...below] };
}

function isText(line: TextLine | undefined): boolean {
  return line !== undefined && line.text.trim() !== '';
}

function lastTextLine(document: TextDocument, start: number, end: number): number {
  let at = end;
  while (at > start && lineText(document, at - 1).trim() === '') at--;
  return at;
}
