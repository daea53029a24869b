import { type GitAdapter, type HandlerContext, isJsonMap, type Json, textList } from '../../../src/plugin-api/index.ts';
import type { CollectedCommits } from '../commits/commit-collector.ts';
import type { CommitSettings } from '../commits/commit-settings.ts';
import { commitFields, commitSettingsOf } from './bump-settings.ts';
import { type CommitVisitor, readRange } from './read-range.ts';

/** Which commits: those after `since`, up to `until`, which is head where it is `null`. */
export interface CommitsAsked {
  /** A tag; `null`: the whole history. */
  readonly since: string | null;
  readonly until: string | null;
}

/** The newest answer: in most releases notes are written of the very commits that the version was decided by. */
let newest: { readonly question: string; readonly answer: Promise<CollectedCommits> } | null = null;

/**
 * Reads the commits that count, as `commitFields` of the configuration say. None without git or without a commit. `seen`
 * gets each of them, unless they were read before.
 */
export async function collectCommits(
  context: Pick<HandlerContext, 'run' | 'config'>,
  git: GitAdapter | null,
  asked: CommitsAsked,
  seen: CommitVisitor = () => {},
): Promise<CollectedCommits> {
  const head = git === null ? null : (asked.until ?? (await git.head()));
  if (git === null || head === null) return noCommits(await commitSettingsOf(context.config));
  // What a fetch brings to a shallow clone changes what is between two commits that were there before.
  if (await git.isShallow()) return readCommits(context, git, asked, seen);
  const question = JSON.stringify([context.run.id, asked.since, head, ...settingsIn(context.config)]);
  if (newest?.question !== question) newest = { question, answer: readCommits(context, git, asked, seen) };
  const { answer } = newest;
  answer.catch(() => {
    // What failed may have been mended by the next time.
    if (newest?.answer === answer) newest = null;
  });
  return answer;
}

async function readCommits(
  { config }: Pick<HandlerContext, 'config'>,
  git: GitAdapter,
  { since, until }: CommitsAsked,
  seen: CommitVisitor,
): Promise<CollectedCommits> {
  const { CommitCollector, isSilentMerge } = await loadCollector();
  const settings = await commitSettingsOf(config);
  const paths = textList(config, 'paths');
  return readRange({
    git,
    seen,
    range: {
      since,
      ...(until !== null && { until }),
      ...(paths.length > 0 && { paths }),
      ...(settings.merges === 'title' && { firstParent: true }),
    },
    collector: (withMerges) => new CommitCollector(settings, withMerges),
    isSilentMerge: (commit) => isSilentMerge(commit, settings),
  });
}

function settingsIn(config: Json): readonly Json[] {
  if (!isJsonMap(config)) return [];
  return Object.keys(commitFields).map((name) => config[name] ?? null);
}

/** The library that reads messages is loaded only where there are any to read; best while git is looking. */
export function loadCollector(): Promise<typeof import('../commits/commit-collector.ts')> {
  return import('../commits/commit-collector.ts');
}

/** What commits come to where there are none to read. */
export async function noCommits(settings?: CommitSettings): Promise<CollectedCommits> {
  const { CommitCollector } = await loadCollector();
  return new CommitCollector(settings).result();
}
