import { insertLines, lineText, replaceLine, type TextDocument, visibleLines } from '../../../src/plugin-api/index.ts';
import type { HostLinks } from '../notes/host-links.ts';
import { readComparison } from './comparison-address.ts';
import { findVersion } from './heading-name.ts';
import { type HeadingFacts, nextUrl, versionUrl } from './section-heading.ts';

interface Definition {
  readonly line: number;
  readonly label: string;
  readonly url: string;
}

export interface ReferenceContext {
  readonly links: HostLinks | null;
  /** Whether a file without definitions gets its first ones. */
  readonly begin: boolean;
  /** The heading of what is not released yet; `null`: there is none. */
  readonly unreleased: string | null;
}

/**
 * The link definitions of Keep a Changelog after a release: `[Unreleased]` compares with the new tag, and the version
 * `label` has a definition of its own above that of the version before. Where nobody says what the host is, the
 * addresses that are there are the pattern; where there are none, nothing is added.
 */
export function updateReferences(
  document: TextDocument,
  label: string,
  facts: HeadingFacts,
  context: ReferenceContext,
): TextDocument {
  const all = definitions(document);
  const unreleased = all.find((one) => isUnreleasedLabel(one.label, context.unreleased)) ?? null;
  const known = all.some((one) => findVersion(one.label, facts.version) !== null);
  const newest = all.find((one) => /^v?\d+(?:\.\d+)+/i.test(one.label)) ?? null;
  const ownUrl = versionUrl(facts, context.links) ?? urlLike(unreleased, newest, facts);
  const own = known || ownUrl === null ? [] : [`[${label}]: ${ownUrl}`];
  if (unreleased === null && newest === null && !context.begin) return document;
  if (unreleased !== null) {
    const url = unreleasedUrl(unreleased.url, facts);
    const text = lineText(document, unreleased.line);
    const replaced =
      url === null
        ? document
        : replaceLine(
            document,
            unreleased.line,
            text.replace(unreleased.url, () => url),
          );
    return own.length === 0 ? replaced : insertLines(replaced, unreleased.line + 1, own);
  }
  if (own.length === 0) return document;
  const added =
    /unreleased/i.test(context.unreleased ?? '') && context.links !== null
      ? [`[Unreleased]: ${context.links.compare(facts.tag, 'HEAD')}`]
      : [];
  if (newest !== null) return insertLines(document, newest.line, [...added, ...own]);
  return atEnd(document, [...added, ...own]);
}

/** `[Unreleased]`, or `[HEAD]` where that is the heading. */
function isUnreleasedLabel(label: string, heading: string | null): boolean {
  if (/^unreleased$/i.test(label)) return true;
  return !/^v?\d/i.test(label) && (heading ?? '').toLowerCase().includes(`[${label.toLowerCase()}]`);
}

/** The line of a heading in which a link from the release before to what is newest begins at the new tag. */
export function withUnreleasedLinks(document: TextDocument, line: number, facts: HeadingFacts): TextDocument {
  const text = lineText(document, line).replace(
    /(\]\(\s*<?)([^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)/g,
    (_, opening: string, url: string) => `${opening}${unreleasedUrl(url, facts) ?? url}`,
  );
  return replaceLine(document, line, text);
}

function definitions(document: TextDocument): readonly Definition[] {
  const visible = visibleLines(document);
  return document.lines.flatMap(({ text }, line) => {
    const match = visible[line] ? /^ {0,3}\[([^\][]{1,200})\]:\s*<?([^\s<>]{1,2000})>?/.exec(text) : null;
    return match?.[1] && match[2] ? [{ line, label: match[1], url: match[2] }] : [];
  });
}

/** The same comparison, from the new tag on; `null` where the address is none. */
function unreleasedUrl(url: string, facts: HeadingFacts): string | null {
  const comparison = readComparison(url);
  return comparison?.between(comparison.named(facts.tag), comparison.to) ?? null;
}

function urlLike(unreleased: Definition | null, newest: Definition | null, facts: HeadingFacts): string | null {
  const comparison = readComparison(unreleased?.url ?? '');
  if (comparison) return comparison.between(comparison.from, comparison.named(facts.tag));
  return nextUrl(newest?.url ?? null, facts);
}

function atEnd(document: TextDocument, lines: readonly string[]): TextDocument {
  const last = document.lines.length - 1;
  const isDefinition = /^ {0,3}\[[^\]]+\]:\s/.test(lineText(document, last));
  const blank = isDefinition || lineText(document, last).trim() === '' ? [] : [''];
  return insertLines(document, document.lines.length, [...blank, ...lines]);
}
