import {
  type Finding,
  failed,
  fillTemplate,
  type GitAdapter,
  type HandlerContext,
  handlerFailure,
  type JsonMap,
  logFindings,
  type StepHandler,
  showTemplate,
  skipped,
  success,
  templateValue,
} from '../../src/plugin-api/index.ts';
import { showCommand } from './show-command.ts';

/** Paths in one finding. */
const mostNamed = 10;

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
    },
  },
  outputs: {
    commit: { type: 'string', description: 'Full object name of the commit.' },
    branch: { type: ['string', 'null'], description: 'The branch it is on; null on a detached head.' },
    message: { type: 'string', description: 'The message.' },
    file_count: { type: 'integer', description: 'How many files the commit changes.' },
  },
  permissions: ['files', 'processes'],
  rollback: 'undo',

  async execute(context) {
    const message = messageOf(context);
    if (message === '') {
      return failed(handlerFailure('the commit message is empty: check `message_template`', { retryable: false }));
    }
    const git = await context.adapter<GitAdapter>('git');
    const staged = await git.staged();
    if (staged.length === 0) return skipped('nothing is staged, so there is nothing to commit');
    const outputs = await outputsOf(git, await git.commit(message), message, staged.length);
    return success(outputs, logFindings(context.log, leftOut(staged, await git.changes())));
  },

  async preview(context) {
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
    const [newest] = await git.commits(null, 1);
    const staged = await git.staged();
    const message = messageOf(context);
    if (newest === undefined || !sameMessage(newest, message)) {
      return staged.length > 0 ? { kind: 'not-done' } : { kind: 'unknown' };
    }
    if (staged.length > 0) return { kind: 'unknown' };
    const files = await git.changedBy(newest.hash);
    return { kind: 'done', outputs: await outputsOf(git, newest.hash, message, files.length) };
  },
};

function messageOf(context: HandlerContext): string {
  const template = templateValue(context.config, 'message_template');
  return template === null ? '' : fillTemplate(template).trim();
}

async function outputsOf(git: GitAdapter, hash: string, message: string, fileCount: number): Promise<JsonMap> {
  return { commit: hash, branch: await git.checkedOutBranch(), message, file_count: fileCount };
}

/** What a hook or a validator wrote after the staging is not part of the release: somebody should know. */
function leftOut(staged: readonly string[], changes: Awaited<ReturnType<GitAdapter['changes']>>): readonly Finding[] {
  const paths = [...new Set(changes.map((change) => change.path))];
  if (paths.length === 0) return [];
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : '';
  const message = `not in the commit, although changed: ${paths.slice(0, mostNamed).join(', ')}${more}`;
  const level = paths.some((path) => staged.includes(path)) ? 'warning' : 'notice';
  return [{ level, message, rule: 'left-out-of-commit' }];
}

function sameMessage(commit: { readonly subject: string; readonly body: string }, message: string): boolean {
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
  return words(`${commit.subject} ${commit.body}`).join(' ') === words(message).join(' ');
}
