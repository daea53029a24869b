import { posix } from 'node:path';
import { type HandlerContext, mentionsVersion, PluginFailure } from '../../../src/plugin-api/index.ts';
import { looksNewer } from '../scheme/scheme.ts';
import type { BumpSettings } from './bump-settings.ts';
import { decideRelease } from './decide-release.ts';
import { type Gathered, gatherFacts, missingTags } from './gather-facts.ts';
import { sortedTags } from './known-tags.ts';
import { parentsOf } from './read-range.ts';
import type { Decision, ReleaseFacts } from './release-facts.ts';
import { releaseFromTag } from './release-from-tag.ts';

/** A decision that can be acted on, with what it was made from. */
export interface SettledRelease {
  readonly gathered: Gathered;
  readonly decision: Extract<Decision, { kind: 'release' | 'nothing' }>;
  /** Where head stood before the branch was moved to be up to date; `null`: it was not moved. */
  readonly movedFrom: string | null;
}

/** What a run would settle, as far as this clone tells. */
export type ForeseenRelease =
  | {
      readonly kind: 'settled';
      readonly release: SettledRelease;
      /** What a run fetches first. It changes nothing but perhaps the release before; `null`: nothing is missing. */
      readonly lack: string | null;
      /** False where the release before may be one whose tag is missing here. */
      readonly knowsPrevious: boolean;
    }
  /** The version may be another one with what is missing here. */
  | { readonly kind: 'open'; readonly lack: string; readonly gathered: Gathered; readonly decision: Decision };

/** How often the remote may have moved meanwhile before somebody has to look. */
const mostRounds = 3;

const fetchAdvice = 'fetch everything (git fetch --tags --unshallow; `fetch-depth: 0` of actions/checkout)';

/**
 * Finds out what is released. Where this clone lacks history, tags or newer commits of the remote, it is brought up to
 * date first, within bounds. Rejects where a release has to stop, before anything of it is written.
 */
export async function settleRelease(context: HandlerContext, settings: BumpSettings): Promise<SettledRelease> {
  let began: string | null = null;
  for (let round = 1; ; round++) {
    const gathered = await gatherFacts(context, settings);
    const head = gathered.facts.survey?.head ?? null;
    began ??= head;
    const lack = round === 1 ? lackOf(gathered, settings) : null;
    if (lack !== null) {
      await completeHistory(context, gathered, lack);
      continue;
    }
    const decision = decide(context, settings, gathered.facts);
    switch (decision.kind) {
      case 'release':
      case 'nothing':
        return { gathered, decision, movedFrom: began === head ? null : began };
      case 'stop':
        throw stopFailure(decision.message, { reason: decision.reason });
      case 'behind':
      case 'unwind':
        if (settings.whenBehind === 'stop' || round > mostRounds) throw behindFailure(gathered);
        if (decision.kind === 'unwind') await unwind(context, gathered, decision);
        else await goForward(context, gathered, decision);
    }
  }
}

/** Says what `settleRelease` would settle, and changes nothing. Rejects where it is sure that it would reject. */
export async function foreseeRelease(context: HandlerContext, settings: BumpSettings): Promise<ForeseenRelease> {
  const gathered = await gatherFacts(context, settings);
  const lack = lackOf(gathered, settings);
  const decision = decide(context, settings, gathered.facts);
  if (decision.kind === 'behind' || decision.kind === 'unwind') {
    if (settings.whenBehind === 'stop') throw behindFailure(gathered);
    const remark = `${behindRemark(gathered)}; a run would go forward to them first and decide then`;
    // No failure of the run: only what it decides cannot be told before.
    throw new PluginFailure('handler', remark, { details: { reason: 'behind' } });
  }
  const other = lack === null ? decision : decide(context, settings, withRemoteTags(gathered.facts));
  if (lack !== null && !isSure(gathered.facts, decision, other)) {
    return { kind: 'open', lack, gathered, decision };
  }
  if (decision.kind === 'stop') throw stopFailure(decision.message, { reason: decision.reason });
  return {
    kind: 'settled',
    release: { gathered, decision, movedFrom: null },
    lack,
    knowsPrevious: previousTagOf(decision) === previousTagOf(other),
  };
}

function decide(context: HandlerContext, settings: BumpSettings, facts: ReleaseFacts): Decision {
  return settings.fromTag ? releaseFromTag(facts, context.env) : decideRelease(facts);
}

/** The facts if all tags of the remote belonged to the history that is missing here. */
function withRemoteTags(facts: ReleaseFacts): ReleaseFacts {
  const { survey, names, scheme } = facts;
  const there = survey?.remote?.tags ?? {};
  if (survey === null) return facts;
  const tags = { ...there, ...survey.tags };
  const tagsMerged = [...new Set([...survey.tagsMerged, ...Object.keys(there)])];
  const sorted = sortedTags({ tags, tagsMerged }, names, scheme);
  const newest = sorted.merged[0]?.version.text ?? '';
  const newer = sorted.unread.filter((name) => looksNewer(names.versionIn(name) ?? '', newest));
  return { ...facts, tags: { ...sorted, newer } };
}

/** Whether nothing that is missing here can change what is released. `other` is decided with all tags of the remote. */
function isSure({ survey, commits, file, headSubject }: ReleaseFacts, decision: Decision, other: Decision): boolean {
  if (survey?.shallow && commits !== null) return false;
  // Whether the newest commit raised the version, only the one before it tells.
  const subject = headSubject ?? survey?.headSubject ?? null;
  const mayBeRelease = file !== null && (subject === null || mentionsVersion(subject, file.head ?? file.work));
  if (survey?.shallow && mayBeRelease) return false;
  if (!isSame(decision, other)) return false;
  return commits === null || previousTagOf(decision) === previousTagOf(other);
}

function isSame(one: Decision, other: Decision): boolean {
  if (one.kind === 'stop' || other.kind === 'stop') return one.kind === other.kind;
  return 'version' in one && 'version' in other && one.kind === other.kind && one.version === other.version;
}

function previousTagOf(decision: Decision): string | null {
  return decision.kind === 'release' || decision.kind === 'nothing' ? decision.previousTag : null;
}

/** What of history and tags a run has to fetch; `null`: nothing. Rejects where it cannot. */
function lackOf({ facts, git }: Gathered, settings: BumpSettings): string | null {
  const { survey } = facts;
  const missing = missingTags(facts, settings.fromTag);
  if (git === null || survey === null || (!survey.shallow && missing.length === 0)) return null;
  const lack = survey.shallow
    ? 'this clone is shallow'
    : `this clone lacks ${missing.length === 1 ? `the tag ${missing[0]}` : `${missing.length} tags`} of the remote`;
  if (survey.remote === null || !survey.remote.reachable) {
    if (!survey.shallow) return null;
    throw stopFailure(`${lack}, and its remote cannot be asked for the rest: ${fetchAdvice}`, { reason: 'shallow' });
  }
  if (!settings.fetch) throw stopFailure(`${lack}, and \`fetch\` is false: ${fetchAdvice}`, { reason: 'shallow' });
  return lack;
}

/** Fetches history and tags. */
async function completeHistory(
  context: HandlerContext,
  { facts: { survey, names, scheme }, git }: Gathered,
  lack: string,
): Promise<void> {
  if (git === null || !survey?.remote) return;
  context.log('info', `${lack}: fetching what is missing`);
  const answer = await git.fetch(survey.remote.name, { tags: true, ...(survey.shallow && { unshallow: true }) });
  if (answer.kind === 'fetched') return;
  if (answer.kind === 'clash') {
    // A checkout of a tag by its commit names a lightweight tag like the remote's annotated one, and tags that move
    // (`v4`) are no releases: everything else came.
    const there = survey.remote.tags;
    const odd = answer.tags.filter(
      (name) => survey.tags[name]?.commit !== there[name]?.commit && scheme.parse(names.versionIn(name) ?? '') !== null,
    );
    if (odd.length === 0) return;
    throw stopFailure(
      `tags here stand on other objects than on the remote: ${odd.slice(0, 5).join(', ')}. Delete them here (git tag --delete) and start again`,
      { reason: 'tag-elsewhere' },
    );
  }
  throw stopFailure(`${lack}, and fetching the rest failed: ${answer.message}. ${fetchAdvice}`, { reason: 'shallow' });
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
  // Git names files in lines of their own.
  const said = moved.kind === 'refused' ? moved.message.replace(/\s*\n\s*/g, ' ') : '';
  const why = moved.kind === 'conflict' ? `conflicts in ${moved.files.join(', ')}` : said;
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
  { git, files }: Gathered,
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
  const [parent, ...others] = await parentsOf(git, commit);
  const strange = (await git.changedBy(commit)).filter((path) => !isOfRelease(path, files));
  if (parent === undefined || others.length > 0 || strange.length > 0) {
    const what =
      strange.length > 0 ? `it changes ${strange.slice(0, 3).join(', ')}` : 'it is a merge or the first commit';
    throw stopFailure(
      `behind: the remote has newer commits than the release ${version} (${commit.slice(0, 7)}), which never left this clone, and more than a run may be in that commit: ${what}. Take it back (\`vwmp rollback\` of the run that made it, or git tag --delete ${tag} and git reset --keep HEAD^), or put it on top of the remote's (git pull --rebase), and start again`,
      { reason: 'behind' },
    );
  }
  const moved = await git.moveBranch(parent, commit, 'follow');
  if (moved.kind !== 'moved') {
    const why = moved.kind === 'refused' ? moved.message : 'head has moved';
    throw stopFailure(`behind: the release ${version} cannot be taken back in this clone: ${why}`, {
      reason: 'behind',
    });
  }
  // Afterwards: where the branch stays, its tag does. One that a fetch brought stands on the remote's release.
  const object = (await git.tagTarget(tag)) === commit ? await git.tagObject(tag) : null;
  if (object !== null) await git.deleteTag(tag, object);
  context.log(
    'warning',
    `the release ${version} (${commit.slice(0, 7)}) of an earlier run never left this clone, and the remote went on: it is made anew (git show ${commit.slice(0, 7)} has the old one still)`,
  );
}

/**
 * What steps of a release write, as far as a name tells; other packages have their version in files of the same names. A
 * commit with anything else may hold work of people.
 */
function isOfRelease(path: string, files: Gathered['files']): boolean {
  const name = posix.basename(path);
  if (files.some(({ target }) => posix.basename(target.path) === name) || lockFiles.includes(name)) return true;
  return (
    /^(?:change|history|news|release|readme|version)[\w.-]*$/i.test(name) &&
    !/\.(?:[cm]?[jt]sx?|py|rb|go|sh)$/i.test(name)
  );
}

const lockFiles = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'Cargo.lock', 'uv.lock'];

function behindRemark(gathered: Gathered): string {
  return `behind: ${remoteBranch(gathered)} has commits that are missing here`;
}

function behindFailure(gathered: Gathered): PluginFailure {
  const remark = behindRemark(gathered);
  return stopFailure(`${remark}: bring this clone up to date (git pull) and start again`, { reason: 'behind' });
}

function remoteBranch({ facts: { survey } }: Gathered): string {
  return `${survey?.remote?.name ?? 'the remote'}/${survey?.pushBranch ?? ''}`;
}

function stopFailure(message: string, details: { readonly reason: string }): PluginFailure {
  return new PluginFailure('handler', message, { retryable: false, details });
}
