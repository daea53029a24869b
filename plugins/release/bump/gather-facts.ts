import {
  type GitAdapter,
  type GitSurvey,
  type HandlerContext,
  mentionsVersion,
  PluginFailure,
} from '../../../src/plugin-api/index.ts';
import { type BumpDecision, decideBump } from '../commits/decide-bump.ts';
import { type CalendarDay, compareByNumbers, looksNewer, type Version, type VersionScheme } from '../scheme/scheme.ts';
import { schemeOfFile } from '../writers/format-of-file.ts';
import type { BumpSettings } from './bump-settings.ts';
import { collectCommits, loadCollector } from './collect-commits.ts';
import { baseOf, releaseBefore } from './decide-release.ts';
import type { FileVersions, ReleaseFacts, ReleaseRequest, ReleaseTag, ReleaseTags } from './release-facts.ts';
import { chooseScheme } from './scheme-choice.ts';
import { type TagNames, tagNames } from './tag-names.ts';
import { committedVersions, readVersionFiles, type VersionFile } from './version-files.ts';

export interface Gathered {
  readonly facts: ReleaseFacts;
  readonly files: readonly VersionFile[];
  /** `null` where the workspace is in no repository. */
  readonly git: GitAdapter | null;
  /** What is worth saying besides. */
  readonly remarks: readonly string[];
}

/** Looks at files, repository and remote. Changes nothing. */
export async function gatherFacts(context: HandlerContext, settings: BumpSettings): Promise<Gathered> {
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  const readsCommits = settings.request.increment === 'auto' && !settings.fromTag;
  const [files, survey] = await Promise.all([
    settings.fromTag ? [] : readVersionFiles(context, settings.targets),
    git === null ? null : surveyOf(git, settings),
    readsCommits ? loadCollector() : null,
  ]);
  const [first] = files;
  const names = tagNames(settings.tagTemplate);
  const today = dayOf(await context.now());
  const { scheme, remark } = await chooseScheme(settings.scheme, {
    written: first?.text ?? null,
    tagged: survey === null ? [] : newestTexts(survey, names),
    usual: first === undefined ? null : usualSchemeOf(first.target.path, settings.request),
    today,
  });
  const tags = await releaseTags(git, survey, names, scheme);
  const file = first ? await versionsOf(first, survey, git) : null;
  const before = { request: settings.request, scheme, tags, file };
  const base = baseOf(before);
  const facts: ReleaseFacts = {
    ...before,
    names,
    today,
    survey,
    headSubject: await headSubject(file, survey, git),
    commits: readsCommits
      ? await commitDecision(context, survey === null ? null : git, settings, { since: releaseBefore(before), base })
      : null,
  };
  const unreachable = survey?.remote && !survey.remote.reachable ? [unreachableRemark(survey.remote)] : [];
  return {
    facts,
    files,
    git: survey === null ? null : git,
    remarks: [...(remark === null ? [] : [remark]), ...unreachable],
  };
}

/**
 * The scheme that files of the name are for. Python's is taken where it makes a difference: numbers alone are written
 * and raised alike.
 */
function usualSchemeOf(path: string, { prerelease }: ReleaseRequest): 'semver' | 'pep440' | null {
  const scheme = schemeOfFile(path);
  return scheme === 'pep440' && prerelease === null ? null : scheme;
}

/** `null` in a folder that is no repository: files alone can be raised there. */
async function surveyOf(git: GitAdapter, settings: BumpSettings): Promise<GitSurvey | null> {
  try {
    return await git.survey(settings.checkRemote ? (settings.remote ?? undefined) : null);
  } catch (error) {
    if (error instanceof PluginFailure && error.failure.kind === 'not-found') return null;
    throw error;
  }
}

/**
 * What the commits before say is asked only where it could matter: the file differs from the newest commit, or that
 * commit may be a release, which names its version.
 */
async function versionsOf(file: VersionFile, survey: GitSurvey | null, git: GitAdapter | null): Promise<FileVersions> {
  const { path } = file.target;
  const inFiles = { path, work: file.text, head: null, parent: null };
  if (git === null || survey?.head == null) return inFiles;
  const isClean = !survey.changes.some((change) => change.path === path);
  const mayBeRelease = survey.headSubject === null || mentionsVersion(survey.headSubject, file.text);
  return isClean && !mayBeRelease ? { ...inFiles, head: file.text } : committedVersions(git, file);
}

/** Asked only where the newest commit changed the version: it may be a release. */
async function headSubject(file: FileVersions | null, survey: GitSurvey | null, git: GitAdapter | null) {
  if (file === null || git === null || file.head === null || file.parent === null || file.head === file.parent)
    return null;
  if (survey?.headSubject != null) return survey.headSubject;
  const [newest] = await git.commits(null, 1);
  return newest?.subject ?? null;
}

async function commitDecision(
  context: HandlerContext,
  git: GitAdapter | null,
  { zeroMajor }: BumpSettings,
  { since, base }: { readonly since: ReleaseTag | null; readonly base: Version | null },
): Promise<BumpDecision> {
  if (git === null) {
    const message = '`increment_type: auto` reads commits, and the workspace is in no git repository';
    throw new PluginFailure('handler', message, { retryable: false });
  }
  const tag = since?.name ?? null;
  return decideBump(await collectCommits(context, git, { since: tag, until: null }), {
    since: tag,
    initialDevelopment: base !== null && isInitial(base),
    zeroMajor,
  });
}

/** `0.x` promises nothing. */
function isInitial(version: Version): boolean {
  switch (version.scheme) {
    case 'semver':
      return version.major === 0;
    case 'pep440':
      return version.release[0] === 0;
    case 'parts':
      return version.numbers[0] === 0;
    case 'calver':
    case 'pattern':
      return false;
  }
}

/** How many tags are looked at for their scheme. */
const tellingTags = 20;

/** The newest versions that tags say, those first that are named just as the template writes them. */
function newestTexts({ tagsMerged }: GitSurvey, names: TagNames): readonly string[] {
  const named = tagsMerged.flatMap((tag) => {
    const text = names.versionIn(tag);
    return text === null ? [] : [{ text, isUsual: names.tagFor(text) === tag }];
  });
  const byAge = named.sort((a, b) => Number(b.isUsual) - Number(a.isUsual) || compareByNumbers(b.text, a.text));
  return byAge.slice(0, tellingTags).map(({ text }) => text);
}

async function releaseTags(
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
  const merged: ReleaseTag[] = [];
  const unread: string[] = [];
  const foreign: string[] = [];
  for (const name of survey?.tagsMerged ?? []) {
    const text = names.versionIn(name);
    const version = text === null ? null : scheme.parse(text);
    if (version !== null) merged.push({ name, version, commit: survey?.tags[name]?.commit ?? null });
    else if (text !== null) unread.push(name);
    else if (looksForeign(name, names)) foreign.push(name);
  }
  return { merged: merged.sort((a, b) => scheme.compare(b.version, a.version)), unread, foreign };
}

function looksForeign(name: string, names: TagNames): boolean {
  return !names.isNamed && /\d[._]\d/.test(name);
}

/** Tags of the remote that this clone lacks and that tell of releases; `fromTag`: the version is known from one. */
export function missingTags({ survey, names, scheme, file }: ReleaseFacts, fromTag: boolean): readonly string[] {
  if (!survey?.remote) return [];
  return Object.keys(survey.remote.tags).filter((name) => {
    if (survey.tags[name] !== undefined) return false;
    const text = names.versionIn(name);
    if (text !== null && scheme.parse(text) !== null) return true;
    // Such that nobody can read stop a release that goes by tags alone.
    return file === null && !fromTag && (text === null ? looksForeign(name, names) : /^\d+(?:\.\d|$)/.test(text));
  });
}

function unreachableRemark({ name, cause }: { readonly name: string; readonly cause: string | null }): string {
  return `the remote ${name} cannot be asked (${cause ?? 'no reason given'}), so nobody knows whether the tag is free there`;
}

function dayOf(epochMs: number): CalendarDay {
  const day = new Date(epochMs);
  return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
}
