import type { HandlerContext } from '../../../src/plugin-api/index.ts';
import { gatherNotes, placeOfRelease } from '../notes/gather-notes.ts';
import type { NotesStyle } from '../notes/notes-model.ts';
import { summaryOf } from '../release-fields.ts';
import { type EntryPlace, insertEntry } from './insert-entry.ts';
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
  return async (text, { version = entry.version, tag } = {}) => {
    // Of another version the link is the same but for that: text and path are made of it.
    const link = entry.link?.replaceAll(entry.version, () => version) ?? null;
    const asked = { version, ...(tag !== undefined && { tag }) };
    const place = namesLinked(text ?? '') ? await placeOfRelease(context, asked) : unlinked(asked);
    return insertEntry(text, { ...entry, version, link, summary }, place);
  };
}

/** Whether a version or "Unreleased" leads somewhere: git is asked for addresses only then. */
function namesLinked(text: string): boolean {
  return /\[[*_`]{0,3}(?:v?\d|unreleased)[^\][]*\](?:[(:]|\[)/i.test(text);
}

function unlinked({ version, tag = `v${version}` }: { readonly version: string; readonly tag?: string }): EntryPlace {
  return { tag, previousTag: null, links: null };
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
