import type { GitAdapter, GitSurvey } from '../../../src/plugin-api/index.ts';
import { compareByNumbers, looksNewer, type VersionScheme } from '../scheme/scheme.ts';
import type { ReleaseFacts, ReleaseTag, ReleaseTags } from './release-facts.ts';
import type { TagNames } from './tag-names.ts';

/** How many of the newest releases tell the scheme. */
const tellingTags = 20;

/** Of how many tags it is asked first whether they are in the history of head: some may stand on other branches. */
const askedTags = 24;

/** So many stable releases up to the version of the file are asked about where tags need not tell the scheme. */
const askedUpToFile = 3;

/**
 * Those tags of releases that look newest. Which of a long history's tags are in it takes as long as the way back to the
 * oldest of them, and a release goes by the newest. `written`: what the file says, where that tells the scheme.
 */
export function newestTags(tags: readonly string[], names: TagNames, written: string | null): readonly string[] {
  const newest = newestVersions(tags, names, askedTags);
  const upToFile = newest.filter(
    ({ text }) => isBare(text) && written !== null && compareByNumbers(text, written) <= 0,
  );
  const last = upToFile[askedUpToFile - 1];
  return newest.slice(0, last === undefined ? newest.length : newest.indexOf(last) + 1).map(({ tag }) => tag);
}

/** Numbers alone: in every scheme a stable release. */
function isBare(text: string): boolean {
  return /^\d+(?:\.\d+)*$/.test(text);
}

/** The newest versions that tags in the history of head say. */
export function newestTexts({ tagsMerged }: Pick<GitSurvey, 'tagsMerged'>, names: TagNames): readonly string[] {
  return newestVersions(tagsMerged, names, tellingTags).map(({ text }) => text);
}

/** Whether the tags that were asked about hold all that tell the scheme, where it takes tags to tell it. */
export function tellsScheme(survey: Pick<GitSurvey, 'tagsMerged' | 'tagsUnasked'>, names: TagNames): boolean {
  return survey.tagsUnasked.length === 0 || newestTexts(survey, names).length === tellingTags;
}

interface NamedVersion {
  readonly tag: string;
  readonly text: string;
  readonly isUsual: boolean;
}

/** The newest first, and before others those that are named just as the template writes them. One pass, however many. */
function newestVersions(tags: readonly string[], names: TagNames, count: number): readonly NamedVersion[] {
  const newest: NamedVersion[] = [];
  for (const tag of tags) {
    const text = names.versionIn(tag);
    if (text === null) continue;
    const named = { tag, text, isUsual: names.tagFor(text) === tag };
    const last = newest[count - 1];
    if (last !== undefined && !comesBefore(named, last)) continue;
    const before = newest.findIndex((one) => comesBefore(named, one));
    newest.splice(before < 0 ? newest.length : before, 0, named);
    if (newest.length > count) newest.pop();
  }
  return newest;
}

function comesBefore(one: NamedVersion, other: NamedVersion): boolean {
  return one.isUsual === other.isUsual ? compareByNumbers(one.text, other.text) > 0 : one.isUsual;
}

/**
 * Whether no tag that nobody asked about can change what is decided: all of those come before a stable release that is
 * known, and nothing is looked for from there on back. The decision looks for the version that the file says, and for one
 * before what stands on head, or what head made of the file.
 */
export function tellsReleases(
  survey: GitSurvey,
  { names, scheme, file }: Pick<ReleaseFacts, 'names' | 'scheme' | 'file'>,
): boolean {
  if (survey.tagsUnasked.length === 0) return true;
  // Where tags alone say which version there is, one that nobody can read counts too.
  if (file === null) return false;
  const onHead = [survey.tags, survey.remote?.tags ?? {}].flatMap((tags) =>
    Object.keys(tags).filter((name) => tags[name]?.commit === survey.head),
  );
  const read = (texts: readonly (string | null)[]) =>
    texts.map((text) => scheme.parse(text ?? '')).filter((version) => version !== null);
  const written = read([file.work, file.head]);
  const lookedBackFrom = [
    ...read(onHead.map((name) => names.versionIn(name))),
    ...(file.parent === null ? [] : written),
  ];
  const ground = sortedTags(survey, names, scheme).merged.find(
    ({ version }) =>
      !scheme.isPrerelease(version) &&
      written.every((one) => scheme.compare(version, one) <= 0) &&
      lookedBackFrom.every((one) => scheme.compare(version, one) < 0),
  );
  if (ground === undefined) return false;
  const unasked = tagsOf(survey, survey.tagsUnasked, names, scheme);
  return unasked.every(({ version }) => scheme.compare(version, ground.version) < 0);
}

/** The same survey with every tag asked about: one process. */
export async function withAllTags(git: GitAdapter, survey: GitSurvey): Promise<GitSurvey> {
  const tags = await git.tags({ merged: true });
  return { ...survey, tagsMerged: tags.map(({ name }) => name), tagsUnasked: [] };
}

/** All that tags tell of releases. */
export async function releaseTags(
  git: GitAdapter | null,
  survey: GitSurvey | null,
  names: TagNames,
  scheme: VersionScheme,
): Promise<ReleaseTags> {
  const tags = sortedTags(survey, names, scheme);
  const [newest] = tags.merged;
  if (git === null || survey === null || newest === undefined) return { ...tags, newer: [] };
  const suspects = tags.unread.filter((name) => looksNewer(names.versionIn(name) ?? '', newest.version.text));
  if (suspects.length === 0) return { ...tags, newer: [] };
  // What stands on a commit before it is of another age, when the releases were numbered otherwise.
  const since = new Set([newest.commit]);
  await git.eachCommit({ since: newest.name }, ({ hash }) => since.add(hash));
  return { ...tags, newer: suspects.filter((name) => since.has(survey.tags[name]?.commit ?? null)) };
}

/** The tags of the clone by what they are, as far as their names tell. */
export function sortedTags(
  survey: Pick<GitSurvey, 'tags' | 'tagsMerged'> | null,
  names: TagNames,
  scheme: VersionScheme,
): Omit<ReleaseTags, 'newer'> {
  if (survey === null) return { merged: [], unread: [], foreign: [] };
  const merged = tagsOf(survey, survey.tagsMerged, names, scheme);
  const isRead = new Set(merged.map(({ name }) => name));
  const others = survey.tagsMerged.filter((name) => !isRead.has(name));
  return {
    merged: withoutAliases(merged, names).sort((a, b) => scheme.compare(b.version, a.version)),
    unread: others.filter((name) => names.versionIn(name) !== null),
    foreign: others.filter((name) => names.versionIn(name) === null && looksForeign(name, names)),
  };
}

/** Of several tags of one version the one counts that is named just as the template writes it. */
function withoutAliases(tags: readonly ReleaseTag[], names: TagNames): ReleaseTag[] {
  const isUsual = ({ name }: ReleaseTag) => names.tagFor(names.versionIn(name) ?? '') === name;
  const usual = new Set(tags.filter(isUsual).map(({ version }) => version.text));
  return tags.filter((tag) => isUsual(tag) || !usual.has(tag.version.text));
}

function tagsOf(
  survey: Pick<GitSurvey, 'tags'>,
  tags: readonly string[],
  names: TagNames,
  scheme: VersionScheme,
): ReleaseTag[] {
  return tags.flatMap((name) => {
    const text = names.versionIn(name);
    const version = text === null ? null : scheme.parse(text);
    return version === null ? [] : [{ name, version, commit: survey.tags[name]?.commit ?? null }];
  });
}

/** A tag of another shape than the template's that looks like a version all the same; other packages have names. */
export function looksForeign(name: string, names: TagNames): boolean {
  return (names.isNamed ? /^v?\d+[._]\d/i : /\d[._]\d/).test(name);
}
