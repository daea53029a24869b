import { type GitAdapter, type StepHandler, skipped, success, textList } from '../../src/plugin-api/index.ts';
import { releaseStanding, standingText } from './release-standing.ts';
import { pathspecOf } from './repository/pathspec.ts';
import { addCommand, isClean, keptIndex, stagingOutputs, stagingResult, undoStaging } from './staging-step.ts';

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
        description: 'Paths or patterns relative to the workspace; `*` matches across folders, so `*` is everything.',
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
    const before = await keptIndex(git, status);
    const staged = await git.stage(textList(context.config, 'paths'), { clean: isClean(status) });
    context.log('info', staged.length === 1 ? '1 file is staged' : `${staged.length} files are staged`);
    return success(stagingResult(staged, before));
  },

  async preview(context) {
    const git = await context.adapter<GitAdapter>('git');
    const standing = await releaseStanding(context, git);
    if (standing.kind !== 'open') return { summary: standingText(standing), diffs: [], commands: [] };
    const paths = textList(context.config, 'paths');
    const changed = new Set((await git.changes()).map((change) => change.path));
    return {
      summary: `stages what ${paths.join(', ')} matches; ${changed.size} paths differ from head now`,
      diffs: [],
      commands: [addCommand(paths.map(pathspecOf))],
    };
  },

  /** Whether it was this step that staged what is staged nobody can tell. */
  async probe(context) {
    const git = await context.adapter<GitAdapter>('git');
    return isClean(await git.status()) ? { kind: 'not-done' } : { kind: 'unknown' };
  },

  undo: undoStaging,
};
