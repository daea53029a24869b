import {
  booleanValue,
  failed,
  type GitAdapter,
  type JsonMap,
  type StepHandler,
  success,
} from '../../src/plugin-api/index.ts';
import { refusedFailure, strayFailure, unreachableFailure } from './push-failure.ts';
import { type PushPlan, planOf } from './push-plan.ts';
import { showCommand } from './show-command.ts';

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
    const inHistory = await git.tagsInHistory(plan.tags.map(({ tag }) => tag));
    const stray = plan.tags.find(({ tag }) => !inHistory.includes(tag));
    if (stray) return failed(strayFailure(context, plan, stray));
    const answer = await git.push(plan.remote, plan.refs);
    switch (answer.kind) {
      case 'pushed':
        if (answer.refs.length === 0) context.log('info', `${plan.shown} has everything already`);
        return success(outputsOf(plan, answer.refs));
      case 'refused':
        return failed(refusedFailure(context, plan, answer));
      case 'unreachable':
        return failed(await unreachableFailure(git, plan, answer.message));
    }
  },

  async preview(context) {
    const plan = await planOf(context, await context.adapter<GitAdapter>('git'));
    const pairs = plan.refs.map((ref) => `${ref.source}:${ref.target}`);
    const withTags = booleanValue(context.config, 'push_tags', true) ? ' and the tags that this run makes' : '';
    return {
      summary: `pushes ${plan.branch}${withTags} to ${plan.shown}, all or nothing`,
      diffs: [],
      commands: [showCommand(['push', '--atomic', plan.shown, ...pairs])],
      outputs: { remote: plan.shown, remote_branch: plan.branch },
    };
  },

  async probe(context) {
    const git = await context.adapter<GitAdapter>('git');
    const plan = await planOf(context, git);
    const targets = plan.refs.map((ref) => ref.target);
    const there = await git.remoteRefs(plan.remote, targets).catch(() => null);
    if (there === null) return { kind: 'unknown' };
    const wanted = [await git.head(), ...(await Promise.all(plan.tags.map(({ tag }) => git.tagTarget(tag))))];
    const done = targets.every((target, at) => wanted[at] !== null && there[target] === wanted[at]);
    return done ? { kind: 'done', outputs: outputsOf(plan, targets) } : { kind: 'not-done' };
  },
};

function outputsOf(plan: PushPlan, pushed: readonly string[]): JsonMap {
  return { remote: plan.shown, remote_branch: plan.branch, tags: plan.tags.map(({ tag }) => tag), pushed };
}
