import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type GitAdapter,
  type GitSurvey,
  type HandlerContext,
  mentionsVersion,
  optionalText,
  PluginFailure,
  textList,
} from '../../../src/plugin-api/index.ts';
import { type BumpDecision, decideBump } from '../commits/decide-bump.ts';
import type { CalendarDay, Version } from '../scheme/scheme.ts';
import { baseOf, newestRelease } from './base-version.ts';
import { type BumpSettings, commitSettingsOf } from './bump-settings.ts';
import { collectCommits } from './collect-commits.ts';
import { readAhead, withAhead } from './commits-ahead.ts';
import { looksForeign, newestTexts, releaseTags, tellsReleases, tellsScheme, withAllTags } from './known-tags.ts';
import type { FileVersions, ReleaseFacts, ReleaseTag } from './release-facts.ts';
import { type ChosenScheme, chooseScheme, isChosenByFile, usualSchemeOf } from './scheme-choice.ts';
import { surveyRelease } from './survey-release.ts';
import { tagNames } from './tag-names.ts';
import { mayBeLastRelease } from './unreadable-tags.ts';
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
  const names = tagNames(settings.tagTemplate);
  const today = dayOf(await context.now());
  // Git has begun by the next turn: what this process has to do itself is done while it works.
  const reading = nextTurn().then(() => (settings.fromTag ? [] : readVersionFiles(context, settings.targets)));
  const readingAhead =
    git === null || !readsCommits
      ? null
      : reading.then(([first]) => readAhead(context, git, { version: first?.text ?? null, names }));
  const [surveyed, files, ahead] = await Promise.all([
    git === null ? null : surveyRelease(git, settings, { names, today, files: reading, ahead: readingAhead }),
    reading,
    readingAhead,
  ]);
  const looked = surveyed === null || ahead === null ? surveyed : withAhead(surveyed, ahead);
  const [first] = files;
  const file = first ? await versionsOf(first, looked, git) : null;
  const { survey, scheme, remark } = await readTags(git, looked, { settings, names, file, today });
  const tags = await releaseTags(git, survey, names, scheme);
  const before = { request: settings.request, scheme, tags, file };
  const base = baseOf(before);
  const facts: ReleaseFacts = {
    ...before,
    names,
    today,
    survey,
    ownCommit: await ownCommit(context),
    headSubject: file === null ? await releaseSubject(context, survey) : await headSubject(file, survey, git),
    commits: readsCommits
      ? await commitDecision(context, survey === null ? null : git, settings, { since: newestRelease(before), base })
      : null,
    onlyReleases:
      !readsCommits && (await areOnlyReleases(context, git, settings, { survey, newest: newestRelease(before) })),
  };
  const unreachable = survey?.remote && !survey.remote.reachable ? [unreachableRemark(survey.remote)] : [];
  return {
    facts,
    files,
    git: survey === null ? null : git,
    remarks: [...(remark === null ? [] : [remark]), ...unreachable, ...(await lostPaths(context))],
  };
}

async function ownCommit(context: HandlerContext): Promise<string | null> {
  const made = (await context.upstream('git.commit')).filter(({ outputs }) => outputs.created === true);
  return optionalText(made.at(-1)?.outputs ?? {}, 'commit');
}

/** The scheme that the tags tell, and the survey with as many tags asked about as the decision needs. */
async function readTags(
  git: GitAdapter | null,
  looked: GitSurvey | null,
  known: Pick<ReleaseFacts, 'names' | 'file' | 'today'> & { readonly settings: BumpSettings },
): Promise<ChosenScheme & { readonly survey: GitSurvey | null }> {
  const { settings, names, file, today } = known;
  const written = file?.work ?? null;
  const usual = file === null ? null : usualSchemeOf(file.path, settings.request);
  const choose = (survey: GitSurvey | null) =>
    chooseScheme(settings.scheme, { written, tagged: survey === null ? [] : newestTexts(survey, names), usual, today });
  if (git === null || looked === null) return { ...(await choose(null)), survey: null };
  const isTold = isChosenByFile(settings.scheme, { written, usual }) || tellsScheme(looked, names);
  const survey = isTold ? looked : await withAllTags(git, looked);
  const chosen = await choose(survey);
  const isEnough = tellsReleases(survey, { names, scheme: chosen.scheme, file });
  return { ...chosen, survey: isEnough ? survey : await withAllTags(git, survey) };
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
async function headSubject(file: FileVersions, survey: GitSurvey | null, git: GitAdapter | null) {
  if (git === null || file.head === null || file.parent === null || file.head === file.parent) return null;
  if (survey?.headSubject != null) return survey.headSubject;
  const [newest] = await git.commits(null, 1);
  return newest?.subject ?? null;
}

/** Without a file it matters only where the remote went on beside the newest commit, and where that is a release by its message. */
async function releaseSubject({ config }: HandlerContext, survey: GitSurvey | null): Promise<string | null> {
  const subject = survey?.relation === 'diverged' ? survey.headSubject : null;
  if (subject === null) return null;
  const { isReleaseCommit } = await commitSettingsOf(config);
  return isReleaseCommit({ subject }) ? subject : null;
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
    paths: textList(context.config, 'paths'),
  });
}

/** The commits are read only where the newest one says that it is of a release. */
async function areOnlyReleases(
  context: HandlerContext,
  git: GitAdapter | null,
  { request, fromTag, commits }: BumpSettings,
  { survey, newest }: { readonly survey: GitSurvey | null; readonly newest: ReleaseTag | null },
): Promise<boolean> {
  if (git === null || survey === null || newest === null || newest.commit === survey.head) return false;
  if (fromTag || request.exact !== null || request.allowEmpty) return false;
  const subject = survey.headSubject ?? (await git.commits(null, 1))[0]?.subject ?? '';
  if (!commits.isReleaseCommit({ subject })) return false;
  const { total, ignored } = await collectCommits(context, git, { since: newest.name, until: null });
  return total > 0 && ignored.releases === total;
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

/** Tags of the remote that this clone lacks and that tell of releases; `fromTag`: the version is known from one. */
export function missingTags(facts: ReleaseFacts, fromTag: boolean): readonly string[] {
  const { survey, names, scheme, file, commits, tags } = facts;
  if (!survey?.remote) return [];
  return Object.keys(survey.remote.tags).filter((name) => {
    if (survey.tags[name] !== undefined) return false;
    const text = names.versionIn(name);
    if (text !== null && scheme.parse(text) !== null) return true;
    // Such that nobody can read stop a release that goes by tags alone, or by the commits since the last one.
    if (fromTag) return false;
    if (file !== null) return commits !== null && tags.merged.length === 0 && mayBeLastRelease(name, facts);
    return text === null ? !names.isNamed && looksForeign(name, names) : /^\d+(?:\.\d|$)/.test(text);
  });
}

/** A path with a slip in it would make every release one of nothing. */
async function lostPaths({ config, files }: HandlerContext): Promise<readonly string[]> {
  const paths = textList(config, 'paths');
  const found = await Promise.all(paths.map((path) => files.exists(path)));
  return paths.filter((_, at) => found[at] !== true).map((path) => `\`paths\` names ${path}, which is not there`);
}

function unreachableRemark({ name, cause }: { readonly name: string; readonly cause: string | null }): string {
  return `the remote ${name} cannot be asked (${cause ?? 'no reason given'}), so nobody knows whether the tag is free there`;
}

function dayOf(epochMs: number): CalendarDay {
  const day = new Date(epochMs);
  return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
}
