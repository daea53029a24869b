import { compareByNumbers } from '../scheme/scheme.ts';
import { type Decision, type FileVersions, type ReleaseFacts, stop } from './release-facts.ts';

type TagFacts = Pick<ReleaseFacts, 'file' | 'names' | 'scheme' | 'tags'>;

/** Tags that nobody can read must not make it look as if there were none, or only older ones. */
export function unreadableTags({ request, tags, scheme, file, names }: ReleaseFacts): Decision | null {
  if (file !== null || request.exact !== null) return null;
  const [newest] = tags.merged;
  if (newest !== undefined) {
    if (tags.newer.length === 0) return null;
    return stop(
      'unreadable-tags',
      `${someOf(tags.newer)} looks newer than \`${newest.name}\`, but is no version of ${scheme.title}: set \`scheme\` to one that reads all of them, ask for the version with \`version\`, or delete the tag if it was made by mistake`,
    );
  }
  if (tags.unread.length > 0) {
    return stop(
      'unreadable-tags',
      `there are tags (${someOf(tags.unread)}), but none is a version of ${scheme.title}: set \`scheme\`, or \`tag_template\` if the releases are tagged otherwise`,
    );
  }
  if (tags.foreign.length === 0 || names.isNamed) return null;
  return stop(
    'unreadable-tags',
    `there are tags of another shape (${someOf(tags.foreign)}): set \`tag_template\` if they are those of this project's releases, or ask for the first version with \`version\` if they are not`,
  );
}

/**
 * The same beside a file, where the commits since the last release decide: they would be all that there ever were. It
 * takes a tag that is that release as good as certain, for others may be of anything.
 */
export function uncountedRelease(facts: ReleaseFacts): Decision | null {
  const { file, names, scheme, survey } = facts;
  const releases = uncountedTags(facts).filter((tag) => mayBeLastRelease(tag, facts));
  const [newest] = releases.sort((a, b) => compareByNumbers(names.versionIn(b) ?? '', names.versionIn(a) ?? ''));
  if (file === null || newest === undefined) return null;
  const usual = names.tagFor('{version}');
  const odd =
    names.versionIn(newest) === null ? `of another shape than \`${usual}\`` : `that are no versions of ${scheme.title}`;
  const meant = meantBy(newest, facts);
  const tag = meant === null ? null : names.tagFor(meant);
  const remote = survey?.remote?.name ?? 'origin';
  const commands = tag === null ? '' : ` (git tag ${tag} ${newest}^{}; git push ${remote} ${tag})`;
  return stop(
    'uncounted-tags',
    `there are tags ${odd} (${someOf(releases)}), and ${file.path} says ${writtenIn(file)}, so nobody knows which commits came since the last release: ${readingOf(newest, facts)}tag its commit as \`${usual}\`${commands}, or ask for the version with \`version\` if it is none of this project`,
  );
}

/** What would let the tag count as it is. A sign that is no point between the numbers no template makes up for. */
function readingOf(tag: string, { file, names }: TagFacts): string {
  if (names.versionIn(tag) !== null) return 'set `scheme` to one that reads tags and file, ';
  const written = file === null ? '' : writtenIn(file);
  return tag.includes(written) ? `set \`tag_template: ${tag.replace(written, () => '{version}')}\`, ` : '';
}

/** What is worth saying where a version is made all the same: its changelog begins where the history does. */
export function uncountedRemarks(decision: Decision, facts: ReleaseFacts): readonly string[] {
  const tags = decision.kind === 'release' && decision.commit === null ? uncountedTags(facts) : [];
  if (tags.length === 0) return [];
  return [
    `there are tags that look like versions (${someOf(tags)}), but none is \`${facts.names.tagFor('{version}')}\` with a version of ${facts.scheme.title}, so all commits count as new: set \`tag_template\` or \`scheme\` if they are those of this project's releases`,
  ];
}

/** Whether a tag is as good as certain the last release of this very project, though it does not count as one. */
export function mayBeLastRelease(tag: string, { file, names }: Pick<TagFacts, 'file' | 'names'>): boolean {
  if (file === null) return false;
  const text = names.versionIn(tag);
  if (text !== null) return looksLikeVersion(text, file);
  return !names.isNamed && !isOfPackage(tag) && saysVersion(tag, writtenIn(file));
}

/** Tags that look like versions, where none counts as a release. */
function uncountedTags({ file, names, tags }: TagFacts): readonly string[] {
  if (file === null || tags.merged.length > 0) return [];
  const unread = tags.unread.filter((tag) => looksLikeVersion(names.versionIn(tag) ?? '', file));
  // Beside the tags of packages, those of the whole are of this one only where they say what its file says.
  const foreign = tags.foreign.filter((tag) => (names.isNamed ? saysVersion(tag, writtenIn(file)) : !isDay(tag)));
  return [...unread, ...foreign];
}

/** Moving tags (`v4`) and days of a build are no versions, unless the file says that they are. */
function looksLikeVersion(text: string, file: FileVersions): boolean {
  return saysVersion(text, writtenIn(file)) || (/^\d+[._-]\d/.test(text) && !isDay(text));
}

function isDay(text: string): boolean {
  return /(?<!\d)(?:19|20)\d{2}[._-]?(?:0[1-9]|1[0-2])[._-]?(?:0[1-9]|[12]\d|3[01])(?!\d)/.test(text);
}

/** Named as the packages of a repository are: `cli@1.0.0`, `cli/v1.0.0`. */
function isOfPackage(tag: string): boolean {
  return /.@|\/v\d/.test(tag);
}

/** Whether a text ends with the numbers of a version, whatever stands between them: `curl-8_9_1` for 8.9.1. */
function saysVersion(text: string, version: string): boolean {
  const wanted = numbersIn(version).map(({ number }) => number);
  const found = numbersIn(text).slice(-wanted.length);
  const isWhole = !/\d[._]$/.test(text.slice(0, found[0]?.index ?? 0));
  return wanted.length > 1 && isWhole && found.map(({ number }) => number).join() === wanted.join();
}

function numbersIn(text: string): readonly { readonly number: number; readonly index: number }[] {
  return [...text.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ number: Number(digits), index }));
}

/** The version that a tag means, as the scheme writes it: with points for signs, and zeros for what is not said. */
function meantBy(tag: string, { file, names, scheme }: TagFacts): string | null {
  const written = file === null ? '' : writtenIn(file);
  const text = names.versionIn(tag);
  const spellings = text === null || saysVersion(tag, written) ? [written] : [text, text.replace(/[_-]/g, '.')];
  const padded = ['', '.0', '.0.0', '.0.0.0'].flatMap((zeros) => spellings.map((spelling) => `${spelling}${zeros}`));
  return padded.map((spelling) => scheme.parse(spelling)).find((version) => version !== null)?.text ?? null;
}

function writtenIn({ head, work }: FileVersions): string {
  return head ?? work;
}

function someOf(names: readonly string[]): string {
  const some = names.slice(0, 3).map((name) => `\`${name}\``);
  return `${some.join(', ')}${names.length > some.length ? ', …' : ''}`;
}
