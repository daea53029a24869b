import {
  booleanValue,
  failed,
  type GitAdapter,
  type HandlerContext,
  optionalText,
  success,
} from '../../../src/plugin-api/index.ts';
import { unreachableFailure } from '../push-failure.ts';
import { withoutCredentials } from '../repository/git-process.ts';
import { showCommand } from '../show-command.ts';
import { type Operation, outputsFor } from './operation.ts';

/** Brings commits and tags from a remote; no branch of this clone moves. */
export const fetchOperation: Operation = {
  keys: ['branch', 'remote', 'all_tags', 'unshallow'],
  required: [],

  async execute(context, git) {
    const remote = await remoteOf(context, git);
    const shown = withoutCredentials(remote);
    const branch = optionalText(context.config, 'branch');
    const answer = await git.fetch(remote, {
      branches: branch === null ? [] : [branch],
      tags: booleanValue(context.config, 'all_tags', false),
      unshallow: booleanValue(context.config, 'unshallow', false),
    });
    switch (answer.kind) {
      case 'fetched':
        return success(await outputsFor(git, 'fetch', true, { remote: shown }));
      case 'clash': {
        const message = `tags of this clone stand on something else than those of ${shown}, and stay: ${answer.tags.join(', ')}`;
        context.log('warning', message);
        const remark = { level: 'warning', message, rule: 'tag-clash' } as const;
        return success(await outputsFor(git, 'fetch', true, { remote: shown }), [remark]);
      }
      case 'absent':
        return failed({ kind: 'not-found', message: `${shown} has no branch \`${branch ?? ''}\``, retryable: false });
      case 'unreachable':
        return failed(await unreachableFailure(git, { remote, shown }, answer.message));
    }
  },

  async preview(context, git) {
    const shown = withoutCredentials(await remoteOf(context, git));
    const branch = optionalText(context.config, 'branch');
    const args = ['fetch', ...(context.config.all_tags === true ? ['--tags'] : []), shown];
    return { summary: `fetches from ${shown}`, commands: [showCommand(branch === null ? args : [...args, branch])] };
  },

  /** Fetching again is harmless. */
  probe: async () => ({ kind: 'not-done' }),

  undo: async () => ({ kind: 'undone', message: 'what was fetched stays: no branch was moved by it' }),
};

async function remoteOf(context: HandlerContext, git: GitAdapter): Promise<string> {
  return optionalText(context.config, 'remote') ?? (await git.settings()).remote;
}
