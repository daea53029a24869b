import { lineText } from '../../../src/plugin-api/index.ts';
import type { HostLinks } from '../notes/host-links.ts';
import type { NotesStyle } from '../notes/notes-model.ts';
import type { Outline, VersionSection } from './outline.ts';

/** How the heading of a version is written. */
export interface SectionHeading {
  readonly level: number;
  /** What stands before the version: `Version `, `<small>`. */
  readonly lead: string;
  readonly prefix: string;
  /** `plain`, `[1.2.3]` or `[1.2.3](address)`. */
  readonly form: 'plain' | 'bracketed' | 'linked';
  /** What stands around the date; `null`: no date. */
  readonly date: { readonly before: string; readonly after: string } | null;
  readonly trail: string;
  readonly underlined: boolean;
  /** The address in the heading, for addresses like it. */
  readonly url: string | null;
}

/** What a heading says. */
export interface HeadingFacts {
  readonly version: string;
  readonly date: string;
  readonly tag: string;
  readonly previousTag: string | null;
}

/** How a changelog without versions begins to write them. */
export function freshHeading(style: NotesStyle): SectionHeading {
  const base = { level: 2, lead: '', trail: '', underlined: false, url: null };
  switch (style) {
    case 'conventional':
      return { ...base, prefix: '', form: 'linked', date: { before: ' (', after: ')' } };
    case 'keep-a-changelog':
      return { ...base, prefix: '', form: 'bracketed', date: { before: ' - ', after: '' } };
    case 'seed':
      return { ...base, prefix: 'v', form: 'plain', date: { before: ' - ', after: '' } };
  }
}

/** The heading as the newest version has it; its level as the newest release of the same weight has it. */
export function existingHeading(outline: Outline, newest: VersionSection, version: string): SectionHeading {
  const { text } = newest.heading;
  const before = text.slice(0, newest.version.start);
  const after = text.slice(newest.version.end);
  const link = /^\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/.exec(after);
  const form = !before.endsWith('[') || !after.startsWith(']') ? 'plain' : link ? 'linked' : 'bracketed';
  const rest = form === 'plain' ? after : after.slice(link ? link[0].length : 1);
  const lead = form === 'plain' ? before : before.slice(0, -1);
  const samePatch = outline.versions.find((one) => isPatch(one.version.version) === isPatch(version));
  return {
    level: (samePatch ?? newest).heading.level,
    // A date that comes first is not to be copied.
    lead: /\d/.test(lead) ? '' : lead,
    prefix: newest.version.prefix,
    form,
    date: dateStyle(rest),
    trail: /<small>\s*$/i.test(lead) ? '</small>' : '',
    underlined: !/^ {0,3}#/.test(lineText(outline.document, newest.heading.line)),
    url: link?.[1] ?? null,
  };
}

export function headingLines(heading: SectionHeading, facts: HeadingFacts, links: HostLinks | null): readonly string[] {
  const name = `${heading.prefix}${facts.version}`;
  const date =
    heading.date === null || facts.date === '' ? '' : `${heading.date.before}${facts.date}${heading.date.after}`;
  const text = `${heading.lead}${nameText(name, heading, facts, links)}${date}${heading.trail}`;
  if (heading.underlined) return [text, (heading.level === 1 ? '=' : '-').repeat(Math.max(3, [...text].length))];
  return [`${'#'.repeat(heading.level)} ${text}`];
}

function nameText(name: string, heading: SectionHeading, facts: HeadingFacts, links: HostLinks | null): string {
  switch (heading.form) {
    case 'plain':
      return name;
    case 'bracketed':
      return `[${name}]`;
    case 'linked': {
      const url = versionUrl(facts, links) ?? nextUrl(heading.url, facts);
      return url === null ? name : `[${name}](${url})`;
    }
  }
}

/** The comparison with the release before, or the release's own page where there is none before. */
export function versionUrl(facts: HeadingFacts, links: HostLinks | null): string | null {
  if (links === null) return null;
  return facts.previousTag === null ? links.tag(facts.tag) : links.compare(facts.previousTag, facts.tag);
}

/** An address like that of the release before, on hosts that nobody told us about: `…/compare/A...B` → `B...C`. */
export function nextUrl(url: string | null, facts: HeadingFacts): string | null {
  const compare = /^(.*\/compare\/)([^/]*?)(\.{2,3})([^/]+)$/.exec(url ?? '');
  if (!compare) return null;
  const from = facts.previousTag ?? compare[4] ?? '';
  return `${compare[1]}${from === compare[4] ? from : encodeURIComponent(from)}${compare[3]}${encodeURIComponent(facts.tag)}`;
}

function dateStyle(rest: string): SectionHeading['date'] {
  const inParentheses = /^(\s*\()([^)]*)\)/.exec(rest);
  if (inParentheses && /\d/.test(inParentheses[2] ?? '')) return { before: inParentheses[1] ?? ' (', after: ')' };
  const separated = /^(\s*[-–—:,/|]\s*|\s+)[^\s\d]{0,12}\s?\d/.exec(rest);
  return separated ? { before: separated[1] ?? ' - ', after: '' } : null;
}

function isPatch(version: string): boolean {
  return /^\d+\.\d+\.[1-9]/.test(version);
}
