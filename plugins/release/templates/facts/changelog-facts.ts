import { headings, parseText, type TemplateContext } from '../../../../src/plugin-api/index.ts';
import { type Outline, readOutline } from '../../changelog/outline.ts';
import { readVersionList } from '../../changelog/version-list.ts';
import { textOf } from './file-text.ts';

export type ChangelogStyle = 'keep-a-changelog' | 'conventional' | 'entry';

export interface ChangelogFacts {
  readonly path: string;
  readonly style: ChangelogStyle;
  /** What in it tells the style. */
  readonly why: string;
}

/** A file that people take for the changelog, to which no release can be written. */
export interface UnwrittenChangelog {
  readonly path: string;
  readonly reason: 'no-markdown' | 'unreadable';
}

/** In the order in which they count. Only the first three are changelogs whatever stands in them. */
const stems = ['changelog', 'history', 'changes', 'releases', 'news', 'releasenotes'];
const surely = 3;
const kinds = /^(?:Added|Changed|Deprecated|Removed|Fixed|Security)$/i;
const groups = /^(?:\S+ )?(?:Features?|Bug ?Fixes|Performance(?: Improvements)?|Reverts|BREAKING CHANGES)$/i;

interface ChangelogPlace {
  /** `''`: the top, or its `docs`. */
  readonly folder?: string;
  /** The version there is, which tells whether texts such as `2026.09.01` are versions. */
  readonly version?: string;
}

/** The changelog of a folder as it is kept so far; `null` where there is none. */
export async function changelogFacts(
  context: TemplateContext,
  { folder = '', version = '' }: ChangelogPlace = {},
): Promise<ChangelogFacts | null> {
  const found = await changelogIn(context, folder, version);
  return found ?? (folder === '' ? changelogIn(context, 'docs', version) : null);
}

async function changelogIn(context: TemplateContext, folder: string, version: string): Promise<ChangelogFacts | null> {
  const files = (await context.files.list(folder === '' ? '.' : folder)).filter((name) => rank(name) !== -1);
  for (const name of files.toSorted((a, b) => rank(a) - rank(b))) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const content = await textOf(context, path);
    if (content === null) continue;
    const hasVersions = readOutline(content, version).versions.length > 0;
    if (rank(name) < surely || hasVersions) return { path, ...styleOf(content, version) };
  }
  return null;
}

/** What stands in the place of a changelog, at the top or in `docs`, where `changelogFacts` finds none; else `null`. */
export async function unwrittenChangelog(context: TemplateContext): Promise<UnwrittenChangelog | null> {
  return (await unwrittenIn(context, '')) ?? unwrittenIn(context, 'docs/');
}

async function unwrittenIn(context: TemplateContext, folder: string): Promise<UnwrittenChangelog | null> {
  const names = await context.files.list(folder === '' ? '.' : folder);
  const markdown = names.filter((name) => rank(name) !== -1 && rank(name) < surely);
  const others = names.filter((name) => rank(name, otherName) !== -1);
  for (const name of [...markdown, ...others.toSorted((a, b) => rank(a, otherName) - rank(b, otherName))]) {
    const path = `${folder}${name}`;
    if ((await context.files.stat(path).catch(() => null))?.kind !== 'file') continue;
    return { path, reason: markdown.includes(name) ? 'unreadable' : 'no-markdown' };
  }
  return null;
}

/** By the headings below its versions. */
export function styleOf(content: string, version = ''): { readonly style: ChangelogStyle; readonly why: string } {
  const texts = headings(parseText(content)).map(({ text }) => text.trim());
  const kind = texts.find((text) => kinds.test(text));
  const group = texts.find((text) => groups.test(text));
  if (kind !== undefined) return { style: 'keep-a-changelog', why: `it has the heading "${kind}"` };
  if (group !== undefined) return { style: 'conventional', why: `it has the heading "${group}"` };
  const outline = readOutline(content, version);
  const { versions, unreleased } = outline;
  if (unreleased !== null) {
    return { style: 'keep-a-changelog', why: `it has the heading "${unreleased.heading.text.trim()}"` };
  }
  if (versions.length > 0) return { style: 'entry', why: entryReason(outline) };
  return readVersionList(outline) === null
    ? { style: 'keep-a-changelog', why: 'it has no version yet' }
    : { style: 'entry', why: 'it lists its versions' };
}

function entryReason({ headings: all, versions }: Outline): string {
  const own = new Set(versions.map(({ heading }) => heading));
  const isBelow = (line: number) => versions.some(({ bodyStart, end }) => line >= bodyStart && line < end);
  const below = all.find((heading) => !own.has(heading) && isBelow(heading.line));
  return below === undefined
    ? 'its versions have no headings below them'
    : `the headings below its versions, such as "${below.text.trim()}", are no kinds of changes`;
}

const markdownName = /^([\w-]+)\.(?:md|markdown)$/i;
const otherName = /^([\w-]+)(?:\.(?:txt|rst|adoc|asciidoc|org|rdoc|textile))?$/i;

/** -1: its name is not that of a changelog. */
function rank(name: string, form = markdownName): number {
  const stem = form.exec(name)?.[1];
  return stem === undefined ? -1 : stems.indexOf(stem.toLowerCase().replace(/[-_]/g, ''));
}
