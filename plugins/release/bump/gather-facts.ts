import {
  type GitAdapter,
  type GitSurvey,
  type HandlerContext,
  mentionsVersion,
  PluginFailure,
} from '../../../src/plugin-api/index.ts';
import { type BumpDecision, decideBump } from '../commits/decide-bump.ts';
import type { CalendarDay, Version, VersionScheme } from '../scheme/scheme.ts';
import type { BumpSettings } from './bump-settings.ts';
import { collectCommits, loadCollector } from './collect-commits.ts';
import { baseOf, releaseBefore } from './decide-release.ts';
import type { FileVersions, ReleaseFacts, ReleaseTag, ReleaseTags } from './release-facts.ts';
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
  const tagged = survey === null ? [] : versionTags(survey, names);
  // Of the tags only the newest can be told from their names alone, and a few of them tell the scheme.
  const texts = first ? [first.text] : tagged.slice(-20).reverse();
  const { scheme, remark } = await chooseScheme(settings.scheme, texts, today);
  const tags = survey === null ? { merged: [], unread: [] } : releaseTags(survey, names, scheme);
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

/** Names of versions among the merged tags. */
function versionTags({ tagsMerged }: GitSurvey, names: TagNames): readonly string[] {
  return tagsMerged.flatMap((tag) => names.versionIn(tag) ?? []);
}

function releaseTags(survey: GitSurvey, names: TagNames, scheme: VersionScheme): ReleaseTags {
  const merged: ReleaseTag[] = [];
  const unread: string[] = [];
  for (const name of survey.tagsMerged) {
    const text = names.versionIn(name);
    if (text === null) continue;
    const version = scheme.parse(text);
    if (version === null) unread.push(name);
    else merged.push({ name, version, commit: survey.tags[name]?.commit ?? null });
  }
  return { merged: merged.sort((a, b) => scheme.compare(b.version, a.version)), unread };
}

/** Release tags of the remote that this clone lacks. */
export function missingTags({ survey, names, scheme }: ReleaseFacts): readonly string[] {
  if (!survey?.remote) return [];
  return Object.keys(survey.remote.tags).filter((name) => {
    const text = survey.tags[name] === undefined ? names.versionIn(name) : null;
    return text !== null && scheme.parse(text) !== null;
  });
}

function unreachableRemark({ name, cause }: { readonly name: string; readonly cause: string | null }): string {
  return `the remote ${name} cannot be asked (${cause ?? 'no reason given'}), so nobody knows whether the tag is free there`;
}

function dayOf(epochMs: number): CalendarDay {
  const day = new Date(epochMs);
  return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
}
