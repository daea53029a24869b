import {
  type GitAdapter,
  type HandlerContext,
  PluginFailure,
  releaseOfVersion,
  releasesOf,
} from '../../../src/plugin-api/index.ts';
import { type Outline, readOutline } from './outline.ts';
import { lineOf } from './uncommitted-entry.ts';

interface ChangelogOfRelease {
  readonly file: string;
  readonly outline: Outline;
  /** The version that is released. */
  readonly version: string;
}

/** A release by its version and its tag. */
interface TaggedRelease {
  readonly version: string;
  readonly tag: string;
}

/** Of packages that this run gives one version, a changelog has room for one entry: that of the others would be lost. */
export async function refuseSharedEntry(
  context: HandlerContext,
  { file, version }: Pick<ChangelogOfRelease, 'file' | 'version'>,
): Promise<void> {
  const steps = await context.upstream('release.changelog_update');
  const isEntered = steps.some(({ outputs }) => outputs.main_changelog === file && outputs.entry_version === version);
  if (!isEntered) return;
  const packages = (await releasesOf(context)).filter((one) => one.outcome !== 'nothing' && one.version === version);
  if (packages.length < 2) return;
  const tags = packages.map(({ tag }) => tag ?? version).join(' and ');
  throw otherPackageFailure(file, `${tags} would share one entry in ${file}`);
}

/** Entries of several packages cannot be told apart by their versions, and a new one is named like the newest. */
export async function refuseOtherPackage(
  context: HandlerContext,
  { file, outline, version }: ChangelogOfRelease,
): Promise<void> {
  const release = await releaseOfVersion(context);
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  if (git === null || release?.version !== version || release.tag === null) return;
  const { tag } = release;
  const other = await packageInHeading(git, outline, { version, tag });
  if (other !== null) {
    throw otherPackageFailure(file, `${file} has entries of the package ${other}, and this step enters ${tag}`);
  }
  const owner = lineOf(outline, version) === null ? null : await ownerOfEntry(git, file, { version, tag });
  if (owner !== null) {
    throw otherPackageFailure(file, `${file} has the entry of ${owner} for ${version}, and this step enters ${tag}`);
  }
}

function otherPackageFailure(file: string, why: string): PluginFailure {
  const advice = 'give each package a changelog of its own with `main_changelog`';
  return new PluginFailure('handler', `${why}: ${advice}`, { file, retryable: false });
}

/** The package, other than that of a tag (`core@1.2.0`), that the newest entry names (`## cli@0.4.0`); `null`: none. */
async function packageInHeading(
  git: GitAdapter,
  { versions, oldestFirst }: Outline,
  { version, tag }: TaggedRelease,
): Promise<string | null> {
  const own = packageBefore(tag.slice(0, Math.max(tag.lastIndexOf(version), 0)));
  const newest = oldestFirst ? versions.at(-1) : versions[0];
  if (own === null || newest === undefined) return null;
  const named = packageBefore(newest.heading.text.slice(0, newest.version.start));
  if (named === null || named.toLowerCase() === own.toLowerCase()) return null;
  // A heading may hold any word, or the name that a package had.
  const isOfNamed = ({ name }: { readonly name: string }) => /(?:^|\/)([\w.-]+)@v?\d/.exec(name)?.[1] === named;
  return (await git.tags()).some(isOfNamed) ? named : null;
}

/** Without the scope, which some leave out. */
function packageBefore(text: string): string | null {
  return /([\w.-]+)@v?$/.exec(text)?.[1] ?? null;
}

/** The tag of another package that had the committed entry of this version when it was released; `null`: none. */
async function ownerOfEntry(git: GitAdapter, file: string, { version, tag }: TaggedRelease): Promise<string | null> {
  const own = beforeVersion(tag, version);
  const hasEntry = async (revision: string) => {
    const text = await git.fileAt(revision, file).catch(() => null);
    return text !== null && lineOf(readOutline(text, version), version) !== null;
  };
  // One that a failed run has left is in no commit.
  if (own === '' || !(await hasEntry('HEAD'))) return null;
  const others = (await git.tags()).filter(({ name }) => !['', own].includes(beforeVersion(name, version)));
  for (const { name } of others) if (await hasEntry(`refs/tags/${name}`)) return name;
  return null;
}

/** What a tag says before its version, `core@` of `core@v1.2.0`; empty where it says nothing or has another version. */
function beforeVersion(tag: string, version: string): string {
  const before = tag.endsWith(version) ? tag.slice(0, tag.length - version.length) : '';
  return /[\d.]$/.test(before) ? '' : before.replace(/(?<![A-Za-z])v$/, '');
}
