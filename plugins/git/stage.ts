import {
  type Failure,
  type Finding,
  failed,
  type GitAdapter,
  type GitStatus,
  type HandlerContext,
  handlerFailure,
  logFindings,
  type StepHandler,
  skipped,
  success,
  textList,
} from '../../src/plugin-api/index.ts';
import { mostNamed, named } from './name-paths.ts';
import { releaseStanding, standingText } from './release-standing.ts';
import { pathspecOf } from './repository/pathspec.ts';
import { showCommand } from './show-command.ts';
import {
  addCommand,
  isClean,
  keptIndex,
  mostListed,
  stagedIn,
  stagingOutputs,
  stagingResult,
  undoStaging,
} from './staging-step.ts';
import { writtenFiles } from './written-files.ts';

export const stage: StepHandler = {
  title: 'Stage what this run changed',
  description:
    'Stages the files that earlier steps of this run wrote, and the paths that are named. Whatever else has changed is reported and stays out; where something else is staged already, it stops.',
  icon: '📥',
  category: 'git',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      paths: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        default: [],
        description: 'Paths or patterns to stage too, relative to the workspace; `*` matches across folders.',
      },
      written: {
        type: 'boolean',
        default: true,
        description: 'Stage the files that earlier steps of this run wrote; false: only `paths`.',
      },
    },
  },
  outputs: stagingOutputs,
  permissions: ['files', 'processes'],
  rollback: 'undo',

  async execute(context) {
    const git = await context.adapter<GitAdapter>('git');
    const standing = await releaseStanding(context, git);
    if (standing.kind !== 'open') return skipped(standingText(standing));
    await git.refuseUnderWay();
    const status = await git.status();
    const written = await stageable(context, status);
    const strange = await strangePaths(context, git, status, written);
    if (strange.length > 0) return failed(strangeFailure(strange));
    const before = await keptIndex(git, status);
    const staged = await stageNamed(context, git, status, written);
    context.log('info', staged.length === 1 ? '1 file is staged' : `${staged.length} files are staged`);
    return success(stagingResult(staged, before), logFindings(context.log, leftUnstaged(status, staged)));
  },

  async preview(context) {
    const standing = await releaseStanding(context, await context.adapter<GitAdapter>('git'));
    if (standing.kind !== 'open') return { summary: standingText(standing), diffs: [], commands: [] };
    const paths = textList(context.config, 'paths').map(pathspecOf);
    const foreseen = context.config.written === false ? [] : await context.changedFiles();
    const others =
      context.config.written === false || foreseen.length > 0 ? [] : ['the files that this run has written by then'];
    const own = [...(foreseen.length > 0 ? [named(foreseen)] : []), ...others];
    return {
      summary: `stages ${[...own, ...paths].join(', ') || 'nothing'}`,
      diffs: [],
      commands: paths.length === 0 ? [] : [addCommand(paths)],
    };
  },

  /** What was staged before the step nobody knows any more: it is done where all that is staged is the run's own. */
  async probe(context) {
    const git = await context.adapter<GitAdapter>('git');
    const status = await git.status();
    if (isClean(status)) return { kind: 'not-done' };
    const written = new Set(await stageable(context, status));
    const staged = [...stagedIn(status)].sort();
    const isOwn = textList(context.config, 'paths').length === 0 && staged.every((path) => written.has(path));
    if (!isOwn) return { kind: 'unknown' };
    const isWhole = status.changes.every(({ path, state }) => state === 'staged' || !written.has(path));
    return isWhole ? { kind: 'done', outputs: stagingResult(staged, null) } : { kind: 'unknown' };
  },

  undo: undoStaging,
};

async function stageNamed(
  context: HandlerContext,
  git: GitAdapter,
  status: GitStatus,
  written: readonly string[],
): Promise<readonly string[]> {
  const clean = isClean(status);
  const patterns = textList(context.config, 'paths');
  const staged = new Set(stagedIn(status));
  if (written.length > 0) for (const path of await git.stage(written, { clean, literal: true })) staged.add(path);
  if (patterns.length > 0) for (const path of await git.stage(patterns, { clean })) staged.add(path);
  return [...staged].sort();
}

/**
 * What is staged and neither the run's own nor named. What an earlier run of the same release staged is written again
 * by this one, so that it is the run's own too.
 */
async function strangePaths(
  context: HandlerContext,
  git: GitAdapter,
  status: GitStatus,
  written: readonly string[],
): Promise<readonly string[]> {
  const steps = [...(await context.upstream('git.stage')), ...(await context.upstream('git.stage_all'))];
  const own = new Set([...written, ...steps.flatMap(({ outputs }) => textList(outputs, 'files'))]);
  const others = stagedIn(status).filter((path) => !own.has(path));
  const patterns = textList(context.config, 'paths');
  if (others.length === 0 || patterns.length === 0) return others;
  const asked = new Set(await git.staged(patterns));
  return others.filter((path) => !asked.has(path));
}

function strangeFailure(paths: readonly string[]): Failure {
  const [subject, object] = paths.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return handlerFailure(
    `${named(paths)} ${subject} staged, and no step of this run wrote ${object}: the next commit would take ${object} into the release. Take ${object} out of the index (${showCommand(['restore', '--staged', '--', ...paths.slice(0, mostNamed)])}), delete ${object} where a run that failed has left ${object}, commit ${object} first, or name ${object} in \`paths\`; then start again`,
    { retryable: false, details: { reason: 'staged-before', paths: paths.slice(0, mostListed) } },
  );
}

async function stageable(context: HandlerContext, status: GitStatus): Promise<readonly string[]> {
  if (context.config.written === false) return [];
  const { changed, others } = await writtenFiles(context, status);
  return [...changed, ...others];
}

function leftUnstaged(status: GitStatus, staged: readonly string[]): readonly Finding[] {
  const inside = new Set(staged);
  const outside = status.changes.flatMap(({ path }) => (inside.has(path) ? [] : [path]));
  const paths = [...new Set(outside)];
  if (paths.length === 0) return [];
  return [{ level: 'notice', message: `not staged, although changed: ${named(paths)}`, rule: 'left-unstaged' }];
}
