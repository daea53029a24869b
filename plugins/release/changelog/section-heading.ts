import { lineText } from '../../../src/plugin-api/index.ts';
import type { HostLinks } from '../notes/host-links.ts';
import type { NotesStyle } from '../notes/notes-model.ts';
import { readComparison } from './comparison-address.ts';
import { findDate, findOpenDate } from './heading-date.ts';
import { withoutTags } from './heading-name.ts';
import type { Outline, VersionSection } from './outline.ts';

/** How the heading of a version is written. */
export interface SectionHeading {
  readonly marker: 'hashes' | 'underline' | 'line';
  readonly level: number;
  /** Lines above that of the version, and those below the section's text: what folds it. */
  readonly above: readonly string[];
  readonly below: readonly string[];
  /** What stands before the version: `Version `, `<small>`. */
  readonly lead: string;
  readonly prefix: string;
  /** `plain`, `[1.2.3]` or `[1.2.3](address)`. */
  readonly form: 'plain' | 'bracketed' | 'linked';
  /** What stands right behind the version or its brackets: `**`, `[]`. */
  readonly behind: string;
  readonly date: HeadingDate | null;
  readonly trail: string;
  /** The address in the heading, for addresses like it. */
  readonly url: string | null;
}

/** What stands around the date; `null` in its place: no date. */
export interface HeadingDate {
  readonly first: boolean;
  readonly before: string;
  readonly after: string;
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
  switch (style) {
    case 'conventional':
      return { ...plainHeading, form: 'linked', date: { first: false, before: ' (', after: ')' } };
    case 'keep-a-changelog':
      return { ...plainHeading, form: 'bracketed' };
    case 'seed':
      return { ...plainHeading, prefix: 'v' };
  }
}

const plainHeading: SectionHeading = {
  marker: 'hashes',
  level: 2,
  above: [],
  below: [],
  lead: '',
  prefix: '',
  form: 'plain',
  behind: '',
  date: { first: false, before: ' - ', after: '' },
  trail: '',
  url: null,
};

/** The heading as the newest version has it; its level as the newest release of the same weight has it. */
export function existingHeading(outline: Outline, newest: VersionSection, version: string): SectionHeading {
  const { heading } = newest;
  const renamed = (text: string) => withVersion(text, newest.version.version, version);
  const name = nameParts(heading.text, newest.version);
  const rest = restParts(name.rest, newest.version.version);
  const lead = leadParts(name.lead);
  const folded = newest.textEnd < newest.end && /<details\b/i.test(lineText(outline.document, heading.first));
  const own = Array.from({ length: heading.line - heading.first }, (_, at) =>
    lineText(outline.document, heading.first + at),
  );
  const newestFirst = outline.oldestFirst ? outline.versions.toReversed() : outline.versions;
  const samePatch = newestFirst.find((one) => isPatch(one.version.version) === isPatch(version));
  return {
    marker: heading.marker,
    level: (samePatch ?? newest).heading.level,
    above: own.map(renamed),
    below: folded ? ['</details>'] : [],
    lead: renamed(lead.text),
    prefix: newest.version.prefix,
    form: name.form,
    behind: renamed(name.reference + rest.behind),
    date: lead.date ?? rest.date,
    trail: closersOf(`${lead.text} ${rest.behind}`) + renamed(rest.attributes),
    url: name.url === null || readComparison(name.url) ? name.url : renamed(name.url),
  };
}

/** The same with a date where it has none: inside of the tags or the emphasis that make a line a heading. */
export function datedHeading(own: SectionHeading): SectionHeading {
  if (own.date !== null) return own;
  const { date } = plainHeading;
  return own.marker === 'line' ? { ...own, date, behind: '', trail: own.behind + own.trail } : { ...own, date };
}

/** The lines of the heading, with those above that fold the section. */
export function headingLines(heading: SectionHeading, facts: HeadingFacts, links: HostLinks | null): readonly string[] {
  const name = nameText(`${heading.prefix}${facts.version}`, heading, facts, links);
  const date = heading.date === null || facts.date === '' ? '' : heading.date.before + facts.date + heading.date.after;
  const named = `${heading.lead}${name}${heading.behind}`;
  const text = `${heading.date?.first ? `${date}${named}` : `${named}${date}`}${heading.trail}`;
  switch (heading.marker) {
    case 'underline':
      return [...heading.above, text, (heading.level === 1 ? '=' : '-').repeat(Math.max(3, [...text].length))];
    case 'hashes':
      return [...heading.above, `${'#'.repeat(heading.level)} ${text}`];
    case 'line':
      return [...heading.above, text];
  }
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

/**
 * An address like that of the release before, on hosts that nobody told us about: `…/compare/A...B` → `B...C`. One of
 * another kind is as it should be where it names the version already.
 */
export function nextUrl(url: string | null, facts: HeadingFacts): string | null {
  const comparison = readComparison(url ?? '');
  if (comparison === null) return url?.includes(facts.version) ? url : null;
  const { tag, previousTag } = facts;
  const isThere = previousTag === null || previousTag === comparison.to;
  return comparison.between(isThere ? comparison.to : comparison.named(previousTag), comparison.named(tag));
}

interface NameParts {
  readonly lead: string;
  readonly form: SectionHeading['form'];
  readonly url: string | null;
  /** `[]` or `[label]` behind the brackets. */
  readonly reference: string;
  readonly rest: string;
}

/** The version with its brackets, what stands before them and what comes after. */
function nameParts(text: string, version: VersionSection['version']): NameParts {
  const before = text.slice(0, version.start);
  const after = text.slice(version.end);
  const open = /\[[*_`]{0,3}$/.exec(before);
  const close = /^[*_`]{0,3}\](?:\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)|(\[[^\][]*\]))?/.exec(after);
  // A bracket that stays open would make a link of all that follows.
  const lead = before.slice(0, open?.index).replace(/[[(][^\])[(]*$/, '');
  if (!open || !close) return { lead, form: 'plain', url: null, reference: '', rest: after };
  const form = close[1] === undefined ? 'bracketed' : 'linked';
  return { lead, form, url: close[1] ?? null, reference: close[2] ?? '', rest: after.slice(close[0].length) };
}

/** What stands before the version; a date that comes first is not to be copied. */
function leadParts(lead: string): { readonly text: string; readonly date: HeadingDate | null } {
  const place = findDate(withoutTags(lead)) ?? findOpenDate(withoutTags(lead));
  if (place === null) return { text: lead, date: null };
  const after = /^[\s\-–—:,/|)\]]*/.exec(lead.slice(place.end))?.[0] ?? '';
  const before = lead.slice(0, place.start);
  return { text: lead.slice(place.end + after.length), date: { first: true, before, after } };
}

function restParts(rest: string, version: string) {
  const behind = /^(?:[*_`]|<\/\w{1,20}>){0,8}/.exec(rest)?.[0] ?? '';
  // Kramdown and Pandoc; an id that does not name the version is that of this heading alone.
  const attributes = /\s?\{[^{}]*\}\s*$/.exec(rest)?.[0].trimEnd() ?? '';
  const isNamed = [version, version.replaceAll('.', '-')].some((name) => attributes.includes(name));
  return { behind, attributes: isNamed ? attributes : '', date: dateParts(rest.slice(behind.length)) };
}

function dateParts(text: string): HeadingDate | null {
  const plain = withoutTags(text).replace(/\{[^{}]*\}/g, (part) => ' '.repeat(part.length));
  const place = findDate(plain) ?? findOpenDate(plain);
  if (place === null) return null;
  const before =
    /(?:\s{0,3}[-–—:,/|]{1,2})?\s{0,3}(?:<\w{1,20}>|[*_]{1,2})?[([]?(?:released:? )?(?:on )?$/i.exec(
      text.slice(0, place.start),
    )?.[0] ?? '';
  return { first: false, before: before === '' ? ' ' : before, after: closersOf(before) };
}

/** Closes the tags, the emphasis and the brackets that a text leaves open. */
function closersOf(text: string): string {
  const open: string[] = [];
  for (const [token, slash, tag] of text.matchAll(
    /<(\/?)(\w+)[^<>]*>|\*{1,3}|(?<![\p{L}\p{N}_])_{1,3}(?!_)|`+|[([\])]/gu,
  )) {
    if (tag !== undefined && /^(?:details|a|br|hr|img)$/i.test(tag)) continue;
    const closer = tag === undefined ? (closers.get(token) ?? token) : `</${tag}>`;
    const closes = slash === '/' || token === ')' || token === ']' || open.at(-1) === token;
    if (closes) open.pop();
    else open.push(closer);
  }
  return open.toReversed().join('');
}

const closers: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
]);

/** A text that names the new version where it named the old one, in ids like `v1-2-0` too. */
function withVersion(text: string, old: string, version: string): string {
  return text.replaceAll(old, version).replaceAll(old.replaceAll('.', '-'), version.replaceAll('.', '-'));
}

function isPatch(version: string): boolean {
  return /^\d+\.\d+\.[1-9]/.test(version);
}
