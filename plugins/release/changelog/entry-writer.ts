import type { HandlerContext } from '../../../src/plugin-api/index.ts';
import { gatherNotes } from '../notes/gather-notes.ts';
import type { NotesStyle } from '../notes/notes-model.ts';
import { summaryOf } from '../release-fields.ts';
import { insertEntry } from './insert-entry.ts';
import { insertSection } from './insert-section.ts';

/** Adds an entry to a changelog without it (`null`: there is none yet); the default is that of the release. */
export type EntryWriter = (
  text: string | null,
  other?: {
    /** Of another version, with its tag where that is known. */
    readonly version?: string;
    readonly tag?: string;
    /** Of the commits up to this one; default: head. */
    readonly until?: string;
  },
) => Promise<string>;

/** The entry of the release. */
export interface NewEntry {
  readonly version: string;
  readonly date: string;
  readonly link: string | null;
}

/** How a step writes entries, as its configuration says. */
export function writerOf(context: HandlerContext, entry: NewEntry): EntryWriter {
  const style = styleOf(context);
  return style === 'seed' ? seedWriter(context, entry) : sectionWriter(context, style, entry);
}

function seedWriter(context: HandlerContext, entry: NewEntry): EntryWriter {
  const summary = summaryOf(context);
  return async (text, { version = entry.version } = {}) => {
    // Of another version the link is the same but for that: text and path are made of it.
    const link = entry.link?.replaceAll(entry.version, () => version) ?? null;
    return insertEntry(text, { ...entry, version, link, summary });
  };
}

function sectionWriter(context: HandlerContext, style: NotesStyle, entry: NewEntry): EntryWriter {
  const summary = summaryOf(context);
  const unreleased = context.config.unreleased === 'keep' ? 'keep' : 'carry';
  return async (text, { version = entry.version, ...more } = {}) => {
    const question = { ...entry, version, summary, style, ...more };
    const { tag, previousTag, body, links } = await gatherNotes(context, question);
    return insertSection(text, { ...entry, version, tag, previousTag, body, summary }, { style, links, unreleased });
  };
}

/** `seed`: summary and link. */
export function styleOf(context: HandlerContext): NotesStyle {
  const { style } = context.config;
  return style === 'keep-a-changelog' || style === 'conventional' ? style : 'seed';
}
