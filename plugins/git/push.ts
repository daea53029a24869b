import {
  booleanValue,
  type Failure,
  failed,
  type GitAdapter,
  type GitRefUpdate,
  type HandlerContext,
  handlerFailure,
  type JsonMap,
  optionalText,
  PluginFailure,
  type PushAnswer,
  type StepHandler,
  success,
} from '../../src/plugin-api/index.ts';
import { showCommand } from './show-command.ts';
import { recordedTags } from './tag-record.ts';

interface PushPlan {
  readonly remote: string;
  readonly branch: string;
  readonly tags: readonly string[];
  readonly refs: readonly GitRefUpdate[];
}

export const push: StepHandler = {
  title: 'Push to remote',
  description: 'Pushes the branch and the tags that this run made in one push that is all or nothing.',
  icon: '🚀',
  category: 'git',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      push_tags: {
        type: 'boolean',
        default: true,
        description: 'Push the tags of `git.create_tag` steps of this run too; other local tags stay where they are.',
      },
      remote: {
        type: 'string',
        minLength: 1,
        description: 'Name or URL of the remote; where it is not set, `remote` of the adapter `git` (origin).',
      },
    },
  },
  outputs: {
    remote: { type: 'string', description: 'Where it was pushed to.' },
    remote_branch: { type: 'string', description: 'The branch on the remote.' },
    tags: { type: 'array', items: { type: 'string' }, description: 'Tags of this run that are on the remote now.' },
    pushed: { type: 'array', items: { type: 'string' }, description: 'Refs that changed on the remote.' },
  },
  retry: { enabled: true, maxAttempts: 3, backoff: 'exponential' },
  permissions: ['processes', 'network'],
  rollback: 'undo-with-care',

  async execute(context) {
    const git = await context.adapter<GitAdapter>('git');
    const plan = await planOf(context, git);
    const answer = await git.push(plan.remote, plan.refs);
    switch (answer.kind) {
      case 'pushed':
        if (answer.refs.length === 0) context.log('info', `${plan.remote} has everything already`);
        return success(outputsOf(plan, answer.refs));
      case 'refused':
        return failed(refusedFailure(plan, answer));
      case 'unreachable':
        return failed(await unreachableFailure(git, plan, answer.message));
    }
  },

  async preview(context) {
    const plan = await planOf(context, await context.adapter<GitAdapter>('git'));
    const pairs = plan.refs.map((ref) => `${ref.source}:${ref.target}`);
    const withTags = booleanValue(context.config, 'push_tags', true) ? ' and the tags that this run makes' : '';
    return {
      summary: `pushes ${plan.branch}${withTags} to ${plan.remote}, all or nothing`,
      diffs: [],
      commands: [showCommand(['push', '--atomic', plan.remote, ...pairs])],
      outputs: { remote: plan.remote, remote_branch: plan.branch },
    };
  },

  async probe(context) {
    const git = await context.adapter<GitAdapter>('git');
    const plan = await planOf(context, git);
    const targets = plan.refs.map((ref) => ref.target);
    const there = await git.remoteRefs(plan.remote, targets).catch(() => null);
    if (there === null) return { kind: 'unknown' };
    const wanted = [await git.head(), ...(await Promise.all(plan.tags.map((tag) => git.tagTarget(tag))))];
    const done = targets.every((target, at) => wanted[at] !== null && there[target] === wanted[at]);
    return done ? { kind: 'done', outputs: outputsOf(plan, targets) } : { kind: 'not-done' };
  },
};

/** The branch first, then the tags of this run. */
async function planOf(context: HandlerContext, git: GitAdapter): Promise<PushPlan> {
  const settings = await git.settings();
  const remote = optionalText(context.config, 'remote') ?? settings.remote;
  if (remote.startsWith('-')) {
    throw new PluginFailure('handler', `\`${remote}\` is no name of a remote`, { retryable: false });
  }
  const checkedOut = await git.checkedOutBranch();
  const branch = settings.branch ?? checkedOut;
  if (branch === null) throw detachedFailure();
  const source = branch === checkedOut ? `refs/heads/${branch}` : 'HEAD';
  const tags = booleanValue(context.config, 'push_tags', true) ? await recordedTags(context) : [];
  const tagRefs = tags.map((tag) => ({ source: `refs/tags/${tag}`, target: `refs/tags/${tag}` }));
  return { remote, branch, tags, refs: [{ source, target: `refs/heads/${branch}` }, ...tagRefs] };
}

function outputsOf(plan: PushPlan, pushed: readonly string[]): JsonMap {
  return { remote: plan.remote, remote_branch: plan.branch, tags: plan.tags, pushed };
}

function detachedFailure(): PluginFailure {
  return new PluginFailure(
    'handler',
    'the head is detached, so there is no branch to push: check out a branch first (in a job: `ref` of actions/checkout), or name one as `branch` of the adapter `git` in vwmp_config.yaml',
    { retryable: false },
  );
}

/** Trying again changes nothing here: somebody has to act first. */
function refusedFailure(plan: PushPlan, answer: Extract<PushAnswer, { kind: 'refused' }>): Failure {
  const what = plan.refs.map((ref) => ref.target.replace(/^refs\/(?:heads|tags)\//, '')).join(', ');
  return handlerFailure(
    `${plan.remote} refused the push of ${what}, and nothing changed there: ${answer.message}. ${adviceFor(plan, answer.reason)}`,
    {
      retryable: false,
      details: { reason: answer.reason, remote: plan.remote, refs: plan.refs.map((ref) => ref.target) },
    },
  );
}

function adviceFor(plan: PushPlan, reason: Extract<PushAnswer, { kind: 'refused' }>['reason']): string {
  switch (reason) {
    case 'behind':
      return `The remote has commits that are missing here: take them in (git pull --rebase ${plan.remote} ${plan.branch}), then start the release again`;
    case 'protected':
      return `The rules of the branch forbid this push: use a token that may bypass them, or push to a branch that takes pull requests`;
    case 'exists':
      return 'The remote has a tag of this name on something else: raise the version, or delete that tag on the remote if it was made by mistake';
    case 'other':
      return 'Do what the remote asks for, then resume the run: the commit and the tags are still here';
  }
}

async function unreachableFailure(git: GitAdapter, plan: PushPlan, message: string): Promise<Failure> {
  const url = await git.remoteUrl(plan.remote).catch(() => null);
  if (url === null && !/[/:]/.test(plan.remote)) {
    return {
      kind: 'not-found',
      message: `the repository has no remote \`${plan.remote}\`: add it (git remote add ${plan.remote} <url>), or set \`remote\``,
      retryable: false,
    };
  }
  const where = url === null ? plan.remote : `${plan.remote} (${url})`;
  if (
    /authentication failed|could not read (?:username|password)|permission (?:to .* )?denied|returned error: 40[13]/i.test(
      message,
    )
  ) {
    return {
      kind: 'permission',
      message: `${where} does not let this run push: ${message}. Give the job \`permissions: contents: write\`, or credentials that may push`,
      retryable: false,
    };
  }
  return handlerFailure(`${where} cannot be reached: ${message}`, { retryable: true });
}
