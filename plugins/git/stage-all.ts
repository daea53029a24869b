import { type GitAdapter, type StepHandler, success, textList } from '../../src/plugin-api/index.ts';
import { pathspecOf } from './pathspec.ts';
import { showCommand } from './show-command.ts';

/** More paths than this are counted, not listed: outputs travel with the state of the run. */
const mostListed = 1_000;

export const stageAll: StepHandler = {
  title: 'Stage files',
  description: 'Stages changed, new and deleted files. Leaves out what git ignores and the state folder of the engine.',
  icon: '📥',
  category: 'git',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      paths: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        minItems: 1,
        default: ['*'],
        description: 'Paths or patterns relative to the repository; `*` matches across folders, so `*` is everything.',
      },
    },
  },
  outputs: {
    files: {
      type: 'array',
      items: { type: 'string' },
      description: `Paths that are staged now, deletions too; at most ${mostListed}.`,
    },
    count: { type: 'integer', description: 'How many paths are staged now.' },
  },
  permissions: ['files', 'processes'],
  rollback: 'undo',

  async execute(context) {
    const git = await context.adapter<GitAdapter>('git');
    const staged = await git.stage(textList(context.config, 'paths'));
    context.log('info', staged.length === 1 ? '1 file is staged' : `${staged.length} files are staged`);
    return success({ files: staged.slice(0, mostListed), count: staged.length });
  },

  async preview(context) {
    const git = await context.adapter<GitAdapter>('git');
    const paths = textList(context.config, 'paths');
    const changed = new Set((await git.changes()).map((change) => change.path));
    return {
      summary: `stages what ${paths.join(', ')} matches; ${changed.size} paths differ from head now`,
      diffs: [],
      commands: [showCommand(['add', '--all', '--', ...paths.map(pathspecOf)])],
    };
  },
};
