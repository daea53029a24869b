import { headings, parseText, type TemplateContext } from '../../../../src/plugin-api/index.ts';
import { readOutline } from '../../changelog/outline.ts';
import { textOf } from './file-text.ts';

export type ChangelogStyle = 'keep-a-changelog' | 'conventional' | 'entry';

export interface ChangelogFacts {
  readonly path: string;
  readonly style: ChangelogStyle;
  /** What in it tells the style. */
  readonly why: string;
}

const names = /^(?:changelog|history|changes)\.(?:md|markdown)$/i;
const kinds = /^(?:Added|Changed|Deprecated|Removed|Fixed|Security)$/i;
const groups = /^(?:\S+ )?(?:Features?|Bug ?Fixes|Performance(?: Improvements)?|Reverts|BREAKING CHANGES)$/i;

/** The changelog of a folder (`''`: the top) as it is kept so far; `null` where there is none. */
export async function changelogFacts(context: TemplateContext, folder = ''): Promise<ChangelogFacts | null> {
  const found = (await context.files.list(folder === '' ? '.' : folder)).filter((name) => names.test(name));
  // `CHANGELOG.md` counts before `HISTORY.md`, and that before `CHANGES.md`.
  const [name] = found.sort((a, b) => rank(a) - rank(b));
  if (name === undefined) return null;
  const path = folder === '' ? name : `${folder}/${name}`;
  const content = await textOf(context, path);
  return content === null ? null : { path, ...styleOf(content) };
}

/** By the headings below its versions. */
export function styleOf(content: string): { readonly style: ChangelogStyle; readonly why: string } {
  const texts = headings(parseText(content)).map(({ text }) => text.trim());
  const kind = texts.find((text) => kinds.test(text));
  const group = texts.find((text) => groups.test(text));
  if (kind !== undefined) return { style: 'keep-a-changelog', why: `it has the heading "${kind}"` };
  if (group !== undefined) return { style: 'conventional', why: `it has the heading "${group}"` };
  const { versions, unreleased } = readOutline(content, '');
  if (unreleased !== null) {
    return { style: 'keep-a-changelog', why: `it has the heading "${unreleased.heading.text.trim()}"` };
  }
  return versions.length > 0
    ? { style: 'entry', why: 'its versions have no headings below them' }
    : { style: 'keep-a-changelog', why: 'it has no version yet' };
}

function rank(name: string): number {
  return ['changelog', 'history', 'changes'].findIndex((stem) => name.toLowerCase().startsWith(stem));
}
