import {
  type Finding,
  failed,
  filledText,
  type GitAdapter,
  type GitChange,
  type GitLogCommit,
  type HandlerContext,
  handlerFailure,
  type JsonMap,
  logFindings,
  optionalText,
  type StepHandler,
  showTemplate,
  skipped,
  success,
  templateValue,
} from '../../src/plugin-api/index.ts';
import { contentOf } from './commit-content.ts';
import { named } from './name-paths.ts';
import { nothingToRelease, releaseStanding, standingText } from './release-standing.ts';
import { recordCommit } from './run-record.ts';
import { showCommand } from './show-command.ts';
import { noVerifyField, signingFields, signingOptions } from './signing-fields.ts';
import { takeBackMove, unknownPast } from './take-back.ts';

export const commit: StepHandler = {
  title: 'Commit changes',
  description: 'Commits what is staged, or what this run wrote. Hooks of the repository run; no editor opens.',
  icon: '💾',
  category: 'git',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      message_template: {
        type: 'string',
        default: '{version} - {summary}',
        template: true,
        description: 'The commit message.',
      },
      written: {
        type: 'boolean',
        default: false,
        description:
          'Commit the files that handlers of earlier steps of this run wrote, staged or not, and nothing else: no files of scripts, and what else is staged stays staged.',
      },
      ...signingFields,
      no_verify: noVerifyField,
    },
  },
  outputs: {
    commit: { type: 'string', description: 'Full object name of the commit.' },
    parent: { type: ['string', 'null'], description: 'The commit before it; null for the first of a repository.' },
    branch: { type: ['string', 'null'], description: 'The branch it is on; null on a detached head.' },
    message: { type: 'string', description: 'The message.' },
    file_count: { type: 'integer', description: 'How many files the commit changes.' },
    index_before: {
      type: 'string',
      description:
        'The index before the commit as a tree of git, for the way back; not set where nothing of it can be lost.',
    },
    created: { type: 'boolean', description: 'False where an earlier run of the same release made it.' },
  },
  permissions: ['files', 'processes'],
  rollback: 'undo',

  async execute(context) {
    const message = messageOf(context);
    if (message === '') {
      return failed(handlerFailure('the commit message is empty: check `message_template`', { retryable: false }));
    }
    const git = await context.adapter<GitAdapter>('git');
    const standing = await releaseStanding(context, git);
    if (standing.kind === 'nothing') return skipped(nothingToRelease);
    if (standing.kind === 'committed') return success(await earlierOutputs(context, git));
    const content = contentOf(context);
    if (content.stages) await git.refuseUnderWay();
    const [status, noHooks] = await Promise.all([git.status(), git.hasNoHooks()]);
    const files = await content.files(context, git, status);
    if (files.length === 0) return skipped(content.empty);
    const index = noHooks && !content.losesStaged(status, files) ? null : await git.indexTree();
    const planned = { message, files, status, index, options: signingOptions(context.config) };
    const made = await content.commit(git, planned);
    if (made === null) return skipped(content.empty);
    await recordCommit(context, { commit: made, parent: status.head });
    const inCommit = noHooks ? files : await git.changedBy(made);
    if (!noHooks) await content.afterHooks(git, inCommit);
    const outputs = {
      commit: made,
      parent: status.head,
      branch: status.branch,
      message,
      file_count: inCommit.length,
      created: true,
      ...(index === null ? {} : { index_before: index }),
    };
    // Where no hook ran, what has changed after the commit is what was not to go into it.
    const rest = noHooks ? content.rest(status, files) : await git.changes();
    const findings = [...addedByHooks(files, inCommit), ...leftOut(files, rest)];
    return success(outputs, logFindings(context.log, findings));
  },

  async preview(context) {
    const standing = await releaseStanding(context, await context.adapter<GitAdapter>('git'));
    if (standing.kind !== 'open') return { summary: standingText(standing), diffs: [], commands: [] };
    const template = templateValue(context.config, 'message_template');
    const message = template === null ? '' : showTemplate(template).trim();
    const { text, args } = await contentOf(context).foreseen(context);
    return {
      summary: `commits ${text} as "${message}"`,
      diffs: [],
      commands: [showCommand(['commit', '--message', message, ...args])],
      outputs: { message },
    };
  },

  async probe(context) {
    const git = await context.adapter<GitAdapter>('git');
    const newest = await newestCommit(git);
    const waiting = await contentOf(context).waiting(context, git);
    const message = messageOf(context);
    if (newest === null || !sameMessage(newest, message)) {
      return waiting.length > 0 ? { kind: 'not-done' } : { kind: 'unknown' };
    }
    if (waiting.length > 0) return { kind: 'unknown' };
    return { kind: 'done', outputs: { ...(await outputsOf(git, newest)), message, created: true } };
  },

  async undo(context) {
    const { outputs } = context.done;
    if (outputs.created === false) return { kind: 'undone', message: 'an earlier run made the commit' };
    const made = optionalText(outputs, 'commit');
    if (made === null || outputs.parent === undefined) return unknownPast('which commit was made');
    const git = await context.adapter<GitAdapter>('git');
    const [branch, before] = [optionalText(outputs, 'branch'), optionalText(outputs, 'parent')];
    const outcome = await takeBackMove(git, { branch, commit: made, before, files: 'keep' });
    const index = optionalText(outputs, 'index_before');
    // What the commit or a hook staged is in the index still. A call that finds all done leaves it to its owner.
    const isMovedNow = outcome.kind === 'undone' && outcome.message === undefined;
    const isStagedStill = index !== null || contentOf(context).stages;
    if (isMovedNow && isStagedStill) await git.unstage(await git.changedBy(made), index);
    return outcome;
  },
};

/** Of a release whose commit an earlier run made. */
async function earlierOutputs(context: HandlerContext, git: GitAdapter): Promise<JsonMap> {
  const newest = await newestCommit(git);
  if (newest === null) return {};
  context.log('info', `the release commit exists already: ${newest.hash}`);
  return { ...(await outputsOf(git, newest)), created: false };
}

async function outputsOf(git: GitAdapter, commit: GitLogCommit): Promise<JsonMap> {
  return {
    commit: commit.hash,
    parent: commit.parents[0] ?? null,
    branch: await git.checkedOutBranch(),
    message: commit.body === '' ? commit.subject : `${commit.subject}\n\n${commit.body}`,
    file_count: (await git.changedBy(commit.hash)).length,
  };
}

export async function newestCommit(git: GitAdapter): Promise<GitLogCommit | null> {
  const found: GitLogCommit[] = [];
  await git.eachCommit({ since: null, limit: 1 }, (commit) => found.push(commit));
  return found[0] ?? null;
}

function messageOf(context: HandlerContext): string {
  return filledText(context.config, 'message_template');
}

/** What a hook staged is in the release, and nobody has asked for it. */
function addedByHooks(staged: readonly string[], inCommit: readonly string[]): readonly Finding[] {
  const added = inCommit.filter((path) => !staged.includes(path));
  if (added.length === 0) return [];
  return [{ level: 'notice', message: `hooks added to the commit: ${named(added)}`, rule: 'added-by-hook' }];
}

/** What a hook or a validator wrote after the staging is not part of the release: somebody should know. */
function leftOut(staged: readonly string[], changes: readonly GitChange[]): readonly Finding[] {
  const paths = [...new Set(changes.map((change) => change.path))];
  if (paths.length === 0) return [];
  const level = paths.some((path) => staged.includes(path)) ? 'warning' : 'notice';
  return [{ level, message: `not in the commit, although changed: ${named(paths)}`, rule: 'left-out-of-commit' }];
}

export function sameMessage(commit: { readonly subject: string; readonly body: string }, message: string): boolean {
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
  return words(`${commit.subject} ${commit.body}`).join(' ') === words(message).join(' ');
}
