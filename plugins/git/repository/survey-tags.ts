import type { GitSurveyOptions, GitTag } from '../../../src/plugin-api/index.ts';
import type { Repository } from './repository.ts';
import { listTags, refLines, tagFormat, tagOf } from './tags.ts';

// Of a branch what its newest commit is about, too.
const mergedFormat = `${tagFormat}%(if:equals=refs/heads)%(refname:rstrip=-2)%(then) %(contents:subject)%(end)`;

/** More tags than these are not named to git one by one: its command line has an end. */
const mostNamed = 200;

type Among = NonNullable<GitSurveyOptions['among']>;

/** What a survey tells of tags. */
interface SurveyedTags {
  readonly tags: readonly GitTag[];
  readonly merged: readonly string[];
  readonly unasked: readonly string[];
  readonly headSubject: string | null;
}

/** The tags of a plain checkout as its files tell them. What a loose one leads to is not told, and it may be a folder. */
interface FiledTags {
  readonly packed: readonly GitTag[];
  readonly loose: readonly string[];
}

/**
 * All tags, which of those that matter are in the history of head, and what head is about. One process where the file of
 * packed refs tells what the others are, or none are left out; in a long history it may take two: versions of git before
 * 2.41 cannot list all tags and say which are in the history at once.
 */
export async function surveyTags(repository: Repository, branch: string | null, among: Among): Promise<SurveyedTags> {
  const filed = await filedTags(repository);
  if (filed !== null && (await sparesListing(repository, filed, among))) {
    const { merged, headSubject } = await mergedTags(repository, branch, 'all');
    const tags = await allTags(repository, merged, filed);
    return { tags, merged: merged.map(({ name }) => name), unasked: [], headSubject };
  }
  const tags = filed?.loose.length === 0 ? filed.packed : await listTags(repository);
  const names = tags.map(({ name }) => name);
  const wanted = await among(names, commitsOf(tags));
  if (wanted === null) return { tags, merged: [], unasked: names, headSubject: null };
  const asked = new Set(wanted);
  const { merged, headSubject } = await mergedTags(repository, branch, [...asked]);
  const found = new Map(merged.filter(({ name }) => asked.has(name)).map((tag) => [tag.name, tag]));
  return {
    // What is known to be in the history is known to be a commit, too.
    tags: tags.map((tag) => found.get(tag.name) ?? tag),
    merged: [...found.keys()],
    unasked: names.filter((name) => !asked.has(name)),
    headSubject,
  };
}

/**
 * To list loose tags is a process more. It is worth it only where some are left out, and the way back through all history
 * is long.
 */
async function sparesListing(repository: Repository, { packed, loose }: FiledTags, among: Among): Promise<boolean> {
  if (loose.length === 0) return false;
  if (!(await repository.isLong())) return true;
  const names = [...new Set([...loose, ...packed.map(({ name }) => name)])];
  return new Set(await among(names, commitsOf(packed))).size === names.length;
}

function commitsOf(tags: readonly GitTag[]): (name: string) => string | null {
  const commits = new Map(tags.map(({ name, commit }) => [name, commit]));
  return (name) => commits.get(name) ?? null;
}

/** Those of some tags that are in the history of head, and what head is about where a branch is checked out. */
async function mergedTags(
  repository: Repository,
  branch: string | null,
  asked: readonly string[] | 'all',
): Promise<{ readonly merged: readonly GitTag[]; readonly headSubject: string | null }> {
  const isNamed = asked !== 'all' && asked.length <= mostNamed;
  const places = [
    ...(isNamed ? asked.map((name) => `refs/tags/${name}`) : ['refs/tags/']),
    ...(branch === null ? [] : [`refs/heads/${branch}`]),
  ];
  if (places.length === 0) return { merged: [], headSubject: null };
  const lines = await refLines(repository, ['--merged=HEAD', mergedFormat, '--', ...places]);
  const head = lines.find((line) => line.startsWith(`refs/heads/${branch} `));
  // Five fields come first, of which a branch has three.
  return { merged: lines.flatMap(tagOf), headSubject: head?.split(' ').slice(5).join(' ') ?? null };
}

/** Git is asked where a loose tag is not among those in the history. */
async function allTags(
  repository: Repository,
  merged: readonly GitTag[],
  { packed, loose }: FiledTags,
): Promise<readonly GitTag[]> {
  const isMerged = new Set(merged.map(({ name }) => name));
  if (loose.some((name) => !isMerged.has(name))) return listTags(repository);
  return [...packed.filter(({ name }) => !isMerged.has(name)), ...merged];
}

/** `null` where they stand elsewhere, or in a form that does not tell. */
async function filedTags(repository: Repository): Promise<FiledTags | null> {
  const files = await repository.tagFiles();
  const packed = files === null ? null : packedTags(files.packed);
  return files === null || packed === null ? null : { packed, loose: files.loose };
}

/** What a packed tag leads to stands in the file too, though not whether that is a commit; `null`: an older format. */
function packedTags(file: string): readonly GitTag[] | null {
  if (file === '') return [];
  const [header = '', ...lines] = file.split('\n');
  if (!/^# pack-refs with:.* fully-peeled /.test(header)) return null;
  const tags: GitTag[] = [];
  for (const [at, line] of lines.entries()) {
    const [, object, name] = /^([0-9a-f]{40,64}) refs\/tags\/(\S+)$/.exec(line) ?? [];
    if (object === undefined || name === undefined) continue;
    const peeled = /^\^([0-9a-f]{40,64})$/.exec(lines[at + 1] ?? '')?.[1];
    tags.push({ name, object, annotated: peeled !== undefined, commit: peeled ?? object });
  }
  return tags;
}
