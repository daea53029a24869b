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
import { named } from './name-paths.ts';
import { nothingToRelease, releaseStanding, standingText } from './release-standing.ts';
import { recordCommit } from './run-record.ts';
import { showCommand } from './show-command.ts';
import { noVerifyField, signingFields, signingOptions } from './signing-fields.ts';
import { takeBackMove, unknownPast } from './take-back.ts';

export const commit: StepHandler = {
  title: 'Commit changes',
  description: 'Commits what is staged. Hooks of the repository run; no editor opens.',
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
      description: 'The index before the hooks ran as a tree of git, for the way back; not set where there are none.',
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
    const status = await git.status();
    const staged = status.changes.flatMap(({ path, state }) => (state === 'staged' ? [path] : []));
    if (staged.length === 0) return skipped('nothing is staged, so there is nothing to commit');
    const noHooks = await git.hasNoHooks();
    const index = noHooks ? {} : { index_before: await git.indexTree() };
    const made = { commit: await git.commit(message, signingOptions(context.config)), parent: status.head };
    await recordCommit(context, made);
    const { branch } = status;
    const outputs = { ...made, branch, message, file_count: staged.length, created: true, ...index };
    // Where no hook ran, what has changed after the commit is what was not staged before it.
    const rest = noHooks ? status.changes.filter(({ state }) => state !== 'staged') : await git.changes();
    return success(outputs, logFindings(context.log, leftOut(staged, rest)));
  },

  async preview(context) {
    const standing = await releaseStanding(context, await context.adapter<GitAdapter>('git'));
    if (standing.kind !== 'open') return { summary: standingText(standing), diffs: [], commands: [] };
    const template = templateValue(context.config, 'message_template');
    const message = template === null ? '' : showTemplate(template).trim();
    return {
      summary: `commits what is staged by then as "${message}"`,
      diffs: [],
      commands: [showCommand(['commit', '--message', message])],
      outputs: { message },
    };
  },

  async probe(context) {
    const git = await context.adapter<GitAdapter>('git');
    const newest = await newestCommit(git);
    const staged = await git.staged();
    const message = messageOf(context);
    if (newest === null || !sameMessage(newest, message)) {
      return staged.length > 0 ? { kind: 'not-done' } : { kind: 'unknown' };
    }
    if (staged.length > 0) return { kind: 'unknown' };
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
    // What a hook staged for the commit is in the index still. A call that finds all done leaves it to its owner.
    const isMovedNow = outcome.kind === 'undone' && outcome.message === undefined;
    if (isMovedNow && index !== null) await git.unstage(await git.changedBy(made), index);
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
