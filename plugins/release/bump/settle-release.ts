import { type GitAdapter, type HandlerContext, PluginFailure } from '../../../src/plugin-api/index.ts';
import type { BumpSettings } from './bump-settings.ts';
import { decideRelease } from './decide-release.ts';
import { type Gathered, gatherFacts, missingTags } from './gather-facts.ts';
import type { Decision } from './release-facts.ts';
import { releaseFromTag } from './release-from-tag.ts';

/** A decision that can be acted on, with what it was made from. */
export interface SettledRelease {
  readonly gathered: Gathered;
  readonly decision: Extract<Decision, { kind: 'release' | 'nothing' }>;
}

/** How often the remote may have moved meanwhile before somebody has to look. */
const mostRounds = 3;

/**
 * Finds out what is released. Where this clone lacks history, tags or newer commits of the remote, it is brought up to
 * date first, within bounds; `look` only says what would be done. Rejects where a release has to stop, before anything
 * of it is written.
 */
export async function settleRelease(
  context: HandlerContext,
  settings: BumpSettings,
  mode: 'act' | 'look',
): Promise<SettledRelease> {
  for (let round = 1; ; round++) {
    const gathered = await gatherFacts(context, settings);
    if (round === 1 && (await completeHistory(context, gathered, settings, mode))) continue;
    const decision = settings.fromTag ? releaseFromTag(gathered.facts, context.env) : decideRelease(gathered.facts);
    switch (decision.kind) {
      case 'release':
      case 'nothing':
        return { gathered, decision };
      case 'stop':
        throw stopFailure(decision.message, { reason: decision.reason });
      case 'behind':
      case 'unwind': {
        const remark = `behind: ${remoteBranch(gathered)} has commits that are missing here`;
        if (settings.whenBehind === 'stop' || round > mostRounds) {
          throw stopFailure(`${remark}: bring this clone up to date (git pull) and start again`, { reason: 'behind' });
        }
        if (mode === 'look') {
          throw stopFailure(`${remark}; a run would go forward to them first and decide then`, { reason: 'behind' });
        }
        if (decision.kind === 'unwind') await unwind(context, gathered.git, decision);
        else await goForward(context, gathered, decision);
      }
    }
  }
}

/** True where history or tags were fetched, so that everything has to be looked at again. */
async function completeHistory(
  context: HandlerContext,
  { facts, git }: Gathered,
  settings: BumpSettings,
  mode: 'act' | 'look',
): Promise<boolean> {
  const { survey } = facts;
  const missing = missingTags(facts);
  if (git === null || survey === null || (!survey.shallow && missing.length === 0)) return false;
  const lack = survey.shallow
    ? 'this clone is shallow'
    : `this clone lacks ${missing.length === 1 ? `the tag ${missing[0]}` : `${missing.length} tags`} of the remote`;
  const advice = 'fetch everything (git fetch --tags --unshallow; `fetch-depth: 0` of actions/checkout)';
  if (survey.remote === null || !survey.remote.reachable) {
    if (!survey.shallow) return false;
    throw stopFailure(`${lack}, and its remote cannot be asked for the rest: ${advice}`, { reason: 'shallow' });
  }
  if (!settings.fetch) throw stopFailure(`${lack}, and \`fetch\` is false: ${advice}`, { reason: 'shallow' });
  if (mode === 'look') {
    context.log('info', `${lack}: a run would fetch what is missing first`);
    return false;
  }
  context.log('info', `${lack}: fetching what is missing`);
  const answer = await git.fetch(survey.remote.name, { tags: true, ...(survey.shallow && { unshallow: true }) });
  if (answer.kind === 'fetched') return true;
  if (answer.kind === 'clash') {
    // A checkout of a tag by its commit names a lightweight tag like the remote's annotated one: everything else came.
    const there = survey.remote.tags;
    const odd = answer.tags.filter((name) => survey.tags[name]?.commit !== there[name]?.commit);
    if (odd.length === 0) return true;
    throw stopFailure(
      `tags here stand on other objects than on the remote: ${odd.slice(0, 5).join(', ')}. Delete them here (git tag --delete) and start again`,
      { reason: 'tag-elsewhere' },
    );
  }
  throw stopFailure(`${lack}, and fetching the rest failed: ${answer.message}. ${advice}`, { reason: 'shallow' });
}

/** Brings the branch forward to the remote's; own work that stands in the way is left alone. */
async function goForward(
  context: HandlerContext,
  { git }: Gathered,
  { remote, branch, commit, how }: Extract<Decision, { kind: 'behind' }>,
): Promise<void> {
  if (git === null) return;
  const fetched = await git.fetch(remote, { branches: [branch], tags: true });
  if (fetched.kind === 'absent' || fetched.kind === 'unreachable') {
    throw stopFailure(`behind: ${remote}/${branch} cannot be fetched: ${fetched.message}`, { reason: 'behind' });
  }
  if (how === 'fetch') return;
  const counts = await git.aheadBehind('HEAD', commit);
  if (counts !== null && counts.ahead > 0 && counts.behind > 0) return;
  if (counts !== null && counts.behind === 0) return;
  const moved = await git.fastForward(commit);
  if (moved.kind === 'moved') {
    context.log(
      'warning',
      `${remote}/${branch} was ahead: went forward to ${commit.slice(0, 7)}, which the release holds too`,
    );
    return;
  }
  if (moved.kind === 'unchanged') return;
  const why = moved.kind === 'conflict' ? `conflicts in ${moved.files.join(', ')}` : moved.message;
  throw stopFailure(
    `behind: ${remote}/${branch} has commits that are missing here, and this clone cannot go forward to them: ${why}. Bring it up to date (git pull) and start again`,
    { reason: 'behind' },
  );
}

/**
 * Takes back a release that never left this clone, so that it can be made anew on top of the remote's commits. Only
 * what is still as that release made it: the commit is head, the tag stands on it and is unknown to the remote.
 */
async function unwind(
  context: HandlerContext,
  git: GitAdapter | null,
  { version, tag, commit }: Extract<Decision, { kind: 'unwind' }>,
): Promise<void> {
  if (git === null) return;
  const status = await git.status();
  if (status.changes.some(({ state }) => state !== 'untracked')) {
    throw stopFailure(
      `behind: the remote has newer commits than the release ${version} (${commit.slice(0, 7)}), which never left this clone, and there are changes that are not committed: commit or stash them and start again`,
      { reason: 'behind' },
    );
  }
  const object = await git.tagObject(tag);
  if (object !== null) await git.deleteTag(tag, object);
  const parents: string[] = [];
  await git.eachCommit({ since: null, limit: 1 }, (newest) => parents.push(...newest.parents));
  const [parent] = parents;
  const moved = parent === undefined ? null : await git.moveBranch(parent, commit, 'follow');
  if (moved?.kind !== 'moved') {
    const why = moved?.kind === 'refused' ? moved.message : 'head has moved';
    throw stopFailure(`behind: the release ${version} cannot be taken back in this clone: ${why}`, {
      reason: 'behind',
    });
  }
  context.log(
    'warning',
    `the release ${version} (${commit.slice(0, 7)}) of an earlier run never left this clone, and the remote went on: it is made anew`,
  );
}

function remoteBranch({ facts: { survey } }: Gathered): string {
  return `${survey?.remote?.name ?? 'the remote'}/${survey?.pushBranch ?? ''}`;
}

function stopFailure(message: string, details: { readonly reason: string }): PluginFailure {
  return new PluginFailure('handler', message, { retryable: false, details });
}
