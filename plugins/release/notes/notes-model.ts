import type { TemplateText } from '../../../src/plugin-api/index.ts';
import type { CollectedCommits } from '../commits/commit-collector.ts';
import type { HostLinks } from './host-links.ts';

export const notesStyles = ['conventional', 'keep-a-changelog', 'seed'] as const;
/**
 * `conventional`: a section a type, breaking changes on top. `keep-a-changelog`: Added, Changed and so on, breaking
 * changes marked in their places. `seed`: the summary and the link to the detailed changelog alone.
 */
export type NotesStyle = (typeof notesStyles)[number];

/** Sections stand in the given order; types that share a title share the section. */
export interface NotesSection {
  /** As in commits; `*` for messages that are not conventional, `breaking` for breaking changes. */
  readonly type: string;
  readonly title: string;
  readonly hidden: boolean;
}

/** What the notes are about. */
export interface NotesFacts {
  readonly version: string;
  readonly date: string;
  readonly tag: string;
  /** The tag of the release before; `null` for the first. */
  readonly previousTag: string | null;
  /** Markdown above the sections; may be empty. */
  readonly summary: string;
  /** Markdown link to the detailed changelog, for the style `seed`. */
  readonly link: string | null;
  readonly commits: CollectedCommits;
}

export interface NotesOptions {
  readonly style: NotesStyle;
  readonly sections: readonly NotesSection[];
  /** `null`: no links. */
  readonly links: HostLinks | null;
  /** Who made a change: nowhere, after each item, or in a section at the end. */
  readonly authors: 'none' | 'items' | 'section';
  /** Whether a line at the end links to the comparison with the release before. */
  readonly compare: boolean;
  /**
   * Own text of an item, with `{scope} {subject} {hash} {link} {references} {pull_request} {author} {type}`;
   * `null`: the usual one.
   */
  readonly item: TemplateText | null;
  /**
   * Own text of the whole, with `{version} {date} {tag} {summary} {sections} {compare} {contributors}`; `null`: the
   * usual one.
   */
  readonly template: TemplateText | null;
}

/** Names that the two templates know, for the schemas of steps. */
export const itemPlaceholders = [
  'type',
  'scope',
  'subject',
  'hash',
  'link',
  'references',
  'pull_request',
  'author',
] as const;
export const notesPlaceholders = ['version', 'date', 'tag', 'summary', 'sections', 'compare', 'contributors'] as const;
