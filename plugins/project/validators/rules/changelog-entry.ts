import {
  type Finding,
  type HandlerContext,
  type Heading,
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
    const texts = await change.texts();
    const labels = listed(options, 'unless_labels', defaultLabels);
    const label = texts?.labels.find((name) => labels.includes(name));
    if (label !== undefined) return notApplicable(`the label ${label} asks for none`);
    const lines = await change.lines();
    if (lines === null) {
      return notApplicable('nothing says what the change starts from: there is no pull request, and no `change.base`');
    }
    if (lines.size === 0) return notApplicable('the change touches no files');
    if (await needsNone(change, texts?.title ?? null, listed(options, 'unless_types', defaultTypes))) {
      return notApplicable('a change of this type needs none');
    }
    if (hasFile(lines, places.folders)) return checked([]);
    const faults = await entryFaults({ context, change, lines }, places);
    return checked(texts === null ? faults.map(unsure) : faults);
  },
};

/** The pull request passed before it came into the queue: what excused it there is not known here. */
function unsure(fault: Finding): Finding {
  const advice =
    'Whether its title or a label excuses it is not known: give the run a token that reads pull requests (`github-token`).';
  return { ...fault, level: 'warning', hint: `${advice} ${fault.hint ?? ''}`.trim() };
}

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
async function needsNone(change: Change, title: string | null, types: readonly string[]): Promise<boolean> {
  const needs = (line: string) => !isExempt(readHeader(line), types);
  if (title !== null) return !needs(title);
  const { commits } = await change.commits(null);
  const own = commits.filter(({ parents }) => parents.length < 2);
  return own.length > 0 && !own.some(({ subject }) => needs(subject));
}

function isExempt(header: ConventionalHeader | { readonly kind: 'malformed' }, types: readonly string[]): boolean {
  return header.kind === 'header' && !header.breaking && types.includes(header.type.toLowerCase());
}

/** An entry that was taken away is none, and neither are explanations of the folder itself. */
function hasFile(lines: LinesByPath, folders: readonly string[]): boolean {
  return [...lines].some(([path, added]) => {
    if (added.length === 0) return false;
    const folder = folders.find((name) => path.startsWith(`${name}/`));
    return folder !== undefined && !/^(?:README(?:\.\w+)?|config\.\w+|\..*)$/i.test(path.slice(folder.length + 1));
  });
}

interface Surroundings {
  readonly context: HandlerContext;
  readonly change: Change;
  readonly lines: LinesByPath;
}

async function entryFaults(
  { context: { files }, change, lines }: Surroundings,
  { file, folders }: EntryPlaces,
): Promise<readonly Finding[]> {
  const changed = lines.get(file);
  const [first] = changed ?? [];
  if (changed === undefined || first === undefined || !(await files.exists(file))) {
    const hint = `Add one under Unreleased of ${file}, or a file in one of ${folders.join(', ')}.`;
    return [{ level: 'error', message: 'the change has no entry in the changelog', hint }];
  }
  const text = await files.read(file);
  if (hasEntry(text, changed)) return [];
  if (touchesVersion(text, changed) && addsVersion(await change.textBefore(file), text)) return [];
  const message = `the change touches ${file}, but adds nothing under its heading Unreleased`;
  const hint = 'Entries of versions that are out stay as they are: add one under Unreleased.';
  return [{ level: 'error', message, file, line: first[0], hint }];
}

type Stretches = readonly (readonly [number, number])[];

/** A line of text under Unreleased; without that heading any line is one. */
function hasEntry(text: string, changed: Stretches): boolean {
  const document = parseText(text);
  const all = headings(document);
  const unreleased = all.find(isUnreleased);
  if (unreleased === undefined) return true;
  const end = sectionEnd(document, all, unreleased);
  const marks = new Set(all.map(({ line }) => line));
  return document.lines.some(
    (line, at) => at > unreleased.line && at < end && isIn(changed, at) && line.text.trim() !== '' && !marks.has(at),
  );
}

function touchesVersion(text: string, changed: Stretches): boolean {
  const all = headings(parseText(text));
  return versionsOf(all, levelOf(all)).some(({ line }) => isIn(changed, line));
}

/** A release moves entries under a heading of its own; one whose date is mended was there before. */
function addsVersion(before: string | null, after: string): boolean {
  const all = headings(parseText(after));
  const level = levelOf(all);
  return versionsOf(all, level).length > versionsOf(headings(parseText(before ?? '')), level).length;
}

function levelOf(all: readonly Heading[]): number | null {
  return all.find(isUnreleased)?.level ?? null;
}

function versionsOf(all: readonly Heading[], level: number | null): readonly Heading[] {
  return all.filter((heading) => heading.level === level && !isUnreleased(heading));
}

function isUnreleased({ text }: Heading): boolean {
  return /^\[?(?:unreleased|next|upcoming)\b/i.test(text);
}

function isIn(stretches: Stretches, at: number): boolean {
  return stretches.some(([from, to]) => at + 1 >= from && at + 1 <= to);
}

function notApplicable(reason: string): RuleAnswer {
  return { kind: 'not-applicable', reason };
}
