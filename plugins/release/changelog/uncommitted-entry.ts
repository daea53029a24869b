import type { GitAdapter, GitChange, ReleaseState } from '../../../src/plugin-api/index.ts';
import { findDate } from './heading-date.ts';
import { type Outline, readOutline } from './outline.ts';
import { sectionOf } from './section-of.ts';
import { readVersionList } from './version-list.ts';

/** More commits than these nobody makes to mend what kept a release from its commit. */
const mostOnTop = 8;

/** A changelog of the checkout, and a version that has an entry in it. */
export interface EntryPlace {
  readonly file: string;
  readonly text: string;
  readonly version: string;
}

/**
 * The changelog without an entry that is in no commit yet, in the line ends of the checkout; `text` is `null` where there is none.
 * `null`: the entry is committed.
 */
export async function committedBase(
  git: GitAdapter,
  { file, text, version }: EntryPlace,
): Promise<{ readonly text: string | null } | null> {
  const committed = await git.fileAt('HEAD', file).catch(() => null);
  if (committed === null) return { text: null };
  if (lineOf(readOutline(committed, version), version) !== null) return null;
  const isCrlf = !/(?:^|[^\r])\n/.test(text);
  return { text: isCrlf ? committed.replace(/\r?\n/g, '\r\n') : committed };
}

/** How the changes of a file stand: staged, unstaged, untracked; none where nothing is changed. */
export async function statesOf(git: GitAdapter, file: string): Promise<readonly GitChange['state'][]> {
  return (await git.changes()).flatMap(({ path, state }) => (path === file ? [state] : []));
}

/** Commits before head up to which a run that failed may have written an entry, newest first. */
export async function earlierHeads(git: GitAdapter, release: ReleaseState): Promise<readonly string[]> {
  const newest: string[] = [];
  await git.eachCommit({ since: release.previousTag, limit: mostOnTop + 1 }, ({ hash }) => newest.push(hash));
  return newest.slice(1);
}

/** The versions of a changelog and the lines that name them, whether it has sections or a list or table of versions. */
export function entriesIn(outline: Outline): readonly { readonly version: string; readonly line: number }[] {
  if (outline.versions.length === 0) return readVersionList(outline)?.entries ?? [];
  return outline.versions.map((section) => ({ version: section.version.version, line: section.heading.line }));
}

/** The line that names a version; `null` where the changelog has no entry for it. */
export function lineOf(outline: Outline, version: string): number | null {
  return entriesIn(outline).find((entry) => entry.version === version)?.line ?? null;
}

/** A changelog but for the date where one version is named: a run writes it with another one on another day. */
export function withoutDate(text: string, version: string): string {
  const at = lineOf(readOutline(text, version), version);
  return text
    .split('\n')
    .map((line, index) => (index === at ? undated(line.replaceAll(version, '')) : line))
    .join('\n');
}

function undated(line: string): string {
  const date = findDate(line);
  return date === null ? line : line.slice(0, date.start) + line.slice(date.end);
}

/** Items that the entry for a version would have, and that a changelog does not have; one is known by its commit, too. */
export function itemsMissing(
  text: string,
  anew: string,
  version: string,
): { readonly missing: readonly string[]; readonly present: number } {
  const section = sectionOf(anew, version) ?? '';
  const missing = itemsBeside(section, sectionOf(text, version) ?? '');
  return { missing, present: itemsOf(section).length - missing.length };
}

/** Items of a section that another one does not have. */
export function itemsBeside(section: string, other: string): readonly string[] {
  const lines = new Set(itemsOf(other));
  return itemsOf(section).filter((item) => !lines.has(item) && !namesCommit(other, item));
}

function itemsOf(section: string): readonly string[] {
  return section.split('\n').flatMap((line) => /^\s*[-*+] (.*\S)\s*$/.exec(line)?.[1] ?? []);
}

function namesCommit(section: string, item: string): boolean {
  const [, commit] = /[([]([0-9a-f]{7,40})[)\]]/.exec(item) ?? [];
  return commit !== undefined && section.includes(commit);
}
