import {
  type HandlerContext,
  headings,
  type JsonMap,
  optionalText,
  parseText,
  sectionEnd,
  textList,
} from '../../../../src/plugin-api/index.ts';
import type { Change, LinesByPath } from '../change/change.ts';
import { type ConventionalHeader, readHeader } from './conventional-header.ts';
import { checked, type Rule, type RuleAnswer } from './rule.ts';

const defaultFolders = ['changes', '.changeset', 'changelog.d', 'newsfragments'] as const;
const defaultTypes = ['build', 'chore', 'ci', 'docs', 'style', 'test'] as const;
const defaultLabels = ['no-changelog', 'skip-changelog'] as const;

export const changelogEntry: Rule = {
  description: 'The change has an entry in the changelog: under Unreleased, or a file in a folder of entries.',
  options: {
    file: { type: 'string', minLength: 1, path: true, description: 'The changelog; default CHANGELOG.md.' },
    folders: {
      type: 'array',
      items: { type: 'string', minLength: 1, path: true },
      description: `Folders with a file for each entry; default ${defaultFolders.join(', ')}.`,
    },
    unless_types: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description: `Types of changes that need none; default ${defaultTypes.join(', ')}. Breaking ones always do.`,
    },
    unless_labels: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description: `Labels of pull requests that need none; default ${defaultLabels.join(', ')}.`,
    },
  },

  async check({ options, context, change }) {
    const places = placesOf(options);
    if (!(await isKept(context, places))) {
      return notApplicable(`there is no ${places.file}, and none of the folders ${places.folders.join(', ')}`);
    }
    const labels = listed(options, 'unless_labels', defaultLabels);
    const label = change.fields.labels.find((name) => labels.includes(name));
    if (label !== undefined) return notApplicable(`the label ${label} asks for none`);
    const lines = await change.lines();
    if (lines === null) {
      return notApplicable('nothing says what the change starts from: there is no pull request, and no `change.base`');
    }
    if (lines.size === 0) return notApplicable('the change adds no lines');
    if (await needsNone(change, listed(options, 'unless_types', defaultTypes))) {
      return notApplicable('a change of this type needs none');
    }
    if (hasFile(lines, places.folders)) return checked([]);
    return checked(await entryFaults(context, places, lines));
  },
};

interface EntryPlaces {
  readonly file: string;
  readonly folders: readonly string[];
}

function placesOf(options: JsonMap): EntryPlaces {
  const folders = listed(options, 'folders', defaultFolders).map((folder) => folder.replace(/^(?:\.\/)+|\/+$/g, ''));
  return { file: (optionalText(options, 'file') ?? 'CHANGELOG.md').replace(/^(?:\.\/)+/, ''), folders };
}

function listed(options: JsonMap, key: string, otherwise: readonly string[]): readonly string[] {
  return options[key] === undefined || options[key] === null ? otherwise : textList(options, key);
}

async function isKept({ files }: HandlerContext, { file, folders }: EntryPlaces): Promise<boolean> {
  for (const path of [file, ...folders]) if (await files.exists(path)) return true;
  return false;
}

/** The title says what the change is; without one, all of its commits have to be of such types. */
async function needsNone(change: Change, types: readonly string[]): Promise<boolean> {
  const needs = (line: string) => !isExempt(readHeader(line), types);
  if (change.fields.title !== null) return !needs(change.fields.title);
  const { commits } = await change.commits(null);
  const own = commits.filter(({ parents }) => parents.length < 2);
  return own.length > 0 && !own.some(({ subject }) => needs(subject));
}

function isExempt(header: ConventionalHeader | { readonly kind: 'malformed' }, types: readonly string[]): boolean {
  return header.kind === 'header' && !header.breaking && types.includes(header.type.toLowerCase());
}

/** Explanations of the folder itself are no entries. */
function hasFile(lines: LinesByPath, folders: readonly string[]): boolean {
  return [...lines.keys()].some((path) => {
    const folder = folders.find((name) => path.startsWith(`${name}/`));
    return folder !== undefined && !/^(?:README(?:\.\w+)?|config\.\w+|\..*)$/i.test(path.slice(folder.length + 1));
  });
}

async function entryFaults(
  { files }: HandlerContext,
  { file, folders }: EntryPlaces,
  lines: LinesByPath,
): Promise<Extract<RuleAnswer, { readonly kind: 'checked' }>['findings']> {
  const changed = lines.get(file);
  if (changed === undefined || changed.length === 0 || !(await files.exists(file))) {
    const hint = `Add one under Unreleased of ${file}, or a file in one of ${folders.join(', ')}.`;
    return [{ level: 'error', message: 'the change has no entry in the changelog', hint }];
  }
  const [first] = changed;
  if (isEntry(await files.read(file), changed) || first === undefined) return [];
  const message = `the change touches ${file}, but adds nothing under its heading Unreleased`;
  const hint = 'Entries of versions that are out stay as they are: add one under Unreleased.';
  return [{ level: 'error', message, file, line: first[0], hint }];
}

/** A line of text under Unreleased. A new heading is a release, which moves entries; without Unreleased any line does. */
function isEntry(text: string, changed: readonly (readonly [number, number])[]): boolean {
  const document = parseText(text);
  const all = headings(document);
  const unreleased = all.find(({ text: title }) => /^\[?(?:unreleased|next|upcoming)\b/i.test(title));
  if (unreleased === undefined) return true;
  const end = sectionEnd(document, all, unreleased);
  const isChanged = (line: number) => changed.some(([from, to]) => line + 1 >= from && line + 1 <= to);
  const isRelease = all.some(
    ({ line, level }) => level === unreleased.level && line !== unreleased.line && isChanged(line),
  );
  if (isRelease) return true;
  const marks = new Set(all.map(({ line }) => line));
  return document.lines.some(
    (line, at) => at > unreleased.line && at < end && isChanged(at) && line.text.trim() !== '' && !marks.has(at),
  );
}

function notApplicable(reason: string): RuleAnswer {
  return { kind: 'not-applicable', reason };
}
