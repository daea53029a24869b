import { type GitAdapter, type GitSurvey, isJsonMap, PluginFailure } from '../../../src/plugin-api/index.ts';
import type { CalendarDay } from '../scheme/scheme.ts';
import type { BumpSettings } from './bump-settings.ts';
import { type CommitsAhead, settlesHistory } from './commits-ahead.ts';
import { newestTags } from './known-tags.ts';
import { chooseScheme, isChosenByFile, usualSchemeOf } from './scheme-choice.ts';
import type { TagNames } from './tag-names.ts';
import type { VersionFile } from './version-files.ts';

/** What is read beside the survey, and `today`. */
interface Beside {
  readonly names: TagNames;
  readonly today: CalendarDay;
  readonly files: Promise<readonly VersionFile[]>;
  readonly ahead: Promise<CommitsAhead | null> | null;
}

/** `null` in a folder that is no repository: files alone can be raised there. */
export async function surveyRelease(
  git: GitAdapter,
  settings: BumpSettings,
  beside: Beside,
): Promise<GitSurvey | null> {
  const { checkRemote, remote, fromTag, targets } = settings;
  // Where tags alone say which version there is, each one counts.
  const goesByTags = fromTag || targets.length === 0;
  try {
    return await git.survey({
      ...(checkRemote ? remote !== null && { remote } : { remote: null }),
      ...(!goesByTags && { among: (tags, commitOf) => askedTags(tags, commitOf, settings, beside) }),
    });
  } catch (error) {
    if (isOutsideRepository(error)) return null;
    throw error;
  }
}

function isOutsideRepository(error: unknown): boolean {
  const details = error instanceof PluginFailure ? (error.failure.details ?? null) : null;
  return isJsonMap(details) && details.reason === 'no-repository';
}

/** The tags of which git has to say whether they are in the history; `null` where the commits that are read say enough. */
async function askedTags(
  tags: readonly string[],
  commitOf: (tag: string) => string | null,
  { scheme: config, request }: BumpSettings,
  { names, today, files, ahead }: Beside,
): Promise<readonly string[] | null> {
  const [first] = await files;
  if (first === undefined) return newestTags(tags, names, null);
  const seen = { written: first.text, usual: usualSchemeOf(first.target.path, request) };
  if (!isChosenByFile(config, seen)) return newestTags(tags, names, null);
  const commits = await ahead;
  const { scheme } = await chooseScheme(config, { ...seen, tagged: [], today });
  if (commits !== null && settlesHistory(commits, tags, commitOf, { names, scheme })) return null;
  return newestTags(tags, names, first.text);
}
