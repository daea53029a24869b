import { entryBody } from '../changelog/changelog-entry.ts';
import type { ChangeGroup } from '../commits/commit-collector.ts';
import type { Change } from '../commits/commit-model.ts';
import { incrementFor, isKnownType } from '../commits/commit-rules.ts';
import { noteLines } from './breaking-note.ts';
import { changeItem } from './change-item.ts';
import { fillNotes } from './fill-notes.ts';
import { inlineText } from './inline-text.ts';
import type { NotesFacts, NotesOptions, NotesSection } from './notes-model.ts';
import { defaultSections, restSections } from './notes-sections.ts';

/**
 * The text of one version, without its heading and without blank lines around it; sections have third-level headings.
 * Empty where there is nothing to say.
 */
export function renderNotes(facts: NotesFacts, options: NotesOptions): string {
  if (options.style === 'seed' && options.template === null) return seedNotes(facts);
  const values = {
    version: facts.version,
    date: facts.date,
    tag: facts.tag,
    summary: facts.summary.replace(/\r\n?/g, '\n').trim(),
    sections: renderSections(facts, options).join('\n\n'),
    compare: compareLine(facts, options),
    contributors: contributorLines(facts, options),
  };
  if (options.template !== null) return fillNotes(options.template, values);
  const contributors = options.authors === 'section' ? values.contributors : '';
  const compare = options.compare ? values.compare : '';
  return [values.summary, values.sections, titled('Contributors', contributors), compare]
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Address of the comparison with the release before; `null` where there is none. */
export function compareUrl(facts: Pick<NotesFacts, 'tag' | 'previousTag'>, options: NotesOptions): string | null {
  if (options.links === null || facts.previousTag === null) return null;
  return options.links.compare(facts.previousTag, facts.tag);
}

function seedNotes(facts: NotesFacts): string {
  const { version, date, link } = facts;
  const summary = facts.summary.replace(/\r\n?/g, '\n').trim();
  return entryBody({ version, date, summary, link });
}

function renderSections(facts: NotesFacts, options: NotesOptions): readonly string[] {
  const sections = withBreaking(options);
  const shown = sections.filter((section) => !section.hidden);
  const types = facts.commits.groups.map(({ type }) => type);
  const lists = [
    ...shown.map((section) => sectionList(section, shown, facts, options)),
    ...restSections(types, sections, options.style).map((section) => restList(section, shown, facts, options)),
  ];
  return [...new Set(lists.map(({ title }) => title))].flatMap((title) => {
    const own = lists.filter((list) => list.title === title);
    const items = own.flatMap((list) => list.items);
    if (items.length === 0) return [];
    const sorted = items.toSorted((one, other) => compareText(one.change.scope ?? '', other.change.scope ?? ''));
    const leftOut = own.reduce((sum, list) => sum + list.leftOut, 0);
    const more = leftOut === 0 ? [] : [`${bulletOf(options)} and ${leftOut} more`];
    return [titled(title, [...sorted.map((item) => item.text), ...more].join('\n'))];
  });
}

/** Sections that say nothing of breaking changes must not lose them. */
function withBreaking(options: NotesOptions): readonly NotesSection[] {
  if (options.sections.some((section) => section.type === 'breaking')) return options.sections;
  const own = defaultSections(options.style).filter((section) => section.type === 'breaking');
  return options.style === 'conventional' ? [...own, ...options.sections] : [...options.sections, ...own];
}

interface Item {
  readonly change: Change;
  readonly text: string;
}

/** What one type gives to the section of a title. */
interface ItemList {
  readonly title: string;
  readonly items: readonly Item[];
  /** How many changes were not kept. */
  readonly leftOut: number;
}

function sectionList(
  section: NotesSection,
  shown: readonly NotesSection[],
  facts: NotesFacts,
  options: NotesOptions,
): ItemList {
  const items =
    section.type === 'breaking'
      ? breakingItems(shown, facts, options)
      : (groupOf(section.type, facts)?.shown ?? []).map((change) => itemOf(change, options));
  return { title: section.title, items, leftOut: leftOut(section, facts, options) };
}

/** Changes without a section that release something: whoever reads of a release has to see what it is made of. */
function restList(
  section: NotesSection,
  shown: readonly NotesSection[],
  facts: NotesFacts,
  options: NotesOptions,
): ItemList {
  const all = groupOf(section.type, facts)?.shown ?? [];
  const showsBreaking = shown.some(({ type }) => type === 'breaking');
  const releasing = all.filter((change) => incrementFor(change, facts.commits.rules) !== null);
  const items = releasing.filter((change) => !(change.breaking && showsBreaking));
  return {
    title: section.title,
    items: items.map((change) => itemOf(namedByType(change, facts), options)),
    // Of changes that are not at hand nobody knows what they release where it depends on more than their type.
    leftOut: releasing.length === all.length ? leftOut(section, facts, options) : 0,
  };
}

/** A type that no rule speaks of is as good as a scope: mostly it is the part that was changed (`http: …`). */
function namedByType(change: Change, { commits }: NotesFacts): Change {
  const { type, scope } = change;
  if (isKnownType(type, commits.rules)) return change;
  return { ...change, scope: scope === null ? type : `${type}(${scope})` };
}

function itemOf(change: Change, options: NotesOptions): Item {
  const mark = options.style === 'keep-a-changelog' && change.breaking;
  return { change, text: mark ? markedItem(change, options) : plainItem(change, options) };
}

function breakingItems(shown: readonly NotesSection[], facts: NotesFacts, options: NotesOptions): readonly Item[] {
  if (options.style !== 'keep-a-changelog')
    return facts.commits.breaking.shown.map((change) => ({ change, text: breakingItem(change, options) }));
  // The others are marked in the sections of their types.
  const homeless = facts.commits.breaking.shown.filter((change) => shown.every(({ type }) => type !== change.type));
  return homeless.map((change) => ({ change, text: markedItem(change, options) }));
}

function plainItem(change: Change, options: NotesOptions): string {
  return `${bulletOf(options)} ${changeItem(change, options)}`;
}

/** The subject, marked, with what breaks below it. */
function markedItem(change: Change, options: NotesOptions): string {
  const head = `${bulletOf(options)} **Breaking:** ${changeItem(change, options)}`;
  return [head, ...change.breakingNotes.flatMap((note) => indented(noteLines(note, options.links)))].join('\n');
}

/** What breaks, in the words of the commit where it has some; an item a note. */
function breakingItem(change: Change, options: NotesOptions): string {
  if (change.breakingNotes.length === 0) return plainItem(change, options);
  const bare = { ...change, references: [], pullRequest: null };
  const items = change.breakingNotes.map((note) => {
    const lines = noteLines(note, options.links);
    const opensBlock = /^(?:`{3}|~{3}|[-*+] )/.test(lines[0] ?? '');
    const head = changeItem(bare, options, opensBlock ? null : (lines[0] ?? ''));
    return [`${bulletOf(options)} ${head}`, ...indented(opensBlock ? lines : lines.slice(1))].join('\n');
  });
  return items.join('\n');
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line.trim() === '' ? '' : `  ${line}`));
}

/** How many changes of a section were not kept. */
function leftOut(section: NotesSection, facts: NotesFacts, options: NotesOptions): number {
  const { breaking } = facts.commits;
  // Where they are marked in their places, those places count them.
  if (section.type === 'breaking' && options.style !== 'conventional') return 0;
  const group = section.type === 'breaking' ? breaking : groupOf(section.type, facts);
  return group === undefined ? 0 : group.total - group.shown.length;
}

function groupOf(type: string, facts: NotesFacts): ChangeGroup | undefined {
  return facts.commits.groups.find((group) => group.type === type);
}

function compareLine(facts: NotesFacts, options: NotesOptions): string {
  const url = compareUrl(facts, options);
  return url === null ? '' : `**Full changelog:** [${facts.previousTag}...${facts.tag}](${url})`;
}

function contributorLines(facts: NotesFacts, options: NotesOptions): string {
  return facts.commits.contributors.map((name) => `${bulletOf(options)} ${inlineText(name, null)}`).join('\n');
}

function titled(title: string, text: string): string {
  return text === '' ? '' : `### ${title}\n\n${text}`;
}

function bulletOf(options: NotesOptions): string {
  return options.style === 'conventional' ? '*' : '-';
}

/** By code units, so that the order is the same on every machine. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
