import type { HostLinks } from '../notes/host-links.ts';
import { type ChangelogEntry, entryBody } from './changelog-entry.ts';
import { insertSection } from './insert-section.ts';

/** Where the release of an entry stands, for a heading or a definition that links to it. */
export interface EntryPlace {
  readonly tag: string;
  readonly previousTag: string | null;
  readonly links: HostLinks | null;
}

/**
 * The changelog with an entry, which is a section of summary and link: what stands under "Unreleased" is not its text.
 * A changelog that has the version already comes back as it is; `null` stands for a file that does not exist yet.
 */
export function insertEntry(
  content: string | null,
  entry: ChangelogEntry,
  { tag, previousTag, links }: EntryPlace,
): string {
  const section = { ...entry, tag, previousTag, body: entryBody(entry) };
  return insertSection(content, section, { style: 'seed', links, unreleased: 'keep' });
}
