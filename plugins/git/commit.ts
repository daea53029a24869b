import {
  type Finding,
  failed,
  filledText,
  type GitAdapter,
  type GitChange,
  type GitLogCommit,
  type GitStatus,
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
import { isClean, stagedIn } from './staging-step.ts';
import { takeBackMove, unknownPast } from './take-back.ts';
import { writtenChanges } from './written-files.ts';

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
          'Commit the files that earlier steps of this run wrote, staged or not, and nothing else; what else is staged stays staged.',
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
    const files = await contentOf(context, status);
    if (files.length === 0) return skipped(`${emptyText(context)}, so there is nothing to commit`);
    if (takesWritten(context)) await git.refuseUnderWay();
    const noHooks = await git.hasNoHooks();
    const index = noHooks && !losesStaging(context, status, files) ? {} : { index_before: await git.indexTree() };
    const made = { commit: await commitFiles(context, git, message, status, files), parent: status.head };
    await recordCommit(context, made);
    const { branch } = status;
    const outputs = { ...made, branch, message, file_count: files.length, created: true, ...index };
    // Where no hook ran, what has changed after the commit is what was not to go into it.
    const rest = noHooks ? leftIn(context, status, files) : await git.changes();
    return success(outputs, logFindings(context.log, leftOut(files, rest)));
  },

  async preview(context) {
    const standing = await releaseStanding(context, await context.adapter<GitAdapter>('git'));
    if (standing.kind !== 'open') return { summary: standingText(standing), diffs: [], commands: [] };
    const template = templateValue(context.config, 'message_template');
    const message = template === null ? '' : showTemplate(template).trim();
    const written = takesWritten(context) ? await context.changedFiles() : [];
    const paths = written.length === 0 ? [] : ['--', ...written];
    return {
      summary: `commits ${foreseenText(context, written)} as "${message}"`,
      diffs: [],
      commands: [showCommand(['commit', ...(takesWritten(context) ? ['--only'] : []), '--message', message, ...paths])],
      outputs: { message },
    };
  },

  async probe(context) {
    const git = await context.adapter<GitAdapter>('git');
    const newest = await newestCommit(git);
    const waiting = takesWritten(context) ? await writtenChanges(context, await git.status()) : await git.staged();
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
    const isStagedStill = index !== null || takesWritten(context);
    if (isMovedNow && isStagedStill) await git.unstage(await git.changedBy(made), index);
    return outcome;
  },
};

function takesWritten(context: HandlerContext): boolean {
  return context.config.written === true;
}

async function contentOf(context: HandlerContext, status: GitStatus): Promise<readonly string[]> {
  return takesWritten(context) ? writtenChanges(context, status) : stagedIn(status);
}

function emptyText(context: HandlerContext): string {
  return takesWritten(context) ? 'no file that this run wrote has changed' : 'nothing is staged';
}

function foreseenText(context: HandlerContext, written: readonly string[]): string {
  if (!takesWritten(context)) return 'what is staged by then';
  return written.length === 0 ? 'the files that this run has written by then' : named(written);
}

/** Whether the commit puts the file in the place of another state of it that is staged. */
function losesStaging(context: HandlerContext, status: GitStatus, files: readonly string[]): boolean {
  const staged = new Set(stagedIn(status));
  return takesWritten(context) && files.some((path) => staged.has(path));
}

function leftIn(context: HandlerContext, { changes }: GitStatus, files: readonly string[]): readonly GitChange[] {
  if (!takesWritten(context)) return changes.filter(({ state }) => state !== 'staged');
  const committed = new Set(files);
  return changes.filter(({ path }) => !committed.has(path));
}

/** Git takes a file by its name only where it knows it: a new one is staged first, and taken out where it all fails. */
async function commitFiles(
  context: HandlerContext,
  git: GitAdapter,
  message: string,
  status: GitStatus,
  files: readonly string[],
): Promise<string> {
  const options = signingOptions(context.config);
  if (!takesWritten(context)) return git.commit(message, options);
  const untracked = new Set(status.changes.flatMap(({ path, state }) => (state === 'untracked' ? [path] : [])));
  const fresh = files.filter((path) => untracked.has(path));
  if (fresh.length > 0) await git.stage(fresh, { literal: true, clean: isClean(status) });
  try {
    return await git.commit(message, { ...options, only: files });
  } catch (error) {
    await git.unstage(fresh, null);
    throw error;
  }
}

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
